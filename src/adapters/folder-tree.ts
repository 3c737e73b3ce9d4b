import { createHash } from "node:crypto";
import type { Dirent, Stats } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { IlmoError } from "../errors.ts";
import { isIgnoredName, META_NAME, toShownName } from "../intake/incoming-names.ts";
import { looksRenamed, type Sight } from "../intake/track-quiet.ts";

/** How much a dropped folder may hold. */
export interface TreeLimits {
  readonly maxDepth: number;
  readonly maxLeaves: number;
  /** Of one file, and of all files of a folder together. */
  readonly maxBytes: number;
}

/** One file of a dropped thing. Paths are bytes: names need not be UTF-8. */
export interface Leaf {
  readonly path: Buffer;
  /** As people read it, with "/" between folders. */
  readonly shownName: string;
  readonly sizeBytes: number;
}

/** What lies at a path, without following links or opening anything. */
export interface Tree {
  readonly kind: "file" | "folder" | "other";
  readonly leaves: readonly Leaf[];
  /** The meta.json of a folder. */
  readonly meta: Leaf | undefined;
  readonly sight: Sight;
  /** Tells the file or folder itself from every other, whatever its name; see `identityOf`. */
  readonly identity: string;
  readonly totalBytes: number;
  /** Why it cannot be taken as it is; undefined when it can. */
  readonly fault: IlmoError | undefined;
}

const SLASH = Buffer.from("/");

/** Joins a folder and a name of it. */
export function joinName(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat([folder, SLASH, name]);
}

/** Lists a folder; names as bytes. */
export function listFolder(folder: Buffer): Promise<Dirent<Buffer>[]> {
  return readdir(folder, { withFileTypes: true, encoding: "buffer" });
}

interface Walk {
  readonly limits: TreeLimits;
  readonly leaves: Leaf[];
  readonly signature: string[];
  meta: Leaf | undefined;
  totalBytes: number;
  fault: IlmoError | undefined;
}

const unsafe = (): IlmoError =>
  new IlmoError("fileUnsafe", "Expected ordinary files and folders; there is a link, a pipe or a device. Copy the file itself instead.");
const tooLarge = (what: string, limit: number): IlmoError =>
  new IlmoError("fileTooLarge", `Expected a submission within the limits; this one has more ${what}. Split it into smaller parts.`, {
    context: { what, limit },
  });

/** The fault of a file or folder that may not be read. */
export const unreadable = (): IlmoError =>
  new IlmoError("fileUnreadable", "Expected a file that this program may read; it may not. Check the owner and the permissions.");

/** True when the system refused for lack of rights; a file that another program holds open on a share looks the same. */
export function isPermissionFault(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === "EACCES" || code === "EPERM" || code === "EBUSY";
}

/**
 * Returns what stays the same when a file is renamed. The inode alone is not enough: a new file may get the inode of one
 * that was just removed.
 */
export function identityOf(stats: Stats): string {
  return `${stats.dev}:${stats.ino}:${stats.birthtimeMs}`;
}

function signatureOf(shownName: string, stats: Stats): string {
  return `${shownName}\0${stats.size}\0${stats.mtimeMs}\0${stats.ino}`;
}

function addLeaf(walk: Walk, leaf: Leaf, stats: Stats): void {
  walk.signature.push(signatureOf(leaf.shownName, stats));
  walk.totalBytes += stats.size;
  if (leaf.shownName === META_NAME) walk.meta = leaf;
  else walk.leaves.push(leaf);
  if (walk.totalBytes > walk.limits.maxBytes) walk.fault ??= tooLarge("bytes", walk.limits.maxBytes);
  if (walk.leaves.length > walk.limits.maxLeaves) walk.fault ??= tooLarge("files", walk.limits.maxLeaves);
}

/** A folder over a limit is not walked to its end; what was seen keeps changing its signature only by its own entries. */
async function walkFolder(walk: Walk, folder: Buffer, prefix: string, depth: number): Promise<void> {
  if (depth > walk.limits.maxDepth) {
    walk.fault ??= tooLarge("levels of folders", walk.limits.maxDepth);
    return;
  }
  const entries = await listFolder(folder).catch((error: NodeJS.ErrnoException) => {
    if (!isPermissionFault(error)) throw error;
    walk.fault ??= unreadable();
    return [];
  });
  for (const entry of entries.toSorted((a, b) => Buffer.compare(a.name, b.name))) {
    if (walk.fault?.code === "fileTooLarge") return;
    const name = toShownName(entry.name);
    if (isIgnoredName(name)) {
      walk.signature.push(`${prefix}${name}`);
      continue;
    }
    const path = joinName(folder, entry.name);
    const stats = await lstat(path);
    if (stats.isDirectory()) {
      walk.signature.push(`${prefix}${name}/`);
      await walkFolder(walk, path, `${prefix}${name}/`, depth + 1);
    } else if (stats.isFile()) addLeaf(walk, { path, shownName: `${prefix}${name}`, sizeBytes: stats.size }, stats);
    else {
      walk.signature.push(signatureOf(`${prefix}${name}`, stats));
      walk.fault ??= unsafe();
    }
  }
}

function toTree(walk: Walk, stats: Stats, cameByRename: boolean): Omit<Tree, "kind"> {
  const { leaves, meta, totalBytes, fault } = walk;
  const signature = createHash("sha256").update(walk.signature.join("\n")).digest("hex");
  return { leaves, meta, totalBytes, fault, identity: identityOf(stats), sight: { signature, cameByRename } };
}

/**
 * Returns what lies at a path, or undefined when nothing does (any more).
 *
 * Only names and times are looked at. A program's unfinished copies inside a folder are not leaves, but keep the folder
 * from being quiet while they come and go.
 *
 * @throws the system's own error when the place cannot be looked at
 */
export async function readTree(path: Buffer, shownName: string, limits: TreeLimits, quietMs: number): Promise<Tree | undefined> {
  const walk: Walk = { limits, leaves: [], signature: [], meta: undefined, totalBytes: 0, fault: undefined };
  try {
    const stats = await lstat(path);
    if (stats.isDirectory()) {
      await walkFolder(walk, path, "", 1);
      return { kind: "folder", ...toTree(walk, stats, false) };
    }
    if (stats.isFile()) addLeaf(walk, { path, shownName, sizeBytes: stats.size }, stats);
    else {
      walk.signature.push(signatureOf(shownName, stats));
      walk.fault = unsafe();
    }
    // A single file is never a folder's meta.json, whatever its name.
    const leaves = walk.meta ? [walk.meta] : walk.leaves;
    return { kind: stats.isFile() ? "file" : "other", ...toTree(walk, stats, looksRenamed(stats, quietMs)), leaves, meta: undefined };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
