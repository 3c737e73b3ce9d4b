import { type Selectable, sql, type Transaction } from "kysely";
import { IlmoError } from "../../errors.ts";
import type { Booking } from "../../model/booking.ts";
import { GROUP_INFO } from "../../model/session.ts";
import type { HallScope, PastBooking, SeatCount } from "../../pipeline/session-store-port.ts";
import type { SeatDifference } from "../../sessions/hall-differences.ts";
import type { SeatHall, SessionSeats } from "../../sessions/seat-hall.ts";
import type { BookingsTable, Database } from "../database-schema.ts";
import { countHeldSeats, listKeptFor } from "./announcements.ts";
import type { Executor } from "./executor.ts";
import { listSessionsById } from "./sessions.ts";

/**
 * Who changes seats waits for whoever does so already, in any session: moving and merging touch several, and a lock a session
 * could lock two of them in a ring. An office gives some hundred seats a day; one takes about 3 ms.
 */
const SEATS_LOCK = "ilmo:seats";

function toBooking(row: Selectable<BookingsTable>): Booking {
  return {
    registrationId: row.registration_id,
    sessionId: row.session_id,
    state: row.state,
    seatNumber: row.seat_number,
    waitingNumber: row.waiting_number,
    waitingReason: row.waiting_reason,
    overCapacity: row.over_capacity,
    isWalkIn: row.is_walk_in,
  };
}

async function listPlacesOf(executor: Executor, registrationIds: readonly string[], kind?: string): Promise<Booking[]> {
  if (registrationIds.length === 0) return [];
  let query = executor.selectFrom("bookings").selectAll().where("registration_id", "in", registrationIds).where("state", "!=", "cancelled");
  if (kind !== undefined) query = query.where("kind", "=", kind);
  return (await query.orderBy("created_at").orderBy("id").execute()).map(toBooking);
}

/** The live place in a session of one kind; null when there is none. */
export async function findBooking(executor: Executor, registrationId: string, kind: string = GROUP_INFO): Promise<Booking | null> {
  return (await listPlacesOf(executor, [registrationId], kind))[0] ?? null;
}

/** The live places in sessions of every kind, oldest first. */
export async function listPlaces(executor: Executor, registrationId: string): Promise<Booking[]> {
  return listPlacesOf(executor, [registrationId]);
}

/** Oldest first. */
export async function listPastBookings(executor: Executor, registrationId: string): Promise<PastBooking[]> {
  const rows = await executor
    .selectFrom("bookings")
    .selectAll()
    .where("registration_id", "=", registrationId)
    .orderBy("created_at")
    .orderBy("updated_at")
    .execute();
  return rows.map((row) => ({ ...toBooking(row), endedReason: row.ended_reason, createdAt: row.created_at }));
}

async function listLive(executor: Executor, sessionIds: readonly string[]): Promise<Booking[]> {
  if (sessionIds.length === 0) return [];
  const rows = await executor
    .selectFrom("bookings")
    .selectAll()
    .where("session_id", "in", sessionIds)
    .where("state", "!=", "cancelled")
    .orderBy("seat_number")
    .orderBy("waiting_number")
    .execute();
  return rows.map(toBooking);
}

/** Seats first, then the queue, each in order. */
export async function listBookings(executor: Executor, sessionId: string): Promise<Booking[]> {
  return listLive(executor, [sessionId]);
}

/** One query for all sessions; those nobody is in are left out. */
export async function countSeats(executor: Executor): Promise<Map<string, SeatCount>> {
  const booked = await executor
    .selectFrom("bookings")
    .select(["session_id", "state", (select) => select.fn.countAll<number>().as("count")])
    .where("state", "!=", "cancelled")
    .groupBy(["session_id", "state"])
    .execute();
  const walkIns = await countWalkIns(executor);
  const counts = new Map<string, SeatCount>();
  const countOf = (sessionId: string): SeatCount => counts.get(sessionId) ?? { booked: 0, waiting: 0, walkIns: 0, held: 0 };
  for (const { session_id, state, count } of booked) counts.set(session_id, { ...countOf(session_id), [state]: count });
  for (const [sessionId, count] of walkIns) counts.set(sessionId, { ...countOf(sessionId), walkIns: count });
  for (const [sessionId, count] of await countHeldSeats(executor, [])) counts.set(sessionId, { ...countOf(sessionId), held: count });
  return counts;
}

/** Walk-ins whose form has not come, by session. */
async function countWalkIns(executor: Executor): Promise<Map<string, number>> {
  const rows = await executor
    .selectFrom("walk_ins")
    .select(["session_id", (select) => select.fn.countAll<number>().as("count")])
    .where("registration_id", "is", null)
    .groupBy("session_id")
    .execute();
  return new Map(rows.map((row) => [row.session_id, row.count]));
}

/** Locks the registrations too, so that none is cancelled or approved on the side. @throws notFound */
async function lockRegistrations(transaction: Transaction<Database>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await transaction.selectFrom("registrations").select("id").where("id", "in", ids).orderBy("id").forUpdate().execute();
  if (rows.length < new Set(ids).size) throw new IlmoError("notFound", "Expected a registration with this id or reference.");
}

/**
 * Takes the right to change seats until the transaction ends, and returns the sessions of the scope with everybody in them;
 * the sessions in which the registrations have a place belong to it too.
 *
 * @throws notFound for a registration that is not there
 */
export async function lockHall(transaction: Transaction<Database>, { sessionIds, registrationIds, kind }: HallScope): Promise<SeatHall> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${SEATS_LOCK}, 0))`.execute(transaction);
  await lockRegistrations(transaction, registrationIds);
  const [named] = await listSessionsById(transaction, sessionIds);
  const places = await listPlacesOf(transaction, registrationIds, kind ?? named?.kind ?? GROUP_INFO);
  const ids = [...new Set([...sessionIds, ...places.map(({ sessionId }) => sessionId)])];
  const sessions = await listSessionsById(transaction, ids);
  const bookings = await listLive(transaction, ids);
  const walkIns = await countWalkIns(transaction);
  const held = await countHeldSeats(transaction, registrationIds);
  const keptFor = await listKeptFor(transaction, registrationIds);
  const seats = sessions.map((session): [string, SessionSeats] => [
    session.id,
    {
      session,
      bookings: bookings.filter(({ sessionId }) => sessionId === session.id),
      walkIns: (walkIns.get(session.id) ?? 0) + (held.get(session.id) ?? 0),
      keptFor: keptFor.get(session.id) ?? [],
    },
  ]);
  return new Map(seats);
}

const placeOf = (
  booking: Booking,
): Omit<Selectable<BookingsTable>, "id" | "registration_id" | "kind" | "ended_reason" | "created_at" | "updated_at"> => ({
  session_id: booking.sessionId,
  state: booking.state,
  seat_number: booking.seatNumber,
  waiting_number: booking.waitingNumber,
  waiting_reason: booking.waitingReason,
  over_capacity: booking.overCapacity,
  is_walk_in: booking.isWalkIn,
});

const kindOf = (sessionId: string) => sql<string>`(select sessions.kind from sessions where sessions.id = ${sessionId})`;

/** Ends the live rows first, so that a seat or a place of the queue may pass from one to another. Returns their ids. */
async function endLive(
  transaction: Transaction<Database>,
  places: readonly Booking[],
  at: string,
  reason: string,
): Promise<Map<string, string>> {
  if (places.length === 0) return new Map();
  const registrationIds = places.map(({ registrationId }) => registrationId);
  const sessionIds = [...new Set(places.map(({ sessionId }) => sessionId))];
  const rows = await transaction
    .updateTable("bookings")
    .set({
      state: "cancelled",
      seat_number: null,
      waiting_number: null,
      waiting_reason: null,
      ended_reason: reason,
      updated_at: at,
    })
    .where("registration_id", "in", registrationIds)
    .where("session_id", "in", sessionIds)
    .where("state", "!=", "cancelled")
    .returning(["id", "registration_id"])
    .execute();
  return new Map(rows.map((row) => [row.registration_id, row.id]));
}

/**
 * Writes who has which place now. A place in another session is a new row; the old one stays as history, with the reason.
 * Only inside the transaction that holds the hall.
 */
export async function saveSeats(
  transaction: Transaction<Database>,
  differences: readonly SeatDifference[],
  endedReason: string,
  at: string,
): Promise<void> {
  const left = differences.flatMap(({ before }) => before ?? []);
  const rowIds = await endLive(transaction, left, at, endedReason);
  for (const { registrationId, before, after } of differences) {
    if (after === null) continue;
    const rowId = rowIds.get(registrationId);
    if (before?.sessionId === after.sessionId && rowId !== undefined)
      await transaction
        .updateTable("bookings")
        .set({ ...placeOf(after), ended_reason: null, updated_at: at })
        .where("id", "=", rowId)
        .execute();
    else
      await transaction
        .insertInto("bookings")
        .values({ registration_id: registrationId, ...placeOf(after), kind: kindOf(after.sessionId), updated_at: at })
        .execute();
  }
}
