import { sql } from "kysely";
import { IlmoError } from "../../errors.ts";
import type { ExportBatch, ExportRecord } from "../../pipeline/store-port.ts";
import { type Executor, inTransaction } from "./executor.ts";

async function listRecords(executor: Executor, batchId: string): Promise<ExportRecord[]> {
  const rows = await executor.selectFrom("export_records").selectAll().where("batch_id", "=", batchId).orderBy("registration_id").execute();
  return rows.map((row) => ({ registrationId: row.registration_id, version: row.version, operation: row.operation }));
}

/** In the order of their sequence numbers. */
export async function listExportBatches(executor: Executor): Promise<ExportBatch[]> {
  const rows = await executor.selectFrom("export_batches").selectAll().orderBy("sequence").execute();
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      sequence: row.sequence,
      state: row.state,
      createdAt: row.created_at,
      fileName: row.file_name,
      sha256: row.sha256,
      records: await listRecords(executor, row.id),
    })),
  );
}

async function findBatch(executor: Executor, isWanted: (batch: ExportBatch) => boolean): Promise<ExportBatch | null> {
  return (await listExportBatches(executor)).find(isWanted) ?? null;
}

/** Sequence numbers have no gaps: one batch is made at a time, and its number commits with it. */
async function takeSequence(transaction: Executor): Promise<number> {
  const row = await transaction
    .selectFrom("export_batches")
    .select((select) => select.fn.max("sequence").as("last"))
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

/**
 * Makes a batch of the approved registrations of the group-info route, oldest first.
 *
 * A batch that was prepared but not published comes back first, whatever its id: a run that was cut off is
 * finished before a new one begins, and its sequence number is not lost.
 *
 * @returns null when nothing waits
 */
export async function prepareExportBatch(executor: Executor, id: string, limit: number, at: string): Promise<ExportBatch | null> {
  return inTransaction(executor, async (transaction) => {
    await sql`lock table export_batches in exclusive mode`.execute(transaction);
    const unfinished = await findBatch(transaction, (batch) => batch.id === id || batch.state === "prepared");
    if (unfinished) return unfinished;
    const waiting = await transaction
      .selectFrom("registrations")
      .select(["id", "version"])
      .where("state", "=", "APPROVED")
      .where("route", "=", "groupInfo")
      .orderBy("approved_at")
      .orderBy("id")
      .limit(limit)
      .execute();
    if (waiting.length === 0) return null;
    const sequence = await takeSequence(transaction);
    await transaction.insertInto("export_batches").values({ id, sequence, state: "prepared", created_at: at }).execute();
    const records = waiting.map((row) => ({
      batch_id: id,
      registration_id: row.id,
      version: row.version,
      operation: row.version === 1 ? ("UUSI" as const) : ("KORVAAVA" as const),
    }));
    await transaction.insertInto("export_records").values(records).execute();
    return findBatch(transaction, (batch) => batch.id === id);
  });
}

/**
 * Notes that the batch's file lies in the outbox, and marks its registrations exported.
 *
 * Call it after the manifest was renamed; repeating it with the same file changes nothing.
 *
 * @throws notFound; exportInvalid when it was published with other bytes
 */
export async function publishExportBatch(
  executor: Executor,
  id: string,
  file: { readonly fileName: string; readonly sha256: string },
  at: string,
): Promise<ExportBatch> {
  return inTransaction(executor, async (transaction) => {
    await sql`lock table export_batches in exclusive mode`.execute(transaction);
    const batch = await findBatch(transaction, (candidate) => candidate.id === id);
    if (!batch) throw new IlmoError("notFound", "Expected an export batch with this id.", { context: { batchId: id } });
    if (batch.state === "published") {
      if (batch.sha256 === file.sha256) return batch;
      throw new IlmoError("exportInvalid", "Expected the bytes that were published under this batch. A published file never changes.", {
        context: { batchId: id },
      });
    }
    await transaction
      .updateTable("export_batches")
      .set({ state: "published", file_name: file.fileName, sha256: file.sha256, published_at: at })
      .where("id", "=", id)
      .execute();
    await transaction
      .updateTable("registrations")
      .set({ state: "EXPORTED", updated_at: at })
      .where("state", "=", "APPROVED")
      .where(
        "id",
        "in",
        batch.records.map(({ registrationId }) => registrationId),
      )
      .execute();
    return { ...batch, state: "published", ...file };
  });
}
