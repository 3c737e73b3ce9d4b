import { createFolderBlobStore } from "./adapters/blob-store-folder.ts";
import { loadBlobKeys } from "./adapters/blob-store-keys.ts";
import { openDatabase } from "./adapters/database.ts";
import { openPersonHash } from "./adapters/person-hash.ts";
import { startPgBossQueue } from "./adapters/pg-boss-queue.ts";
import { createPersonStore } from "./adapters/repositories/persons.ts";
import { createRetentionStore } from "./adapters/repositories/retention.ts";
import { createStore } from "./adapters/repositories/store.ts";
import type { Config } from "./config.ts";
import { type Log, toLoggable } from "./log.ts";
import type { BlobStore } from "./pipeline/blob-store-port.ts";
import type { PersonStore } from "./pipeline/person-port.ts";
import type { JobQueue } from "./pipeline/queue-port.ts";
import { QUEUES } from "./pipeline/queues.ts";
import type { RetentionStore } from "./pipeline/retention-port.ts";
import type { Store } from "./pipeline/store-port.ts";

/** The opened parts that remember: database, jobs, originals. */
export interface OfficeStore {
  readonly store: Store;
  readonly retention: RetentionStore;
  readonly persons: PersonStore;
  readonly queue: JobQueue;
  readonly blobs: BlobStore;
  readonly databaseUrl: string;
  readonly hashPerson: (personKey: string) => string;
  readonly close: () => Promise<void>;
}

/**
 * Opens what the line remembers.
 *
 * @param isWorker true for the service; a command only looks and enqueues
 * @throws databaseUnavailable, storageUnavailable, toolMissing, configInvalid
 */
export async function openOffice(config: Config, log: Log, isWorker: boolean): Promise<OfficeStore> {
  const database = await openDatabase(config, { onRestart: () => log.warn("the database server was started again") });
  try {
    const queue = await startPgBossQueue({
      url: database.url,
      queues: QUEUES,
      isWorker,
      retryDelaysMs: config.queue.retryMs,
      onError: (fault) => log.warn(toLoggable(fault), "the job queue met a fault and goes on"),
    });
    return {
      store: createStore({ db: database.db, queue, now: () => new Date() }),
      retention: createRetentionStore(database.db, () => new Date()),
      persons: createPersonStore(database.db, () => new Date()),
      queue,
      blobs: createFolderBlobStore({ folder: `${config.home}/blobs`, ...loadBlobKeys(config) }),
      databaseUrl: database.url,
      hashPerson: openPersonHash(config.home),
      close: async () => {
        await queue.stop();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
