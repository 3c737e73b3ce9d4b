import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { IlmoError } from "../../errors.ts";
import { createDecrypter, createEncrypter } from "../blob-store-envelope.ts";
import { syncFolder } from "../durable-files.ts";
import { toFileFault } from "../file-faults.ts";
import type { BackupKey } from "./backup-key.ts";
import type { BackupPart } from "./backup-manifest.ts";

const FULL = "Expected the backup's folder to take files. Check free space, quota and owner.";

/** Writes the parts of one backup and remembers their sums. */
export interface PartWriter {
  /** Writes a new part, durably, encrypted when there is a key. @throws storageUnavailable */
  readonly write: (path: string, content: Uint8Array | Readable) => Promise<void>;
  readonly parts: readonly BackupPart[];
}

/** Passes bytes through and counts them. */
function createMeter(): { readonly stream: PassThrough; readonly sum: () => { sizeBytes: number; sha256: string } } {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const stream = new PassThrough();
  stream.on("data", (chunk: Buffer) => {
    hash.update(chunk);
    sizeBytes += chunk.length;
  });
  return { stream, sum: () => ({ sizeBytes, sha256: hash.digest("hex") }) };
}

/** Returns a writer of parts below a folder that is not a backup yet. */
export function openPartWriter(folder: string, key: BackupKey | null): PartWriter {
  const parts: BackupPart[] = [];
  const made = new Set<string>();
  const prepare = async (path: string): Promise<void> => {
    const parent = dirname(path);
    if (made.has(parent)) return;
    await mkdir(parent, { recursive: true, mode: 0o700 });
    made.add(parent);
  };
  const write: PartWriter["write"] = async (path, content) => {
    const target = join(folder, path);
    const source = content instanceof Readable ? content : Readable.from([content]);
    const meter = createMeter();
    try {
      await prepare(target);
      const handle = await open(target, "wx", 0o600);
      const cipher = key === null ? new PassThrough() : createEncrypter(key.encryption);
      await pipeline(source, cipher, meter.stream, handle.createWriteStream({ flush: true }));
      syncFolder(dirname(target));
    } catch (error) {
      throw toFileFault(error, FULL);
    }
    parts.push({ path, ...meter.sum() });
  };
  return { write, parts };
}

/** Opens a part for reading in plain; a changed byte ends the stream with fileDamaged when the backup is encrypted. */
export function openPart(folder: string, path: string, key: BackupKey | null): Readable {
  const file = createReadStream(join(folder, path));
  if (key === null) return file;
  const decrypter = createDecrypter([key.encryption]);
  file.on("error", (error) => decrypter.destroy(toFileFault(error, "Expected a readable part of the backup.")));
  return file.pipe(decrypter);
}

/** Reads a small part whole, in plain. */
export async function readPart(folder: string, path: string, key: BackupKey | null): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of openPart(folder, path, key)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Tells what is wrong with a part as it lies in its folder; null when it is as it was written. */
export async function findPartFault(folder: string, part: BackupPart): Promise<"missing" | "changed" | null> {
  const target = join(folder, part.path);
  if (!existsSync(target)) return "missing";
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(target), hash);
  } catch (cause) {
    throw new IlmoError("storageUnavailable", "Expected a readable part of the backup.", { cause, context: { part: part.path } });
  }
  return hash.digest("hex") === part.sha256 ? null : "changed";
}
