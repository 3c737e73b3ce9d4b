import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../../config.ts";
import { IlmoError } from "../../errors.ts";
import { syncFolder } from "../durable-files.ts";
import { toFileFault } from "../file-faults.ts";
import { withUpkeepLock } from "../upkeep-lock.ts";
import { writeFileWhole } from "../write-file-whole.ts";
import type { BackupKey } from "./backup-key.ts";
import { type BackupManifest, MANIFEST_FILE, SEAL_FILE } from "./backup-manifest.ts";
import { copyBlobs, copyClaims, copyHome, copyOutbox } from "./copy-files.ts";
import { dumpDatabase } from "./dump-database.ts";
import { openPartWriter, type PartWriter } from "./part-writer.ts";

/** What is backed up, and how. */
export interface BackupRequest {
  readonly config: Pick<Config, "home" | "inbox" | "outbox">;
  readonly databaseUrl: string;
  /** Present and earlier keys of the blob store, only to check the blobs; they do not go into the backup. */
  readonly blobKeys: readonly Uint8Array[];
  /** Where backups lie; the backup becomes a folder in it. */
  readonly target: string;
  /** null leaves the parts in plain. */
  readonly key: BackupKey | null;
  readonly now: Date;
  readonly onProgress: (text: string) => void;
}

const UNFINISHED_SUFFIX = ".partial";

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw toFileFault(error, "Expected a place for the backup that this program may write to. Check the path and its owner.");
  }
}

async function collect(request: BackupRequest, writer: PartWriter): Promise<Omit<BackupManifest, "parts">> {
  const { config, onProgress } = request;
  onProgress("what is being taken in");
  await copyClaims(config, writer);
  const dump = await dumpDatabase(request.databaseUrl, writer, (table) => onProgress(`table ${table}`));
  const { referencedBlobs, ...facts } = dump;
  const source = { folder: join(config.home, "blobs"), keys: request.blobKeys, referenced: referencedBlobs };
  const blobs = await copyBlobs(source, writer, (count) => onProgress(`${count} originals and papers`));
  onProgress("form layouts, papers and import files");
  await copyHome(config.home, writer);
  await copyOutbox(config.outbox, writer);
  return {
    format: 1,
    createdAt: request.now.toISOString(),
    salt: request.key?.salt.toString("base64") ?? null,
    ...facts,
    tables: [...facts.tables],
    blobs: blobs.count,
    damagedBlobs: [...blobs.damaged],
    missingBlobs: [...blobs.missing],
  };
}

/**
 * Makes a backup of the whole line while it works, and returns its folder and manifest.
 *
 * It appears under its name only when everything in it is durable; what a cut-off run left is removed by the next one.
 * Not in it: the configuration and the key of the blob store (keep both elsewhere), and what lies untouched in the inbox.
 *
 * @throws databaseUnavailable, storageUnavailable; configInvalid when a blob's key is not configured
 */
export async function createBackup(request: BackupRequest): Promise<{ readonly folder: string; readonly manifest: BackupManifest }> {
  const name = `ilmo-backup-${request.now.toISOString().replace(/[:.]/g, "-")}`;
  const folder = join(request.target, name);
  const unfinished = join(request.target, `.${name}${UNFINISHED_SUFFIX}`);
  if (existsSync(folder)) throw new IlmoError("usage", "Expected no backup of this instant; there is one. Try again.");
  await makeFolder(unfinished);
  try {
    const writer = openPartWriter(unfinished, request.key);
    const collected = await withUpkeepLock(request.databaseUrl, () => collect(request, writer));
    const manifest: BackupManifest = { ...collected, parts: [...writer.parts] };
    const bytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
    if (request.key !== null) await writeFileWhole(join(unfinished, SEAL_FILE), request.key.seal(bytes), unfinished);
    await writeFileWhole(join(unfinished, MANIFEST_FILE), bytes, unfinished);
    await rename(unfinished, folder);
    syncFolder(request.target);
    return { folder, manifest };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => {});
    throw error;
  }
}
