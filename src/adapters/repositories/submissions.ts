import { createHash } from "node:crypto";
import { type Insertable, type Selectable, sql } from "kysely";
import { type FaultCode, IlmoError } from "../../errors.ts";
import { SubmissionReading } from "../../model/reading.ts";
import type { NewSubmission, RecordOutcome, Submission, SubmissionFile, SubmissionState } from "../../pipeline/store-port.ts";
import type { SubmissionFilesTable, SubmissionsTable } from "../database-schema.ts";
import { type Executor, inTransaction, toText } from "./executor.ts";

const DEFAULT_LIMIT = 1_000;

/** One name for a set of contents, whatever their order and file names. */
function contentKeyOf(sha256s: readonly string[]): string {
  return createHash("sha256").update(sha256s.toSorted().join("\n")).digest("hex");
}

function toFile(row: Selectable<SubmissionFilesTable>): SubmissionFile {
  return {
    fileIndex: row.file_index,
    sha256: row.sha256,
    sizeBytes: row.size_bytes,
    mediaType: row.media_type,
    originalName: row.original_name,
    ...(row.parent_index === null && row.use === "read"
      ? {}
      : { part: { parentIndex: row.parent_index, use: row.use, faultCode: row.fault_code } }),
  };
}

function toRow(submissionId: string, { part, ...file }: SubmissionFile): Insertable<SubmissionFilesTable> {
  return {
    submission_id: submissionId,
    file_index: file.fileIndex,
    sha256: file.sha256,
    size_bytes: file.sizeBytes,
    media_type: file.mediaType,
    original_name: file.originalName === null ? null : toText(file.originalName),
    parent_index: part?.parentIndex ?? null,
    use: part?.use ?? "read",
    fault_code: part?.faultCode ?? null,
  };
}

function toSubmission(row: Omit<Selectable<SubmissionsTable>, "reading">, files: readonly SubmissionFile[]): Submission {
  return {
    id: row.id,
    receivedAt: row.received_at,
    receivedOn: row.received_on,
    channel: row.channel,
    source: row.source,
    state: row.state,
    faultCode: row.fault_code,
    faultReason: row.fault_reason,
    duplicateOf: row.duplicate_of,
    files,
  };
}

/**
 * The first submission with these contents. One that was put aside does not count: a clerk who drops
 * the same file again after the cause is gone wants it read.
 */
export async function findSubmissionByContent(executor: Executor, sha256s: readonly string[]): Promise<string | null> {
  const row = await executor
    .selectFrom("submissions")
    .select("id")
    .where("content_key", "=", contentKeyOf(sha256s))
    .where("state", "not in", ["duplicate", "quarantined"])
    .orderBy("created_at")
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

async function findOutcome(executor: Executor, id: string): Promise<RecordOutcome | null> {
  const row = await executor.selectFrom("submissions").select("duplicate_of").where("id", "=", id).executeTakeFirst();
  if (!row) return null;
  if (row.duplicate_of !== null) return { kind: "duplicate", submissionId: id, duplicateOf: row.duplicate_of };
  return { kind: "alreadyRecorded", submissionId: id };
}

/**
 * Writes a submission with its files; a new one is handed to `onRecorded` inside the same transaction.
 *
 * Two of the same content that arrive at once wait for each other, so that exactly one is first.
 */
export async function recordSubmission(
  executor: Executor,
  submission: NewSubmission,
  onRecorded: (transaction: Executor) => Promise<void>,
): Promise<RecordOutcome> {
  const sha256s = submission.files.filter(({ part }) => (part?.parentIndex ?? null) === null).map(({ sha256 }) => sha256);
  const contentKey = contentKeyOf(sha256s);
  return inTransaction(executor, async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${contentKey}, 0))`.execute(transaction);
    const known = await findOutcome(transaction, submission.id);
    if (known) return known;
    const duplicateOf = await findSubmissionByContent(transaction, sha256s);
    await transaction
      .insertInto("submissions")
      .values({
        id: submission.id,
        received_at: submission.receivedAt,
        received_on: submission.receivedOn,
        channel: submission.channel,
        source: submission.source,
        state: duplicateOf === null ? "received" : "duplicate",
        content_key: contentKey,
        duplicate_of: duplicateOf,
      })
      .execute();
    if (submission.files.length > 0) {
      await transaction
        .insertInto("submission_files")
        .values(submission.files.map((file) => toRow(submission.id, file)))
        .execute();
    }
    if (duplicateOf !== null) return { kind: "duplicate", submissionId: submission.id, duplicateOf };
    await onRecorded(transaction);
    return { kind: "recorded", submissionId: submission.id };
  });
}

const COLUMNS = [
  "id",
  "received_at",
  "received_on",
  "channel",
  "source",
  "state",
  "fault_code",
  "fault_reason",
  "content_key",
  "duplicate_of",
  "created_at",
  "updated_at",
] as const;

async function withFiles(executor: Executor, rows: readonly Omit<Selectable<SubmissionsTable>, "reading">[]): Promise<Submission[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const files = await executor.selectFrom("submission_files").selectAll().where("submission_id", "in", ids).orderBy("file_index").execute();
  const filesOf = Map.groupBy(files, (file) => file.submission_id);
  return rows.map((row) => toSubmission(row, (filesOf.get(row.id) ?? []).map(toFile)));
}

/** @throws notFound */
export async function getSubmission(executor: Executor, id: string): Promise<Submission> {
  const rows = await executor.selectFrom("submissions").select(COLUMNS).where("id", "=", id).execute();
  const [submission] = await withFiles(executor, rows);
  if (!submission) throw new IlmoError("notFound", "Expected a submission with this id.", { context: { submissionId: id } });
  return submission;
}

/** Oldest first. */
export async function listSubmissions(
  executor: Executor,
  { state, limit = DEFAULT_LIMIT }: { readonly state?: SubmissionState; readonly limit?: number } = {},
): Promise<Submission[]> {
  let query = executor.selectFrom("submissions").select(COLUMNS).orderBy("received_at").orderBy("id").limit(limit);
  if (state !== undefined) query = query.where("state", "=", state);
  return withFiles(executor, await query.execute());
}

export async function getReading(executor: Executor, submissionId: string): Promise<SubmissionReading | null> {
  const row = await executor.selectFrom("submissions").select("reading").where("id", "=", submissionId).executeTakeFirst();
  return row?.reading ? SubmissionReading.parse(row.reading) : null;
}

/** A read submission is done when its papers are written. Nothing happens when it is done already. */
export async function finishSubmission(executor: Executor, id: string): Promise<void> {
  await executor
    .updateTable("submissions")
    .set({ state: "done", updated_at: new Date().toISOString() })
    .where("id", "=", id)
    .where("state", "in", ["received", "read"])
    .execute();
}

/** Puts a submission aside for a person. One that is done stays done. */
export async function quarantineSubmission(executor: Executor, id: string, faultCode: FaultCode, reason: string): Promise<void> {
  await executor
    .updateTable("submissions")
    .set({ state: "quarantined", fault_code: faultCode, fault_reason: toText(reason), updated_at: new Date().toISOString() })
    .where("id", "=", id)
    .where("state", "in", ["received", "read"])
    .execute();
}

/**
 * Takes a submission out of quarantine with the files that were found in it now; `onReopened` runs inside the same transaction.
 *
 * @returns false when it is not in quarantine any more
 */
export async function reopenSubmission(
  executor: Executor,
  id: string,
  files: readonly SubmissionFile[],
  onReopened: (transaction: Executor) => Promise<void>,
): Promise<boolean> {
  return inTransaction(executor, async (transaction) => {
    const row = await transaction
      .updateTable("submissions")
      .set({ state: "received", fault_code: null, fault_reason: null, updated_at: new Date().toISOString() })
      .where("id", "=", id)
      .where("state", "=", "quarantined")
      .returning("id")
      .executeTakeFirst();
    if (row === undefined) return false;
    await transaction.deleteFrom("submission_files").where("submission_id", "=", id).execute();
    await transaction
      .insertInto("submission_files")
      .values(files.map((file) => toRow(id, file)))
      .execute();
    await onReopened(transaction);
    return true;
  });
}
