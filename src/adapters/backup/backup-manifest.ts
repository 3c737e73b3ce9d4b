import { z } from "zod";

/** Name of the file that makes a folder a backup; written last. */
export const MANIFEST_FILE = "manifest.json";
/** HMAC-SHA-256 of the manifest under the passphrase's key; there when the backup is encrypted. */
export const SEAL_FILE = "manifest.seal";

/** One file of a backup, below its folder. `sha256` and `sizeBytes` are those of the bytes as they lie there. */
export const BackupPart = z.object({ path: z.string(), sizeBytes: z.int().nonnegative(), sha256: z.string() });
export type BackupPart = z.infer<typeof BackupPart>;

/** Rows of one table at the instant of the snapshot, in the form of COPY. */
export const TablePart = z.object({ name: z.string(), columns: z.array(z.string()), rows: z.int().nonnegative(), part: z.string() });
export type TablePart = z.infer<typeof TablePart>;

const Counts = z.record(z.string(), z.int());

/** What a backup holds, for checking it and for restoring it. No personal data. */
export const BackupManifest = z.object({
  format: z.literal(1),
  createdAt: z.iso.datetime(),
  /** The last migration of the tables' shape. */
  migration: z.string(),
  /** Salt of the passphrase's key, base64; null when the parts lie in plain. */
  salt: z.string().nullable(),
  /** In an order in which every row finds the rows it refers to. */
  tables: z.array(TablePart),
  submissions: Counts,
  registrations: Counts,
  unfinishedJobs: z.int().nonnegative(),
  blobs: z.int().nonnegative(),
  /** Blobs whose bytes did not match their name when they were copied. */
  damagedBlobs: z.array(z.string()),
  /** Blobs that a row names and the store did not have. */
  missingBlobs: z.array(z.string()),
  parts: z.array(BackupPart),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

/** A job that had not ended, as it is filed anew. */
export const BackupJob = z.object({
  queue: z.string(),
  id: z.uuid(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  key: z.string().nullable(),
  startAfter: z.iso.datetime(),
});
export type BackupJob = z.infer<typeof BackupJob>;

/** A file whose name may be personal data: the name stands in here, the part has a number. */
export const NamedPart = z.object({ path: z.base64(), part: z.string() });
export type NamedPart = z.infer<typeof NamedPart>;

/** Where the parts of each kind lie. */
export const PART_FOLDERS = { tables: "database", blobs: "blobs", home: "home", outbox: "outbox", claims: "claims" } as const;
export const JOBS_PART = "jobs.json";
export const CLAIMS_INDEX_PART = "claims.json";
