import { createHash } from "node:crypto";
import { createReadStream, type Stats } from "node:fs";
import { lstat, readdir, rm, rmdir } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { META_NAME, OUTCOME_FOLDERS } from "../intake/incoming-names.ts";
import type { PendingRemoval, RetentionStore } from "../pipeline/retention-port.ts";
import { blobAgeOf, blobPathOf, listBlobs } from "./blob-store-files.ts";

/**
 * A blob without a row may belong to a submission that is just being taken in. Between its storing and its row lies at most the
 * inspection of 200 leaves at 60 s each, 3.3 h; storing it again makes it young again.
 */
const UNUSED_BLOB_MS = 6 * 3_600_000;

/** A note beside an original that a person took away a moment ago stays for a day. */
const LONE_NOTE_MS = 24 * 3_600_000;
const NOTE_SUFFIX = Buffer.from(".reason.txt");

/** What a sweep took away. */
export interface Swept {
  readonly blobs: number;
  readonly papers: number;
  readonly originals: number;
}

export interface SweepPlace {
  readonly config: Pick<Config, "home" | "inbox" | "outbox">;
  readonly store: RetentionStore;
  readonly now: Date;
}

async function sweepBlobs({ config, store, now }: SweepPlace): Promise<number> {
  const folder = join(config.home, "blobs");
  const referenced = await store.listReferencedBlobs();
  let count = 0;
  for await (const sha256 of listBlobs(folder)) {
    if (referenced.has(sha256)) continue;
    const storedAt = await blobAgeOf(folder, sha256);
    if (storedAt === null || now.getTime() - storedAt < UNUSED_BLOB_MS) continue;
    await rm(blobPathOf(folder, sha256), { force: true });
    count += 1;
  }
  return count;
}

/** @throws fileUnsafe for a path that leads out of the folder */
function pathWithin(folder: string, relative: string): string {
  const path = resolve(folder, relative);
  if (path.startsWith(resolve(folder) + sep)) return path;
  throw new IlmoError("fileUnsafe", "Expected the path of a paper inside the outbox.");
}

async function removePaper(outbox: string, { kind, name }: PendingRemoval): Promise<void> {
  const path = pathWithin(outbox, kind === "importFile" ? join("import", name) : name);
  if (kind === "outbox") return rm(path, { force: true });
  const siblings = await readdir(dirname(path)).catch(() => []);
  for (const sibling of siblings) if (sibling.startsWith(`${name}.`)) await rm(join(dirname(path), sibling), { force: true });
}

async function sha256Of(path: Buffer): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

const within = (folder: Buffer, name: Buffer): Buffer => Buffer.concat([folder, Buffer.from("/"), name]);

/** Removes the files below a folder whose content is among those wanted, and folders that hold nothing of a sender's any more. */
async function removeByContent(folder: Buffer, wanted: ReadonlyMap<string, number>, isTop: boolean): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, encoding: "buffer" }).catch(() => []);
  let removed = 0;
  let left = 0;
  for (const entry of entries) {
    const path = within(folder, entry.name);
    if (entry.isDirectory()) removed += await removeByContent(path, wanted, false);
    else if (entry.isFile() && (await isWanted(path, wanted))) {
      await rm(path, { force: true });
      removed += 1;
    } else if (entry.name.toString() !== META_NAME) left += 1;
  }
  if (!isTop && removed > 0 && left === 0) await removeEmptied(folder);
  return removed;
}

/** Removes a submission's folder unless something of a sender's is still in it, however deep. */
async function removeEmptied(folder: Buffer): Promise<void> {
  const names = await readdir(folder, { encoding: "buffer" });
  if (names.some((name) => name.toString() !== META_NAME)) return;
  await rm(within(folder, Buffer.from(META_NAME)), { force: true });
  await rmdir(folder);
}

/** null when a person has taken it away meanwhile. */
async function factsOf(path: Buffer): Promise<Stats | null> {
  return lstat(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  });
}

async function isWanted(path: Buffer, wanted: ReadonlyMap<string, number>): Promise<boolean> {
  const facts = await factsOf(path);
  if (facts === null || ![...wanted.values()].includes(facts.size)) return false;
  return wanted.has(await sha256Of(path));
}

/** Names stay bytes: one that is not UTF-8, as old programs write them, would not be found again as text. */
async function removeLoneNotes(folder: Buffer, now: Date): Promise<void> {
  for (const name of await readdir(folder, { encoding: "buffer" }).catch(() => [])) {
    if (!name.subarray(-NOTE_SUFFIX.length).equals(NOTE_SUFFIX)) continue;
    if ((await factsOf(within(folder, name.subarray(0, -NOTE_SUFFIX.length)))) !== null) continue;
    const note = await factsOf(within(folder, name));
    if (note !== null && now.getTime() - note.ctimeMs > LONE_NOTE_MS) await rm(within(folder, name), { force: true });
  }
}

/** Removes the inbox copies of originals that are gone; one whose content a live submission still has stays. */
async function sweepInbox({ config, store, now }: SweepPlace, removals: readonly PendingRemoval[]): Promise<number> {
  let count = 0;
  for (const outcome of ["done", "duplicate", "quarantine"] as const) {
    const folder = Buffer.from(join(config.inbox, OUTCOME_FOLDERS[outcome]));
    const pending = removals.filter(({ kind }) => kind === outcome);
    const live = pending.length === 0 ? new Set<string>() : await store.listLiveOriginals(outcome);
    const wanted = new Map(pending.filter(({ name }) => !live.has(name)).map(({ name, sizeBytes }) => [name, sizeBytes ?? 0]));
    if (wanted.size > 0) count += await removeByContent(folder, wanted, true);
    await removeLoneNotes(folder, now);
    for (const removal of pending) await store.forgetPendingRemoval(removal);
  }
  return count;
}

/**
 * Takes away the files of what the store has deleted: papers, import files, originals in the inbox's outcome folders, unused blobs.
 *
 * May be cut off at any instant: what is noted stays noted until its file is gone. The caller holds the upkeep lock.
 *
 * @throws storageUnavailable; unexpected when a table is not declared in the data map
 */
export async function sweepFiles(place: SweepPlace): Promise<Swept> {
  const removals = await place.store.listPendingRemovals();
  const papers = removals.filter(({ kind }) => kind === "outbox" || kind === "importFile");
  for (const removal of papers) {
    await removePaper(place.config.outbox, removal);
    await place.store.forgetPendingRemoval(removal);
  }
  const originals = await sweepInbox(place, removals);
  return { papers: papers.length, originals, blobs: await sweepBlobs(place) };
}
