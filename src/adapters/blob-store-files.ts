import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { IlmoError } from "../errors.ts";
import { decryptBlob, isEncrypted } from "./blob-store-envelope.ts";
import { toFileFault } from "./file-faults.ts";

const SHA256 = /^[0-9a-f]{64}$/;
const SHARD = /^[0-9a-f]{2}$/;

/** Returns what a foreign error of the blob store's disk stands for. Pure. */
export function toStorageFault(error: unknown): IlmoError {
  return toFileFault(error, "Expected the blob store to take or give bytes. Check free space, quota and owner of the data folder.");
}

/** Returns where a blob lies. Pure. @throws notFound for what cannot be a blob's name */
export function blobPathOf(folder: string, sha256: string): string {
  if (!SHA256.test(sha256)) throw new IlmoError("notFound", "Expected a blob's name: 64 hexadecimal digits.");
  return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
}

async function listNames(folder: string, pattern: RegExp): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw toStorageFault(error);
  });
  return names.filter((name) => pattern.test(name)).toSorted();
}

/** Lists the names of all blobs in a store's folder, in order, as they are met. */
export async function* listBlobs(folder: string): AsyncGenerator<string> {
  for (const first of await listNames(folder, SHARD))
    for (const second of await listNames(join(folder, first), SHARD)) yield* await listNames(join(folder, first, second), SHA256);
}

/** Returns when a blob was stored last, as milliseconds since 1970; null when it is not there. */
export async function blobAgeOf(folder: string, sha256: string): Promise<number | null> {
  return stat(blobPathOf(folder, sha256)).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}

/** Returns the bytes of a blob's file, still encrypted if they are. @throws notFound, storageUnavailable */
export async function readStored(path: string, sha256: string): Promise<Buffer> {
  return readFile(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw toStorageFault(error);
    throw new IlmoError("notFound", "Expected a blob with this name in the blob store.", { context: { sha256 } });
  });
}

/** Returns the plain bytes of what a blob's file holds, checked against its name. Pure. @throws fileDamaged, configInvalid */
export function openStored(stored: Buffer, sha256: string, keys: readonly Uint8Array[]): Buffer {
  const isPlain = (bytes: Buffer): boolean => createHash("sha256").update(bytes).digest("hex") === sha256;
  if (isPlain(stored)) return stored;
  const opened = isEncrypted(stored) ? decryptBlob(stored, keys) : stored;
  if (isPlain(opened)) return opened;
  throw new IlmoError("fileDamaged", "Expected the blob as it was stored, but its bytes changed. Restore it from a backup.", {
    context: { sha256 },
  });
}

/** Returns the plain bytes of a blob's file, checked against its name. @throws notFound, fileDamaged, configInvalid, storageUnavailable */
export async function readChecked(path: string, sha256: string, keys: readonly Uint8Array[]): Promise<Buffer> {
  return openStored(await readStored(path, sha256), sha256, keys);
}
