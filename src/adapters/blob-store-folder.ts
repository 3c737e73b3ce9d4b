import { createHash, randomUUID } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type FaultCode, IlmoError } from "../errors.ts";
import type { BlobSource, BlobStore, StoredBlob } from "../pipeline/blob-store-port.ts";
import { createEncrypter, decryptBlob, isEncrypted } from "./blob-store-envelope.ts";
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

const SHA256 = /^[0-9a-f]{64}$/;

/** What the system says when the store, not the blob, is at fault. */
const STORAGE_CODES = new Set(["ENOSPC", "EDQUOT", "EIO", "EROFS", "ENOTDIR", "EACCES", "EPERM", "EMFILE", "ENFILE"]);

function toStorageFault(error: unknown): IlmoError {
  if (error instanceof IlmoError) return error;
  const systemCode = (error as NodeJS.ErrnoException).code ?? null;
  const code: FaultCode = systemCode !== null && STORAGE_CODES.has(systemCode) ? "storageUnavailable" : "unexpected";
  return new IlmoError(code, "Expected the blob store to take or give bytes. Check free space, quota and owner of the data folder.", {
    context: { systemCode },
  });
}

function toStream(source: BlobSource): Readable {
  if (source instanceof Uint8Array) return Readable.from([source]);
  return "path" in source ? createReadStream(source.path) : Readable.from(source);
}

function pathOf(folder: string, sha256: string): string {
  if (!SHA256.test(sha256)) throw new IlmoError("notFound", "Expected a blob's name: 64 hexadecimal digits.");
  return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
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

function removeStaleTemporaries(folder: string, now: number): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
    if (now - modified > STALE_MS) rmSync(path, { force: true });
  }
}

async function readChecked(path: string, sha256: string, keys: readonly Uint8Array[]): Promise<Buffer> {
  const stored = await readFile(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw toStorageFault(error);
    throw new IlmoError("notFound", "Expected a blob with this name in the blob store.", { context: { sha256 } });
  });
  const isPlain = (bytes: Buffer): boolean => createHash("sha256").update(bytes).digest("hex") === sha256;
  if (isPlain(stored)) return stored;
  const opened = isEncrypted(stored) ? decryptBlob(stored, keys) : stored;
  if (isPlain(opened)) return opened;
  throw new IlmoError("fileDamaged", "Expected the blob as it was stored, but its bytes changed. Restore it from a backup.", {
    context: { sha256 },
  });
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
    const path = pathOf(folder, sha256);
    return existsSync(path) && readChecked(path, sha256, keys).then(Boolean, () => false);
  };
  const put = async (source: BlobSource): Promise<StoredBlob> => {
    const temporary = join(temporaries, randomUUID());
    try {
      const blob = await writeTemporary(source, temporary, key);
      if (!(await isIntact(blob.sha256))) await publish(temporary, pathOf(folder, blob.sha256));
      return blob;
    } catch (error) {
      throw toStorageFault(error);
    } finally {
      await rm(temporary, { force: true });
    }
  };
  const copyTo = async (sha256: string, targetPath: string): Promise<void> => {
    const bytes = await readChecked(pathOf(folder, sha256), sha256, keys);
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
    get: async (sha256) => readChecked(pathOf(folder, sha256), sha256, keys),
    has: async (sha256) => existsSync(pathOf(folder, sha256)),
  };
}
