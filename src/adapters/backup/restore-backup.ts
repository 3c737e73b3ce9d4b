import { createWriteStream } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { Config } from "../../config.ts";
import { IlmoError } from "../../errors.ts";
import type { JobQueue } from "../../pipeline/queue-port.ts";
import { QUEUES, SUBMISSION_QUEUE } from "../../pipeline/queues.ts";
import { toStableUuid } from "../../pipeline/stable-id.ts";
import type { Store, StoreStatus } from "../../pipeline/store-port.ts";
import { openDatabase } from "../database.ts";
import { syncFolder } from "../durable-files.ts";
import { toFileFault } from "../file-faults.ts";
import { joinName } from "../folder-tree.ts";
import { BackupJob, CLAIMS_INDEX_PART, JOBS_PART, NamedPart, PART_FOLDERS } from "./backup-manifest.ts";
import { assertEmptyDatabase, loadDatabase } from "./load-database.ts";
import { type OpenBackup, verifyParts } from "./open-backup.ts";
import { openPart, readPart } from "./part-writer.ts";

/** What a restore needs of the place that it has brought back. */
export interface RestoredOffice {
  readonly store: Pick<Store, "listSubmissions" | "status">;
  readonly queue: Pick<JobQueue, "enqueue">;
  readonly close: () => Promise<void>;
}

/** Where a backup is brought back to life. */
export interface RestoreRequest {
  readonly backup: OpenBackup;
  /** Its home must be empty, and so must its database when it is an external one. */
  readonly config: Config;
  /** Where papers and import files go; null leaves them out. */
  readonly outbox: string | null;
  /** Opens store and queue of the restored place. */
  readonly openOffice: (config: Config) => Promise<RestoredOffice>;
  readonly onProgress: (text: string) => void;
}

/** What was brought back. */
export interface Restored {
  readonly status: StoreStatus;
  readonly jobs: number;
}

/** @throws notAllowed for a folder that holds anything */
async function assertEmptyFolder(folder: string, what: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw toFileFault(error, `Expected a readable folder as ${what}.`);
  });
  if (names.length === 0) return;
  throw new IlmoError("notAllowed", `Expected an empty folder as ${what}; it holds something. Name a new folder: nothing is overwritten.`);
}

async function copyOut(backup: OpenBackup, part: string, target: string | Buffer): Promise<void> {
  const stream = createWriteStream(target, { flags: "wx", mode: 0o600, flush: true });
  try {
    await pipeline(openPart(backup.folder, part, backup.key), stream);
  } catch (error) {
    throw toFileFault(error, "Expected the folder to restore into to take files. Check free space and owner.");
  }
}

async function restoreFolder(backup: OpenBackup, from: string, toPath: (rest: string) => string): Promise<void> {
  const made = new Set<string>();
  for (const { path } of backup.manifest.parts.filter((part) => part.path.startsWith(`${from}/`))) {
    const target = toPath(path.slice(from.length + 1));
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    made.add(dirname(target));
    await copyOut(backup, path, target);
  }
  for (const folder of made) syncFolder(folder);
}

/** Things that were being taken in come back as claims: the intake brings them to their end as after a kill. */
async function restoreClaims(backup: OpenBackup, home: string): Promise<void> {
  const index = z.array(NamedPart).parse(JSON.parse((await readPart(backup.folder, CLAIMS_INDEX_PART, backup.key)).toString()));
  const root = Buffer.from(join(home, "work", "inbox"));
  for (const { path, part } of index) {
    const target = joinName(root, Buffer.from(path, "base64"));
    await mkdir(target.subarray(0, target.lastIndexOf("/")), { recursive: true, mode: 0o700 });
    await copyOut(backup, part, target);
  }
}

async function restoreFiles({ backup, config, outbox, onProgress }: RestoreRequest): Promise<void> {
  const { home } = config;
  onProgress("originals and papers");
  await restoreFolder(backup, PART_FOLDERS.blobs, (rest) => {
    const sha256 = rest.slice(rest.lastIndexOf("/") + 1);
    return join(home, "blobs", sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  });
  await restoreFolder(backup, PART_FOLDERS.home, (rest) => join(home, rest));
  await restoreClaims(backup, home);
  if (outbox !== null) await restoreFolder(backup, PART_FOLDERS.outbox, (rest) => join(outbox, rest));
}

/** Files the unfinished jobs anew, and one for every unfinished submission; a job's id makes it one. Returns how many wait. */
async function refileJobs(backup: OpenBackup, office: RestoredOffice): Promise<number> {
  const jobs = z.array(BackupJob).parse(JSON.parse((await readPart(backup.folder, JOBS_PART, backup.key)).toString()));
  const known = new Set(QUEUES.map(({ name }) => name));
  const ids = new Set<string>();
  for (const { queue, id, data, key, startAfter } of jobs.filter((job) => known.has(job.queue))) {
    const startAfterMs = Math.max(0, Date.parse(startAfter) - Date.now());
    ids.add(await office.queue.enqueue(queue, data, { id, startAfterMs, ...(key === null ? {} : { key }) }));
  }
  for (const state of ["received", "read"] as const) {
    for (const { id: submissionId } of await office.store.listSubmissions({ state, limit: Number.MAX_SAFE_INTEGER })) {
      const id = toStableUuid(SUBMISSION_QUEUE, submissionId);
      ids.add(await office.queue.enqueue(SUBMISSION_QUEUE, { submissionId }, { id }));
    }
  }
  return ids.size;
}

/**
 * Brings a backup back in an empty place, from which the line goes on where the snapshot was taken.
 *
 * Every part is checked first. Database and jobs come last: a restore that was cut off leaves a place without submissions, to be
 * removed and done again.
 *
 * @throws notAllowed when the place is not empty; fileDamaged; databaseUnavailable; storageUnavailable
 */
export async function restoreBackup(request: RestoreRequest): Promise<Restored> {
  const { backup, config, onProgress } = request;
  await assertEmptyFolder(config.home, "the data folder to restore into");
  if (request.outbox !== null) await assertEmptyFolder(request.outbox, "the outbox to restore into");
  if (config.databaseUrl !== undefined) await assertEmptyDatabase(config.databaseUrl);
  await verifyParts(backup, (done, all) => onProgress(`${done} of ${all} parts checked`));
  await mkdir(config.home, { recursive: true, mode: 0o755 });
  await restoreFiles(request);
  const database = await openDatabase(config, { migrateTo: backup.manifest.migration });
  try {
    await loadDatabase(database.url, backup, (table) => onProgress(`table ${table}`));
  } finally {
    await database.close();
  }
  syncFolder(config.home);
  const office = await request.openOffice(config);
  try {
    const jobs = await refileJobs(backup, office);
    return { status: await office.store.status(), jobs };
  } finally {
    await office.close();
  }
}
