import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { IlmoError } from "../../errors.ts";
import { type BackupKey, deriveBackupKey, isSealOf } from "./backup-key.ts";
import { BackupManifest, MANIFEST_FILE, SEAL_FILE } from "./backup-manifest.ts";
import { findPartFault } from "./part-writer.ts";

/** A backup whose manifest was understood and, when it is encrypted, proved to be of this passphrase. */
export interface OpenBackup {
  readonly folder: string;
  readonly manifest: BackupManifest;
  readonly key: BackupKey | null;
}

function parseManifest(bytes: Buffer): BackupManifest {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch (cause) {
    throw new IlmoError("fileDamaged", "Expected the backup's manifest as it was written; it is not JSON.", { cause });
  }
  const parsed = BackupManifest.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new IlmoError(
    "fileDamaged",
    `Expected a manifest of format 1; wrong at ${first?.path.join(".") ?? "its root"}. Update ilmo, or take another backup.`,
  );
}

async function keyOf(folder: string, bytes: Buffer, salt: string, passphrase: string | null): Promise<BackupKey> {
  if (passphrase === null)
    throw new IlmoError("configInvalid", "Expected the passphrase of this encrypted backup. Name its file with --passphrase-file.");
  const key = deriveBackupKey(passphrase, Buffer.from(salt, "base64"));
  const seal = await readFile(join(folder, SEAL_FILE)).catch(() => Buffer.alloc(0));
  if (isSealOf(seal, bytes, key)) return key;
  throw new IlmoError("configInvalid", "Expected the passphrase that this backup was made with, and its manifest unchanged; one is not.");
}

/** @throws usage when the folder is no backup; fileDamaged; configInvalid when the passphrase is missing or wrong */
export async function openBackup(folder: string, passphrase: string | null): Promise<OpenBackup> {
  const bytes = await readFile(join(folder, MANIFEST_FILE)).catch((cause: unknown) => {
    throw new IlmoError("usage", `Expected a backup: a folder with ${MANIFEST_FILE}. A folder that ends in .partial was cut off.`, {
      cause,
    });
  });
  const manifest = parseManifest(bytes);
  const key = manifest.salt === null ? null : await keyOf(folder, bytes, manifest.salt, passphrase);
  return { folder, manifest, key };
}

/** Checks every part against the manifest. @throws fileDamaged naming the first part that is missing or changed */
export async function verifyParts({ folder, manifest }: OpenBackup, onProgress: (done: number, all: number) => void): Promise<void> {
  for (const [index, part] of manifest.parts.entries()) {
    const fault = await findPartFault(folder, part);
    if (fault !== null)
      throw new IlmoError(
        "fileDamaged",
        `Expected every part of the backup as it was written; ${part.path} is ${fault}. Take another backup.`,
        {
          context: { part: part.path, fault },
        },
      );
    onProgress(index + 1, manifest.parts.length);
  }
}
