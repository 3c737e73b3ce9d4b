import type { Selectable } from "kysely";
import { IlmoError } from "../../errors.ts";
import { RosterRowReading } from "../../model/attendance.ts";
import type { NewRosterScan, RosterScan, RosterScanRow } from "../../pipeline/attendance-store-port.ts";
import type { RosterScansTable } from "../attendance-schema.ts";
import { type Executor, inTransaction, toJson } from "./executor.ts";

/** Keeps a scanned page and its rows; the same page read again changes nothing. */
export async function saveRosterScan(executor: Executor, scan: NewRosterScan): Promise<void> {
  await inTransaction(executor, async (transaction) => {
    const inserted = await transaction
      .insertInto("roster_scans")
      .values({
        id: scan.id,
        submission_id: scan.submissionId,
        file_index: scan.fileIndex,
        page_index: scan.pageIndex,
        session_code: scan.sessionCode,
        version: scan.version,
        page_number: scan.pageNumber,
        pages: scan.pages,
        session_id: scan.sessionId,
        state: scan.state,
        quality: scan.quality,
        shows_pale_ink: scan.showsPaleInk,
        scanned_on: scan.scannedOn,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if ((inserted.numInsertedOrUpdatedRows ?? 0n) === 0n || scan.rows.length === 0) return;
    const rows = scan.rows.map(({ registrationId, seen: { png, ...seen } }) => ({
      scan_id: scan.id,
      row_number: seen.rowNumber,
      registration_id: registrationId,
      seen: toJson(seen),
      png: png ?? null,
    }));
    await transaction.insertInto("roster_scan_rows").values(rows).execute();
  });
}

async function listRows(executor: Executor, scanId: string, withPictures: boolean): Promise<RosterScanRow[]> {
  const rows = await executor
    .selectFrom("roster_scan_rows")
    .select(["registration_id", "seen", "closed_by"])
    .$if(withPictures, (query) => query.select("png"))
    .where("scan_id", "=", scanId)
    .orderBy("row_number")
    .execute();
  return rows.map((row) => {
    const seen = RosterRowReading.parse(row.seen);
    const { png } = row;
    return {
      registrationId: row.registration_id,
      seen: png === undefined || png === null ? seen : { ...seen, png },
      closedBy: row.closed_by,
    };
  });
}

function toScan(row: Selectable<RosterScansTable>, rows: readonly RosterScanRow[]): RosterScan {
  return {
    id: row.id,
    submissionId: row.submission_id,
    fileIndex: row.file_index,
    pageIndex: row.page_index,
    sessionCode: row.session_code,
    version: row.version,
    pageNumber: row.page_number,
    pages: row.pages,
    sessionId: row.session_id,
    state: row.state,
    quality: row.quality,
    showsPaleInk: row.shows_pale_ink,
    scannedOn: row.scanned_on,
    createdAt: row.created_at,
    closedBy: row.closed_by,
    rows,
  };
}

/** In the order of their arrival; `null` lists the pages of unknown prints. */
export async function listRosterScans(
  executor: Executor,
  sessionId: string | null,
  { withPictures }: { readonly withPictures: boolean } = { withPictures: false },
): Promise<RosterScan[]> {
  const query = executor.selectFrom("roster_scans").selectAll().orderBy("created_at").orderBy("file_index").orderBy("page_index");
  const rows = await (sessionId === null ? query.where("session_id", "is", null) : query.where("session_id", "=", sessionId)).execute();
  const scans: RosterScan[] = [];
  for (const row of rows) scans.push(toScan(row, await listRows(executor, row.id, withPictures)));
  return scans;
}

/** @throws notFound */
export async function closeRosterTask(
  executor: Executor,
  { scanId, rowNumber }: { readonly scanId: string; readonly rowNumber: number | null },
  by: string,
  reason: string,
): Promise<void> {
  const closing = { closed_by: by, closed_reason: reason };
  const { numUpdatedRows } =
    rowNumber === null
      ? await executor.updateTable("roster_scans").set(closing).where("id", "=", scanId).executeTakeFirst()
      : await executor
          .updateTable("roster_scan_rows")
          .set(closing)
          .where("scan_id", "=", scanId)
          .where("row_number", "=", rowNumber)
          .executeTakeFirst();
  if (numUpdatedRows > 0n) return;
  throw new IlmoError("notFound", "Expected the page, and the row on it, of a task. `ilmo attendance review` lists them.");
}
