import type { Selectable } from "kysely";
import { IlmoError } from "../../errors.ts";
import type { Attendance } from "../../model/attendance.ts";
import type { AttendanceFilter } from "../../pipeline/attendance-store-port.ts";
import type { AttendanceTable } from "../attendance-schema.ts";
import { type Executor, toText } from "./executor.ts";

function toAttendance(row: Selectable<AttendanceTable>): Attendance {
  return {
    sessionId: row.session_id,
    registrationId: row.registration_id,
    state: row.state,
    status: row.status,
    languageTest: row.language_test,
    skillsSurvey: row.skills_survey,
    doubts: row.doubts,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    reason: row.reason,
  };
}

/** Oldest first. */
export async function listAttendance(executor: Executor, filter: AttendanceFilter): Promise<Attendance[]> {
  const { sessionId, registrationIds } = filter;
  if (registrationIds?.length === 0) return [];
  let query = executor.selectFrom("attendance").selectAll().orderBy("created_at").orderBy("registration_id");
  if (sessionId !== undefined) query = query.where("session_id", "=", sessionId);
  if (registrationIds !== undefined) query = query.where("registration_id", "in", registrationIds);
  return (await query.execute()).map(toAttendance);
}

/** Adds or replaces; what stood there before stays in the audit log of the caller. */
export async function saveAttendance(executor: Executor, attendance: Attendance, at: string): Promise<void> {
  const facts = {
    state: attendance.state,
    status: attendance.status,
    language_test: attendance.languageTest,
    skills_survey: attendance.skillsSurvey,
    doubts: [...attendance.doubts],
    decided_by: attendance.decidedBy,
    decided_at: attendance.decidedAt,
    reason: attendance.reason === null ? null : toText(attendance.reason),
  };
  await executor
    .insertInto("attendance")
    .values({ session_id: attendance.sessionId, registration_id: attendance.registrationId, ...facts })
    .onConflict((conflict) => conflict.columns(["session_id", "registration_id"]).doUpdateSet({ ...facts, updated_at: at }))
    .execute();
}

/** Whoever settles the attendance of a session holds its row. @throws sessionInvalid */
export async function lockAttendance(executor: Executor, sessionId: string): Promise<void> {
  const row = await executor.selectFrom("sessions").select("id").where("id", "=", sessionId).forUpdate().executeTakeFirst();
  if (row === undefined)
    throw new IlmoError("sessionInvalid", "Expected a session that is in the calendar. `ilmo sessions list` shows them.");
}
