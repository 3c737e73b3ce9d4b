import { type FileHandle, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../../config.ts";
import { faultCodeOf } from "../../errors.ts";
import { blobPathOf, listBlobs, openStored, readStored } from "../blob-store-files.ts";
import { joinName } from "../folder-tree.ts";
import { CLAIMS_INDEX_PART, type NamedPart, PART_FOLDERS } from "./backup-manifest.ts";
import type { PartWriter } from "./part-writer.ts";

const isMissing = (error: unknown): boolean => ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");

/** Lists the files below a folder as bytes relative to it, in the order of their names; nothing when the folder is not there. */
async function listFilesBelow(folder: Buffer, below: Buffer = Buffer.alloc(0)): Promise<Buffer[]> {
  const here = below.length === 0 ? folder : joinName(folder, below);
  const entries = await readdir(here, { withFileTypes: true, encoding: "buffer" }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const files: Buffer[] = [];
  for (const entry of entries.toSorted((a, b) => Buffer.compare(a.name, b.name))) {
    const path = below.length === 0 ? entry.name : joinName(below, entry.name);
    if (entry.isDirectory()) files.push(...(await listFilesBelow(folder, path)));
    else if (entry.isFile()) files.push(path);
  }
  return files;
}

async function openIfThere(path: Buffer): Promise<FileHandle | null> {
  return open(path, "r").catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
}

/** Copies a file that may vanish meanwhile; returns whether it was there. */
async function copyFile(path: Buffer, part: string, writer: PartWriter): Promise<boolean> {
  const handle = await openIfThere(path);
  if (handle === null) return false;
  await writer.write(part, handle.createReadStream());
  return true;
}

/** Copies what the data folder holds beside database and originals: the key of person hashes and the form layouts. */
export async function copyHome(home: string, writer: PartWriter): Promise<void> {
  for (const folder of ["keys", "layouts"])
    for (const path of await listFilesBelow(Buffer.from(join(home, folder))))
      await copyFile(joinName(Buffer.from(join(home, folder)), path), `${PART_FOLDERS.home}/${folder}/${path}`, writer);
}

/** Copies the papers and import files; their names bear references only. Unfinished ones (`.tmp`) stay out. */
export async function copyOutbox(outbox: string, writer: PartWriter): Promise<void> {
  for (const path of await listFilesBelow(Buffer.from(outbox))) {
    const name = path.toString();
    if (name.split("/").some((segment) => segment.startsWith("."))) continue;
    await copyFile(joinName(Buffer.from(outbox), path), `${PART_FOLDERS.outbox}/${name}`, writer);
  }
}

/**
 * Copies what was taken out of the inbox and is not recorded yet. Their names are personal data, so they stand in an index.
 *
 * Call it before the snapshot: what is recorded in between is then in both, which is the same as after a kill.
 */
export async function copyClaims({ home, inbox }: Pick<Config, "home" | "inbox">, writer: PartWriter): Promise<number> {
  const index: NamedPart[] = [];
  for (const root of [join(home, "work", "inbox"), join(inbox, ".ilmo-work")]) {
    for (const path of await listFilesBelow(Buffer.from(root))) {
      const part = `${PART_FOLDERS.claims}/${index.length + 1}`;
      if (await copyFile(joinName(Buffer.from(root), path), part, writer)) index.push({ path: path.toString("base64"), part });
    }
  }
  await writer.write(CLAIMS_INDEX_PART, Buffer.from(JSON.stringify(index)));
  return index.length;
}

/** What became of the blobs. */
export interface CopiedBlobs {
  readonly count: number;
  readonly damaged: readonly string[];
  readonly missing: readonly string[];
}

/**
 * Copies every blob as it lies in the store, after checking its content against its name.
 *
 * Call it after the snapshot: a row's blob is durable before the row is, so that all of them are there.
 *
 * @throws configInvalid when a blob's key is not configured
 */
export async function copyBlobs(
  { folder, keys, referenced }: { readonly folder: string; readonly keys: readonly Uint8Array[]; readonly referenced: ReadonlySet<string> },
  writer: PartWriter,
  onProgress: (count: number) => void,
): Promise<CopiedBlobs> {
  const damaged: string[] = [];
  const missing = new Set(referenced);
  let count = 0;
  for await (const sha256 of listBlobs(folder)) {
    const stored = await readStored(blobPathOf(folder, sha256), sha256);
    missing.delete(sha256);
    if (!isIntact(stored, sha256, keys)) {
      damaged.push(sha256);
      continue;
    }
    await writer.write(`${PART_FOLDERS.blobs}/${sha256.slice(0, 2)}/${sha256}`, stored);
    count += 1;
    onProgress(count);
  }
  return { count, damaged, missing: [...missing].toSorted() };
}

function isIntact(stored: Buffer, sha256: string, keys: readonly Uint8Array[]): boolean {
  try {
    openStored(stored, sha256, keys);
    return true;
  } catch (error) {
    if (faultCodeOf(error) === "fileDamaged") return false;
    throw error;
  }
}
