import type { CalendarEntry } from "../../pipeline/announcement-store-port.ts";
import type { Executor } from "./executor.ts";

/** What calendars were told about a session. */
export async function listCalendarEntries(executor: Executor, sessionId: string): Promise<CalendarEntry[]> {
  const rows = await executor.selectFrom("calendar_entries").selectAll().where("session_id", "=", sessionId).orderBy("uid").execute();
  return rows.map((row) => ({
    uid: row.uid,
    sessionId: row.session_id,
    role: row.role,
    sequence: row.sequence,
    contentHash: row.content_hash,
    isCancelled: row.is_cancelled,
  }));
}

/** Notes what a calendar is told now. */
export async function saveCalendarEntry(executor: Executor, entry: CalendarEntry, at: string): Promise<void> {
  const { uid, sessionId, role, sequence, contentHash, isCancelled } = entry;
  const facts = { sequence, content_hash: contentHash, is_cancelled: isCancelled };
  await executor
    .insertInto("calendar_entries")
    .values({ uid, session_id: sessionId, role, ...facts })
    .onConflict((conflict) => conflict.column("uid").doUpdateSet({ ...facts, updated_at: at }))
    .execute();
}
