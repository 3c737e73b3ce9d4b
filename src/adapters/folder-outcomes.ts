import { type FileHandle, lstat, mkdir, open, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { OUTCOME_FOLDERS, toCopyName } from "../intake/incoming-names.ts";
import { type OutcomeJournal, readJournal, TargetJournal } from "./folder-journal.ts";
import { joinName } from "./folder-tree.ts";

const TARGET_FILE = "target.json";
export const NOTE_SUFFIX = ".reason.txt";
/** Copies of one name in one outcome folder; beyond that something else is wrong. */
const MAX_COPIES = 100_000;

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code;

/** A claimed original that is to be put into an outcome folder. */
export interface Placement {
  readonly workFolder: string;
  /** The original, below the work folder. */
  readonly item: Buffer;
  readonly name: Buffer;
  readonly isFolder: boolean;
  readonly outcome: OutcomeJournal;
  /** Told the name that was found free, before the original gets it. */
  readonly onNamed: (name: Buffer) => Promise<void>;
}

/** Creates an empty thing under a name that was free, so that nobody's file is ever overwritten by a rename. */
async function reserve(path: Buffer, isFolder: boolean): Promise<boolean> {
  let handle: FileHandle | undefined;
  try {
    if (isFolder) await mkdir(path);
    else handle = await open(path, "wx");
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await handle?.close();
  }
}

async function isFree(path: Buffer): Promise<boolean> {
  return lstat(path).then(
    () => false,
    (error: unknown) => {
      if (codeOf(error) === "ENOENT") return true;
      throw error;
    },
  );
}

/** True for a place that an earlier, interrupted run reserved and did not fill. */
async function isEmptyReservation(path: Buffer, isFolder: boolean): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined);
  return stats !== undefined && (isFolder ? stats.isDirectory() : stats.isFile() && stats.size === 0);
}

async function isNameFree(folder: Buffer, name: Buffer): Promise<boolean> {
  return (await isFree(joinName(folder, name))) && (await isFree(joinName(folder, Buffer.concat([name, Buffer.from(NOTE_SUFFIX)]))));
}

/** Chooses a name and remembers it before it is reserved: an interrupted run finds its own reservation again. */
async function reserveName(folder: Buffer, { workFolder, name, isFolder }: Placement): Promise<Buffer> {
  const remembered = await readJournal(join(workFolder, TARGET_FILE), TargetJournal);
  if (remembered) {
    const chosen = Buffer.from(remembered.name, "base64");
    const path = joinName(folder, chosen);
    if ((await isEmptyReservation(path, isFolder)) || (await reserve(path, isFolder))) return chosen;
  }
  for (let copy = 1; copy <= MAX_COPIES; copy += 1) {
    const candidate = toCopyName(name, copy, NOTE_SUFFIX.length);
    if (!(await isNameFree(folder, candidate))) continue;
    await writeFile(join(workFolder, TARGET_FILE), JSON.stringify({ name: candidate.toString("base64") }));
    if (await reserve(joinName(folder, candidate), isFolder)) return candidate;
  }
  throw new Error("no free name in an outcome folder");
}

async function moveOnto(item: Buffer, target: Buffer, isFolder: boolean): Promise<void> {
  try {
    await rename(item, target);
  } catch (error) {
    // Some network shares do not rename onto something that exists, not even onto an empty folder.
    if (codeOf(error) !== "EEXIST" && codeOf(error) !== "ENOTEMPTY" && codeOf(error) !== "EPERM") throw error;
    await (isFolder ? rmdir(target) : rm(target));
    await rename(item, target);
  }
}

async function writeNote(folder: Buffer, name: Buffer, note: string): Promise<void> {
  const path = joinName(folder, Buffer.concat([name, Buffer.from(NOTE_SUFFIX)]));
  const handle = await open(path, "w");
  try {
    await handle.writeFile(note);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Puts a claimed original under its own name into the outcome folder of its end, with a note beside it unless it is done and wholly read.
 *
 * May be interrupted at any instant and run again: nothing is overwritten, nothing is there twice.
 */
export async function placeOriginal(inbox: string, placement: Placement): Promise<void> {
  const { item, isFolder, outcome } = placement;
  const folder = join(inbox, OUTCOME_FOLDERS[outcome.kind]);
  await mkdir(folder, { recursive: true });
  const folderBytes = Buffer.from(folder);
  if (await isFree(item)) return; // an earlier run got as far as this
  const name = await reserveName(folderBytes, placement);
  if (outcome.note !== undefined) await writeNote(folderBytes, name, outcome.note);
  await placement.onNamed(name);
  await moveOnto(item, joinName(folderBytes, name), isFolder);
}
