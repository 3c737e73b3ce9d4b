import type { Selectable, Transaction } from "kysely";
import { IlmoError } from "../../errors.ts";
import type { Booking } from "../../pipeline/store-port.ts";
import type { BookingsTable, Database } from "../database-schema.ts";
import { type Executor, inTransaction } from "./executor.ts";

function toBooking(row: Selectable<BookingsTable>): Booking {
  return {
    registrationId: row.registration_id,
    sessionId: row.session_id,
    state: row.state,
    seatNumber: row.seat_number,
    waitingNumber: row.waiting_number,
  };
}

/** Whoever changes seats of a session holds its row: bookings of one session go one after the other. */
async function lockSession(transaction: Transaction<Database>, sessionId: string): Promise<number> {
  const row = await transaction.selectFrom("sessions").select("capacity").where("id", "=", sessionId).forUpdate().executeTakeFirst();
  if (!row) throw new IlmoError("sessionInvalid", "Expected a session that is in the calendar.");
  return row.capacity;
}

/** Keeps one registration from being booked into two sessions at once. */
async function lockRegistration(transaction: Transaction<Database>, registrationId: string): Promise<void> {
  const row = await transaction.selectFrom("registrations").select("id").where("id", "=", registrationId).forUpdate().executeTakeFirst();
  if (!row) throw new IlmoError("notFound", "Expected a registration with this id.", { context: { registrationId } });
}

async function listLive(transaction: Executor, sessionId: string): Promise<Booking[]> {
  const rows = await transaction
    .selectFrom("bookings")
    .selectAll()
    .where("session_id", "=", sessionId)
    .where("state", "!=", "cancelled")
    .orderBy("seat_number")
    .orderBy("waiting_number")
    .execute();
  return rows.map(toBooking);
}

/** Lowest free seat number, or null when the session is full. Pure. */
function findFreeSeat(bookings: readonly Booking[], capacity: number): number | null {
  const taken = new Set(bookings.map(({ seatNumber }) => seatNumber));
  for (let seat = 1; seat <= capacity; seat += 1) if (!taken.has(seat)) return seat;
  return null;
}

/** The live booking of a registration; null when it has none. */
export async function findBooking(executor: Executor, registrationId: string): Promise<Booking | null> {
  const row = await executor
    .selectFrom("bookings")
    .selectAll()
    .where("registration_id", "=", registrationId)
    .where("state", "!=", "cancelled")
    .executeTakeFirst();
  return row ? toBooking(row) : null;
}

/**
 * Gives a registration a seat, or a place in the queue when the session is full or others wait already.
 *
 * Booking the same again returns what it has. The capacity is never exceeded, however many book at once.
 *
 * @throws notFound, sessionInvalid for an unknown session; notAllowed when it has a seat in another session
 */
export async function bookSeat(executor: Executor, registrationId: string, sessionId: string): Promise<Booking> {
  return inTransaction(executor, async (transaction) => {
    await lockRegistration(transaction, registrationId);
    const capacity = await lockSession(transaction, sessionId);
    const known = await findBooking(transaction, registrationId);
    if (known?.sessionId === sessionId) return known;
    if (known) {
      throw new IlmoError("notAllowed", "Expected a registration without a seat in another session. Cancel that seat first.", {
        context: { registrationId },
      });
    }
    const live = await listLive(transaction, sessionId);
    const lastWaiting = Math.max(0, ...live.map(({ waitingNumber }) => waitingNumber ?? 0));
    const seat = lastWaiting > 0 ? null : findFreeSeat(live, capacity);
    const booking: Booking = {
      registrationId,
      sessionId,
      state: seat === null ? "waiting" : "booked",
      seatNumber: seat,
      waitingNumber: seat === null ? lastWaiting + 1 : null,
    };
    await transaction
      .insertInto("bookings")
      .values({
        registration_id: registrationId,
        session_id: sessionId,
        state: booking.state,
        seat_number: booking.seatNumber,
        waiting_number: booking.waitingNumber,
      })
      .execute();
    return booking;
  });
}

async function promoteFirstWaiting(transaction: Transaction<Database>, sessionId: string, capacity: number): Promise<Booking | null> {
  const live = await listLive(transaction, sessionId);
  const first = live.find(({ state }) => state === "waiting");
  const seat = findFreeSeat(live, capacity);
  if (!first || seat === null) return null;
  await transaction
    .updateTable("bookings")
    .set({ state: "booked", seat_number: seat, waiting_number: null, updated_at: new Date().toISOString() })
    .where("registration_id", "=", first.registrationId)
    .where("state", "=", "waiting")
    .execute();
  return { ...first, state: "booked", seatNumber: seat, waitingNumber: null };
}

/** Frees the seat of one registration, and only that; returns who got it from the queue, if anybody. */
export async function cancelBooking(executor: Executor, registrationId: string): Promise<Booking | null> {
  return inTransaction(executor, async (transaction) => {
    const known = await findBooking(transaction, registrationId);
    if (!known) return null;
    const capacity = await lockSession(transaction, known.sessionId);
    await transaction
      .updateTable("bookings")
      .set({ state: "cancelled", seat_number: null, waiting_number: null, updated_at: new Date().toISOString() })
      .where("registration_id", "=", registrationId)
      .where("state", "!=", "cancelled")
      .execute();
    return promoteFirstWaiting(transaction, known.sessionId, capacity);
  });
}

/** Seats first, then the queue, each in order. */
export async function listBookings(executor: Executor, sessionId: string): Promise<Booking[]> {
  return listLive(executor, sessionId);
}
