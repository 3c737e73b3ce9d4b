import { type Insertable, type Selectable, sql } from "kysely";
import { Session } from "../../model/session.ts";
import type { SessionFilter } from "../../pipeline/session-store-port.ts";
import type { SessionsTable } from "../database-schema.ts";
import { type Executor, inTransaction } from "./executor.ts";

function toRow(session: Session): Insertable<SessionsTable> {
  return {
    id: session.id,
    code: session.code,
    language: session.language,
    date: session.date,
    time: session.time,
    place: session.place,
    address: session.address,
    room: session.room ?? null,
    host: session.host ?? null,
    interpreter: session.interpreter ?? null,
    duration_hours: session.durationHours ?? null,
    capacity: session.capacity,
    kind: session.kind,
    state: session.state,
    series_id: session.seriesId ?? null,
    min_participants: session.minParticipants ?? null,
  };
}

function toSession(row: Selectable<SessionsTable>): Session {
  return Session.parse({
    id: row.id,
    code: row.code,
    language: row.language,
    date: row.date,
    time: row.time,
    place: row.place,
    address: row.address,
    room: row.room ?? undefined,
    host: row.host ?? undefined,
    interpreter: row.interpreter ?? undefined,
    durationHours: row.duration_hours ?? undefined,
    capacity: row.capacity,
    kind: row.kind,
    state: row.state,
    seriesId: row.series_id ?? undefined,
    minParticipants: row.min_participants ?? undefined,
  });
}

/** Adds or replaces sessions by id; seats that are taken stay taken, also when the capacity shrinks. */
export async function upsertSessions(executor: Executor, sessions: readonly Session[], at: string): Promise<void> {
  await inTransaction(executor, async (transaction) => {
    for (const session of sessions) {
      const row = toRow(session);
      const { id: _id, ...changes } = row;
      await transaction
        .insertInto("sessions")
        .values(row)
        .onConflict((conflict) => conflict.column("id").doUpdateSet({ ...changes, updated_at: at }))
        .execute();
    }
  });
}

/** Times are kept as they are written, 9.00 or 09:00; by letters 12.30 would come before 9.00. */
const BY_TIME = sql`lpad(translate(time, '.', ':'), 5, '0')`;

/** By day, time and id. */
export async function listSessions(executor: Executor, { from, language }: SessionFilter = {}): Promise<Session[]> {
  let query = executor.selectFrom("sessions").selectAll().orderBy("date").orderBy(BY_TIME).orderBy("id");
  if (from !== undefined) query = query.where("date", ">=", from);
  if (language !== undefined) query = query.where("language", "=", language);
  return (await query.execute()).map(toSession);
}

/** Those that exist; in the order of their ids. */
export async function listSessionsById(executor: Executor, ids: readonly string[]): Promise<Session[]> {
  if (ids.length === 0) return [];
  return (await executor.selectFrom("sessions").selectAll().where("id", "in", ids).orderBy("id").execute()).map(toSession);
}
