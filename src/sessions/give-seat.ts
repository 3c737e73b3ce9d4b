import { IlmoError } from "../errors.ts";
import type { OverrideReason } from "../model/booking.ts";
import type { Session } from "../model/session.ts";
import { fillSeats } from "./leave-seat.ts";
import { findBooking, findNextWaiting, freeSeatsOf, queueIn, type SeatHall, seatIn, seatsOf } from "./seat-hall.ts";

/** Who wants a seat where, and what a person has decided about it. */
export interface SeatRequest {
  readonly registrationId: string;
  readonly sessionId: string;
  /** A named person asks: a session that is not open may be meant. */
  readonly isByStaff?: boolean;
  /** A named person gives one seat more than the session has. */
  readonly overCapacity?: OverrideReason;
  /** The person stands at the door: a seat now, or none. */
  readonly isWalkIn?: boolean;
}

/** Returns whether a session takes people: an open one by itself, a planned or closed one by staff, one that is held at the door. Pure. */
export function takesPeople({ state }: Session, { isByStaff = false, isWalkIn = false }: Partial<SeatRequest>): boolean {
  if (state === "open") return true;
  return state === "held" ? isWalkIn : isByStaff && state !== "cancelled";
}

/** @throws notAllowed naming the session's state */
export function assertTakesPeople(session: Session, request: Partial<SeatRequest>): void {
  if (takesPeople(session, request)) return;
  throw new IlmoError("notAllowed", `Expected a session that takes people; ${session.id} is ${session.state}. Choose another session.`, {
    context: { sessionId: session.id, state: session.state },
  });
}

/** @throws notAllowed, with the figures of the session */
export function refuseFull(session: Session, advice: string): never {
  throw new IlmoError("notAllowed", `Expected a free seat in ${session.id}; all ${session.capacity} are taken. ${advice}`, {
    context: { sessionId: session.id, capacity: session.capacity },
  });
}

/**
 * Returns the hall with a registration seated, or at the end of the queue when the session is full or others wait for a seat.
 *
 * Pure. Asking the same again changes nothing.
 *
 * @throws sessionInvalid for an unknown session; notAllowed when it takes nobody, when the registration has a place in another
 *   session, or when somebody at the door finds it full
 */
export function giveSeat(hall: SeatHall, request: SeatRequest): SeatHall {
  const { registrationId, sessionId, overCapacity, isWalkIn = false } = request;
  const known = findBooking(hall, registrationId);
  const seats = seatsOf(hall, sessionId);
  if (known !== null && known.sessionId !== sessionId)
    throw new IlmoError(
      "notAllowed",
      `Expected a registration without a place in another session; it has one in ${known.sessionId}. Move it.`,
      {
        context: { registrationId, sessionId: known.sessionId },
      },
    );
  if (known !== null && (known.state === "booked" || !(request.isByStaff || isWalkIn))) return hall;
  assertTakesPeople(seats.session, request);
  const person = { registrationId, isWalkIn, overCapacity: null };
  const isFree = freeSeatsOf(seats) > 0;
  const isNext = findNextWaiting(seats) === null || seats.keptFor?.includes(registrationId) === true;
  if (isFree && (isWalkIn || overCapacity !== undefined || isNext)) return seatIn(hall, sessionId, person);
  if (overCapacity !== undefined) return seatIn(hall, sessionId, { ...person, overCapacity });
  if (isWalkIn) refuseFull(seats.session, "One seat more is a person's decision: --over-capacity with a reason.");
  return known === null ? fillSeats(queueIn(hall, sessionId, { registrationId, waitingReason: "full" }), sessionId) : hall;
}
