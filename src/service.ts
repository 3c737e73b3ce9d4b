import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { INBOX_LOCK, tryDatabaseLock } from "./adapters/database-lock.ts";
import { createDocumentPrinter } from "./adapters/document-printer.ts";
import { createFileOpener } from "./adapters/file-opener.ts";
import { watchFolder } from "./adapters/folder-watch.ts";
import type { FolderWatch, IntakeEvent } from "./adapters/folder-watch-port.ts";
import { ensureOwnForms } from "./adapters/own-forms.ts";
import { createRosterReader } from "./adapters/roster-reader.ts";
import { createSubmissionReader } from "./adapters/submission-reader.ts";
import { writeFileWhole } from "./adapters/write-file-whole.ts";
import { type OfficeStore, openOffice } from "./compose.ts";
import type { Config } from "./config.ts";
import { IlmoError } from "./errors.ts";
import { type Log, toLoggable } from "./log.ts";
import { localDay } from "./model/time.ts";
import { intakeStoreOf } from "./pipeline/intake-store.ts";
import { issueRoster } from "./pipeline/issue-roster.ts";
import { type LinePorts, processSubmission } from "./pipeline/process-submission.ts";
import type { DeadJob } from "./pipeline/queue-port.ts";
import { ROSTER_QUEUE, SETTLE_QUEUE, SUBMISSION_QUEUE } from "./pipeline/queues.ts";
import { settleRegistration } from "./pipeline/settle-registration.ts";
import { startMail } from "./service-mail.ts";
import { startUpkeep } from "./upkeep.ts";

/** What the service tells while it works; ids and counts only. */
export type ServiceEvent =
  | { readonly kind: "intake"; readonly event: IntakeEvent }
  | { readonly kind: "page"; readonly submissionId: string; readonly pagesDone: number }
  | { readonly kind: "done" | "quarantined"; readonly submissionId: string };

/** The running line. */
export interface Service {
  readonly office: OfficeStore;
  readonly watch: FolderWatch;
  /** Takes nothing more, brings what runs to its end, lets go of everything. */
  readonly stop: () => Promise<void>;
}

const LOCK_WAIT_MS = 500;

/** Waits for the right to scan the inbox: only one process may. */
async function lockInbox(databaseUrl: string, log: Log): Promise<{ readonly release: () => Promise<void> }> {
  for (let attempt = 0; ; attempt += 1) {
    const lock = await tryDatabaseLock(databaseUrl, INBOX_LOCK);
    if (lock !== null) return lock;
    if (attempt === 0) log.warn("another process watches the inbox; this one waits for it to end");
    await new Promise((done) => setTimeout(done, LOCK_WAIT_MS));
  }
}

async function openLine(
  config: Config,
  office: OfficeStore,
  onEvent: (event: ServiceEvent) => void,
): Promise<LinePorts & { readonly queue: OfficeStore["queue"] }> {
  return {
    ...office,
    config,
    reader: createSubmissionReader(config),
    rosters: createRosterReader(config),
    printer: createDocumentPrinter(config),
    outbox: {
      write: async (relativePath, bytes) => {
        await writeFileWhole(join(config.outbox, relativePath), bytes);
        return (await office.blobs.put(bytes)).sha256;
      },
    },
    today: () => localDay(new Date()),
    openWorkFolder: async (submissionId) => {
      const path = join(config.home, "reading", submissionId);
      await mkdir(path, { recursive: true });
      return { path, remove: () => rm(path, { recursive: true, force: true }) };
    },
    onProgress: (submissionId, { pagesDone }) => onEvent({ kind: "page", submissionId, pagesDone }),
  };
}

function textOf(data: DeadJob["data"], key: string): string {
  const value = data[key];
  if (typeof value === "string") return value;
  throw new IlmoError("unexpected", `Expected a job with ${key}; this one has none.`);
}

/** Starts the workers of every queue. */
async function startWorkers(
  ports: LinePorts & { readonly queue: OfficeStore["queue"] },
  watch: FolderWatch,
  log: Log,
  onEvent: (event: ServiceEvent) => void,
): Promise<void> {
  const { config, store } = ports;
  const putAside = async (job: DeadJob): Promise<void> => {
    const submissionId = textOf(job.data, "submissionId");
    await store.quarantineSubmission(submissionId, job.faultCode, job.faultCode);
    await watch.putAside(submissionId, job.faultCode, job.faultCode);
    log.warn({ submissionId, fault: job.faultCode }, "a submission was put aside and needs a person");
    onEvent({ kind: "quarantined", submissionId });
  };
  await ports.queue.work(SUBMISSION_QUEUE, { concurrency: config.reading.workers, onDead: putAside }, async ({ data }) => {
    const submissionId = textOf(data, "submissionId");
    await processSubmission(submissionId, ports).catch((error: unknown) => {
      log.warn({ submissionId, ...toLoggable(error) }, "a submission could not be brought to its end");
      throw error;
    });
    onEvent({ kind: "done", submissionId });
  });
  const reportDead = async ({ name, faultCode }: DeadJob): Promise<void> =>
    log.error({ queue: name, fault: faultCode }, "a job was given up");
  await ports.queue.work(SETTLE_QUEUE, { concurrency: 1, onDead: reportDead }, ({ data }) =>
    settleRegistration(textOf(data, "registrationId"), ports),
  );
  await ports.queue.work(ROSTER_QUEUE, { concurrency: 1, onDead: reportDead }, ({ data }) => issueRoster(textOf(data, "sessionId"), ports));
}

/**
 * Starts the line: store, workers, printing, and the watch over the inbox.
 *
 * @throws databaseUnavailable, storageUnavailable, toolMissing, configInvalid
 */
export async function startService(config: Config, log: Log, onEvent: (event: ServiceEvent) => void): Promise<Service> {
  await mkdir(config.inbox, { recursive: true });
  await mkdir(config.outbox, { recursive: true });
  await ensureOwnForms(config.home);
  const office = await openOffice(config, log, true);
  const lock = await lockInbox(office.databaseUrl, log);
  const ports = await openLine(config, office, onEvent);
  const opener = createFileOpener(config);
  const watch = await watchFolder({
    config,
    store: intakeStoreOf(office.store),
    blobs: office.blobs,
    inspect: opener.inspect,
    newId: randomUUID,
    now: () => new Date(),
    nowMs: () => performance.now(),
    onEvent: (event) => {
      log.info({ event: event.kind, ...("submissionId" in event ? { submissionId: event.submissionId } : {}) }, "intake");
      onEvent({ kind: "intake", event });
    },
  });
  await startWorkers(ports, watch, log, onEvent);
  const stopUpkeep = startUpkeep(config, office, log);
  const mail = startMail({ config, office, log, inspect: opener.inspect, openWorkFolder: ports.openWorkFolder });
  const stop = async (): Promise<void> => {
    await mail.stop();
    await stopUpkeep();
    await watch.close();
    await office.queue.stop();
    await Promise.all([ports.reader.close(), ports.rosters.close(), opener.close(), ports.printer.close()]);
    await lock.release();
    await office.close();
  };
  return { office, watch, stop };
}
