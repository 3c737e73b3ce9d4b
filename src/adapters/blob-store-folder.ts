import { createHash, randomUUID } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { open, rename, rm, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { BlobSource, BlobStore, StoredBlob } from "../pipeline/blob-store-port.ts";
import { createEncrypter } from "./blob-store-envelope.ts";
import { blobPathOf, readChecked, toStorageFault } from "./blob-store-files.ts";
import { syncFolder } from "./durable-files.ts";

export interface FolderBlobStoreOptions {
  /** Usually `<home>/blobs`. */
  readonly folder: string;
  /** 32 bytes; new blobs are encrypted when given. */
  readonly key?: Uint8Array;
  /** Keys of earlier blobs. */
  readonly previousKeys?: readonly Uint8Array[];
}

/** A temporary file this old belongs to a process that is gone. */
const STALE_MS = 24 * 3_600_000;

function toStream(source: BlobSource): Readable {
  if (source instanceof Uint8Array) return Readable.from([source]);
  return "path" in source ? createReadStream(source.path) : Readable.from(source);
}

/** Makes a folder so that its name survives a power cut too. (Node's own recursive mkdir hangs where a parent refuses, as /proc does.) */
function makeDurableFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeDurableFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  syncFolder(dirname(folder));
}

/** Writes a stream to a new file, durably, and returns what went through it in plain. */
async function writeTemporary(source: BlobSource, path: string, key: Uint8Array | undefined): Promise<StoredBlob> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const counter = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      yield chunk;
    }
  };
  const handle = await open(path, "wx", 0o600);
  const encrypter = key === undefined ? new PassThrough() : createEncrypter(key);
  await pipeline(toStream(source), counter, encrypter, handle.createWriteStream({ flush: true }));
  return { sha256: hash.digest("hex"), sizeBytes };
}

/** A temporary file is named after its writer, so that what a killed process left does not fill the disk until it is old. */
function newTemporaryName(): string {
  return `${hostname()}.${process.pid}.${randomUUID()}`;
}

function isWriterGone(name: string): boolean {
  const [host, pid] = [name.slice(0, name.indexOf(".", hostname().length)), Number(name.split(".").at(-2))];
  if (host !== hostname() || !Number.isInteger(pid) || pid === process.pid) return false;
  return !existsSync(`/proc/${pid}`);
}

function removeStaleTemporaries(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
    if (now - modified > STALE_MS || isWriterGone(name)) rmSync(path, { force: true });
  }
}

/** A blob that is stored again is in use: its age starts anew, so that a clean-up lets it be. */
async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now);
}

async function publish(temporary: string, target: string): Promise<void> {
  makeDurableFolder(dirname(target));
  await rename(temporary, target);
  syncFolder(dirname(target));
}

/**
 * Returns a store of files named after their SHA-256 below one folder.
 *
 * A blob appears whole or not at all: temporary name, fsync, rename, fsync of the folder. Storing the same bytes
 * again keeps the first copy, unless that one is damaged. Reading checks the bytes against the name.
 *
 * @throws storageUnavailable when the folder cannot be made
 */
export function createFolderBlobStore({ folder, key, previousKeys = [] }: FolderBlobStoreOptions): BlobStore {
  const temporaries = join(folder, "tmp");
  const keys = key === undefined ? previousKeys : [key, ...previousKeys];
  try {
    makeDurableFolder(temporaries);
    removeStaleTemporaries(temporaries, Date.now());
  } catch (error) {
    throw toStorageFault(error);
  }
  const isIntact = async (sha256: string): Promise<boolean> => {
    const path = blobPathOf(folder, sha256);
    return existsSync(path) && readChecked(path, sha256, keys).then(Boolean, () => false);
  };
  const put = async (source: BlobSource): Promise<StoredBlob> => {
    const temporary = join(temporaries, newTemporaryName());
    try {
      const blob = await writeTemporary(source, temporary, key);
      const path = blobPathOf(folder, blob.sha256);
      if (await isIntact(blob.sha256)) await touch(path);
      else await publish(temporary, path);
      return blob;
    } catch (error) {
      throw toStorageFault(error);
    } finally {
      await rm(temporary, { force: true });
    }
  };
  const copyTo = async (sha256: string, targetPath: string): Promise<void> => {
    const bytes = await readChecked(blobPathOf(folder, sha256), sha256, keys);
    const temporary = `${targetPath}.${randomUUID()}.tmp`;
    try {
      await writeTemporary(bytes, temporary, undefined);
      await rename(temporary, targetPath);
      syncFolder(dirname(targetPath));
    } catch (error) {
      await rm(temporary, { force: true });
      throw toStorageFault(error);
    }
  };
  return {
    put,
    copyTo,
    get: async (sha256) => readChecked(blobPathOf(folder, sha256), sha256, keys),
    has: async (sha256) => existsSync(blobPathOf(folder, sha256)),
  };
}
