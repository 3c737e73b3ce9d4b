import { IlmoError } from "../errors.ts";
import type { Booking, OverrideReason } from "../model/booking.ts";
import { refuseFull } from "./give-seat.ts";
import { fillSeats } from "./leave-seat.ts";
import { findBooking, freeSeatsOf, queueIn, type SeatHall, seatIn, seatsOf, waitingOf, withSeats } from "./seat-hall.ts";

function waiterOf(hall: SeatHall, registrationId: string): Booking {
  const known = findBooking(hall, registrationId);
  if (known?.state === "waiting") return known;
  throw new IlmoError("notAllowed", "Expected a registration that waits for a seat; this one does not.", { context: { registrationId } });
}

/**
 * Returns the hall with one who waits put at a place of the queue, 1 = first; the others keep their order.
 *
 * Pure. @throws notAllowed when the registration does not wait
 */
export function orderWaiting(hall: SeatHall, registrationId: string, place: number): SeatHall {
  const { sessionId } = waiterOf(hall, registrationId);
  const seats = seatsOf(hall, sessionId);
  const queue = waitingOf(seats).filter((booking) => booking.registrationId !== registrationId);
  queue.splice(Math.max(0, place - 1), 0, waiterOf(hall, registrationId));
  const renumbered = queue.map((booking, index) => ({ ...booking, waitingNumber: index + 1 }));
  return withSeats(hall, { ...seats, bookings: [...seats.bookings.filter(({ state }) => state === "booked"), ...renumbered] });
}

/**
 * Returns the hall with one who waits seated before the others, because a person decided so.
 *
 * Pure. Who has a seat keeps it. @throws notAllowed when the session is full and no reason for one seat more was given
 */
export function promote(hall: SeatHall, registrationId: string, overCapacity: OverrideReason | null): SeatHall {
  if (findBooking(hall, registrationId)?.state === "booked") return hall;
  const { sessionId } = waiterOf(hall, registrationId);
  const seats = seatsOf(hall, sessionId);
  const isFree = freeSeatsOf(seats) > 0;
  if (!isFree && overCapacity === null) refuseFull(seats.session, "One seat more is a person's decision: --over-capacity with a reason.");
  return seatIn(hall, sessionId, { registrationId, isWalkIn: false, overCapacity: isFree ? null : overCapacity });
}

/** Returns the hall with a person held back in the queue until a person gives the seat; a seat left goes to the next. Pure. */
export function holdBack(hall: SeatHall, registrationId: string): SeatHall {
  const known = findBooking(hall, registrationId);
  if (known === null)
    throw new IlmoError("notAllowed", "Expected a registration that has a place in a session.", { context: { registrationId } });
  if (known.waitingReason === "byStaff") return hall;
  return fillSeats(queueIn(hall, known.sessionId, { registrationId, waitingReason: "byStaff" }), known.sessionId);
}
