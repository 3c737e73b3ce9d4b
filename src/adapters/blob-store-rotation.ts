import { createHash, randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { createEncrypter, ENVELOPE_HEAD_BYTES, rewrapBlob, toKeyId, wrappingKeyOf } from "./blob-store-envelope.ts";
import { blobPathOf, listBlobs, openStored, readStored, toStorageFault } from "./blob-store-files.ts";
import { syncFolder } from "./durable-files.ts";

/** How many blobs lie under which key (id in hex), and how many in plain. */
export interface KeyUse {
  readonly byKey: ReadonlyMap<string, number>;
  readonly plain: number;
}

/** What a rotation did. */
export interface Rotated {
  readonly encrypted: number;
  readonly rewrapped: number;
  readonly alreadyDone: number;
}

async function readHead(path: string): Promise<Buffer | null> {
  const handle = await open(path, "r").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null; // deleted since it was listed
    throw toStorageFault(error);
  });
  if (handle === null) return null;
  try {
    const head = Buffer.alloc(ENVELOPE_HEAD_BYTES);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Counts the blobs of a store's folder by the key that wraps them; reads a few bytes of each. */
export async function countKeyUse(folder: string): Promise<KeyUse> {
  const byKey = new Map<string, number>();
  let plain = 0;
  for await (const sha256 of listBlobs(folder)) {
    const head = await readHead(blobPathOf(folder, sha256));
    const keyId = head === null ? undefined : wrappingKeyOf(head);
    if (keyId === null) plain += 1;
    else if (keyId !== undefined) byKey.set(keyId, (byKey.get(keyId) ?? 0) + 1);
  }
  return { byKey, plain };
}

async function encrypt(bytes: Buffer, key: Uint8Array): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of Readable.from([bytes]).pipe(createEncrypter(key))) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function replaceDurably(folder: string, path: string, bytes: Buffer): Promise<void> {
  const temporary = join(folder, "tmp", `${hostname()}.${process.pid}.${randomUUID()}`);
  try {
    const handle = await open(temporary, "wx", 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}); // on a disk that refuses everything this refuses too
    throw toStorageFault(error);
  }
}

/**
 * Brings every blob under the present key: plain ones are encrypted, those under an earlier key get their own key wrapped anew.
 *
 * Each blob is replaced by one rename, after the new file was opened and compared with the blob's name. A run that is cut off, at
 * whatever instant, leaves every blob under one of the keys; the next run goes on where it stopped. The caller holds the upkeep lock.
 *
 * @throws configInvalid when a blob's key is not among the keys; fileDamaged; storageUnavailable
 */
export async function rotateBlobs(
  { folder, key, previousKeys }: { readonly folder: string; readonly key: Uint8Array; readonly previousKeys: readonly Uint8Array[] },
  onProgress: (rotated: Rotated) => void,
): Promise<Rotated> {
  const rotated = { encrypted: 0, rewrapped: 0, alreadyDone: 0 };
  const keys = [key, ...previousKeys];
  for await (const sha256 of listBlobs(folder)) {
    const path = blobPathOf(folder, sha256);
    const head = await readHead(path);
    if (head === null) continue;
    if (wrappingKeyOf(head) === toKeyId(key)) rotated.alreadyDone += 1;
    else rotated[await rotateOne(folder, sha256, key, keys)] += 1;
    onProgress(rotated);
  }
  return rotated;
}

async function rotateOne(folder: string, sha256: string, key: Uint8Array, keys: readonly Uint8Array[]): Promise<"encrypted" | "rewrapped"> {
  const path = blobPathOf(folder, sha256);
  const stored = await readStored(path, sha256);
  const isPlain = createHash("sha256").update(stored).digest("hex") === sha256;
  const renewed = isPlain ? await encrypt(stored, key) : rewrapBlob(stored, keys, key);
  openStored(renewed, sha256, [key]);
  await replaceDurably(folder, path, renewed);
  return isPlain ? "encrypted" : "rewrapped";
}
