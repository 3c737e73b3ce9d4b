import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { deriveBackupKey, loadPassphrase } from "../adapters/backup/backup-key.ts";
import { createBackup } from "../adapters/backup/create-backup.ts";
import { type OpenBackup, openBackup, verifyParts } from "../adapters/backup/open-backup.ts";
import { type Restored, restoreBackup } from "../adapters/backup/restore-backup.ts";
import { loadBlobKeys } from "../adapters/blob-store-keys.ts";
import { openOffice } from "../compose.ts";
import type { Config } from "../config.ts";
import { FAULTS, IlmoError } from "../errors.ts";
import { openLog } from "../log.ts";
import { formatTable, type Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

const passphraseOf = (file: string | undefined): string | null => (file === undefined ? null : loadPassphrase(file));

function allBlobKeys(config: Config): Uint8Array[] {
  const { key, previousKeys } = loadBlobKeys(config);
  return key === undefined ? [...previousKeys] : [key, ...previousKeys];
}

const countRows = (counts: Readonly<Record<string, number>>): string[][] =>
  Object.entries(counts).map(([name, count]) => [name, String(count)]);

/** `ilmo backup <folder>`: a consistent copy of the line while it works. @throws storageUnavailable, databaseUnavailable, configInvalid */
export async function backUp(config: Config, terminal: Terminal, target: string, passphraseFile: string | undefined): Promise<void> {
  const passphrase = passphraseOf(passphraseFile);
  await withOffice(config, async ({ databaseUrl }) => {
    const { folder, manifest } = await createBackup({
      config,
      databaseUrl,
      blobKeys: allBlobKeys(config),
      target: resolve(target),
      key: passphrase === null ? null : deriveBackupKey(passphrase),
      now: new Date(),
      onProgress: terminal.progress,
    });
    terminal.progressDone();
    const { parts, tables, damagedBlobs, missingBlobs } = manifest;
    const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    terminal.line(`${folder}`);
    terminal.line(`${rows} rows, ${manifest.blobs} originals and papers, ${manifest.unfinishedJobs} unfinished jobs, ${sizeBytes} bytes`);
    terminal.line(
      "Not in it: the configuration and the key of the blob store. Keep both elsewhere: without the key, originals stay closed.",
    );
    if (passphrase === null) terminal.line("It is not encrypted. Keep it where only officials can read, or name a --passphrase-file.");
    for (const sha256 of damagedBlobs) terminal.line(`damaged in the store, not copied: ${sha256}`);
    for (const sha256 of missingBlobs) terminal.line(`missing in the store: ${sha256}`);
    terminal.json({ folder, rows, sizeBytes, parts: parts.length, ...manifestFacts(manifest), damagedBlobs, missingBlobs });
    if (damagedBlobs.length + missingBlobs.length > 0) process.exitCode = FAULTS.fileDamaged.exitCode;
  });
}

function manifestFacts(manifest: OpenBackup["manifest"]): object {
  const { createdAt, migration, submissions, registrations, unfinishedJobs, blobs, salt } = manifest;
  return { createdAt, migration, submissions, registrations, unfinishedJobs, blobs, encrypted: salt !== null };
}

/** @throws fileDamaged when the restored counts are not those of the snapshot */
function assertSameCounts({ manifest }: OpenBackup, { status }: Restored): void {
  for (const kind of ["submissions", "registrations"] as const) {
    const restored = new Map<string, number>(Object.entries(status[kind]));
    const isSame = [...new Set([...restored.keys(), ...Object.keys(manifest[kind])])].every(
      (state) => (restored.get(state) ?? 0) === (manifest[kind][state] ?? 0),
    );
    if (!isSame) throw new IlmoError("fileDamaged", `Expected the ${kind} of the backup after restoring; their counts differ.`);
  }
}

async function restoreInto(backup: OpenBackup, config: Config, outbox: string | null, terminal: Terminal): Promise<Restored> {
  const restored = await restoreBackup({
    backup,
    config,
    outbox,
    openOffice: (place) => openOffice(place, openLog(place), false),
    onProgress: terminal.progress,
  });
  terminal.progressDone();
  assertSameCounts(backup, restored);
  return restored;
}

/** `ilmo restore <backup> --into <home>`. @throws notAllowed unless the place is empty; fileDamaged */
export async function restore(
  config: Config,
  terminal: Terminal,
  folder: string,
  options: { readonly into: string; readonly outbox: string | undefined; readonly passphraseFile: string | undefined },
): Promise<void> {
  const backup = await openBackup(resolve(folder), passphraseOf(options.passphraseFile));
  const outbox = options.outbox === undefined ? null : resolve(options.outbox);
  const home = resolve(options.into);
  const { status, jobs } = await restoreInto(backup, { ...config, home }, outbox, terminal);
  terminal.line(
    formatTable([["what", "count"], ...countRows(status.submissions), ...countRows(status.registrations), ["jobs", String(jobs)]]),
  );
  terminal.line(`Restored into ${home}. Set home (ILMO_HOME) to it and start ilmo: unfinished submissions go on.`);
  terminal.json({ home, ...manifestFacts(backup.manifest), status, jobs });
}

/** `ilmo backup verify <backup>`: checks every part; with a rehearsal, restores into a place that goes away again. @throws fileDamaged */
export async function verifyBackup(
  config: Config,
  terminal: Terminal,
  folder: string,
  options: { readonly rehearse: boolean; readonly passphraseFile: string | undefined },
): Promise<void> {
  const backup = await openBackup(resolve(folder), passphraseOf(options.passphraseFile));
  await verifyParts(backup, (done, all) => terminal.progress(`${done} of ${all} parts checked`));
  terminal.progressDone();
  if (options.rehearse) await rehearse(backup, config, terminal);
  const { parts, createdAt } = backup.manifest;
  terminal.line(
    `${parts.length} parts of ${createdAt} are as they were written${options.rehearse ? ", and were restored for a trial" : ""}.`,
  );
  terminal.json({ ok: true, parts: parts.length, rehearsed: options.rehearse, ...manifestFacts(backup.manifest) });
}

async function rehearse(backup: OpenBackup, config: Config, terminal: Terminal): Promise<void> {
  const place = await mkdtemp(join(tmpdir(), "ilmo-rehearsal-"));
  await chmod(place, 0o711); // the database's own account must get through to its folder
  const { databaseUrl: _databaseUrl, ...rest } = config;
  try {
    await restoreInto(backup, { ...rest, home: join(place, "home") }, join(place, "outbox"), terminal);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
