import { IlmoError } from "../errors.ts";
import type { Booking } from "../model/booking.ts";
import type { Session, SessionState } from "../model/session.ts";
import { assertTakesPeople } from "./give-seat.ts";
import { fillSeats } from "./leave-seat.ts";
import { assertSameAudience } from "./move-seat.ts";
import {
  findNextWaiting,
  freeSeatsOf,
  queueIn,
  type SeatHall,
  seatedOf,
  seatIn,
  seatsOf,
  waitingOf,
  withoutPerson,
  withSeats,
} from "./seat-hall.ts";
import { assertMayFollow } from "./session-states.ts";

/** What becomes of those for whom the other session has no seat. */
export type Overflow = "refuse" | "wait";

/** Moves people, in their order, to seats while there are any, then to the queue. */
function moveAll(hall: SeatHall, people: readonly Booking[], intoId: string): SeatHall {
  let moved = hall;
  for (const { registrationId, waitingReason, state } of people) {
    const into = seatsOf(moved, intoId);
    const isHeldBack = waitingReason === "byStaff";
    const hasSeat = !isHeldBack && freeSeatsOf(into) > 0 && findNextWaiting(into) === null;
    moved = hasSeat
      ? seatIn(moved, intoId, { registrationId, overCapacity: null, isWalkIn: false })
      : queueIn(moved, intoId, { registrationId, waitingReason: state === "booked" ? "movedWithoutSeat" : waitingReason });
  }
  return moved;
}

function assertRoomFor(people: readonly Booking[], hall: SeatHall, intoId: string, overflow: Overflow): void {
  const into = seatsOf(hall, intoId);
  const free = findNextWaiting(into) === null ? Math.max(0, freeSeatsOf(into)) : 0;
  const seated = people.filter(({ state }) => state === "booked").length;
  if (overflow === "wait" || seated <= free) return;
  throw new IlmoError(
    "notAllowed",
    `Expected room for ${seated} people in ${intoId}; ${free} seats are free. Nothing was moved. Raise its capacity, choose another session, or let the rest wait (--overflow wait).`,
    { context: { sessionId: intoId, seated, free } },
  );
}

function withState(hall: SeatHall, sessionId: string, state: SessionState): SeatHall {
  const seats = seatsOf(hall, sessionId);
  return withSeats(hall, { ...seats, session: { ...seats.session, state } });
}

function assertTwo(from: Session, into: Session): void {
  if (from.id === into.id) throw new IlmoError("notAllowed", `Expected two different sessions; ${from.id} came twice.`);
  assertSameAudience(from, into);
  assertTakesPeople(into, { isByStaff: true });
}

/**
 * Returns the hall with everybody of one session moved to another in their order, and the first session cancelled.
 *
 * Pure; all or nothing. A session that is cancelled already has nobody left to move: nothing changes.
 *
 * @throws notAllowed when languages or kinds differ, or when seats are missing and nobody said that the rest may wait
 */
export function mergeSessions(hall: SeatHall, fromId: string, intoId: string, overflow: Overflow): SeatHall {
  const from = seatsOf(hall, fromId);
  if (from.session.state === "cancelled") return hall;
  assertTwo(from.session, seatsOf(hall, intoId).session);
  assertMayFollow(from.session, "cancelled");
  const people = [...seatedOf(from), ...waitingOf(from)];
  assertRoomFor(people, hall, intoId, overflow);
  return withState(moveAll(hall, people, intoId), fromId, "cancelled");
}

/**
 * Returns the hall with a session divided by order: the first `keep` of those seated and waiting stay, the others go on to
 * another session.
 *
 * Pure; all or nothing; splitting again changes nothing, because only `keep` are left.
 *
 * @throws notAllowed as for `mergeSessions`
 */
export function splitSession(hall: SeatHall, fromId: string, intoId: string, keep: number, overflow: Overflow): SeatHall {
  const from = seatsOf(hall, fromId);
  assertTwo(from.session, seatsOf(hall, intoId).session);
  const people = [...seatedOf(from), ...waitingOf(from)].slice(keep);
  assertRoomFor(people, hall, intoId, overflow);
  return fillSeats(moveAll(hall, people, intoId), fromId);
}

/** Returns the hall with a session cancelled and nobody left in it: those people need another session. Pure. @throws notAllowed */
export function cancelSession(hall: SeatHall, sessionId: string): SeatHall {
  const { session, bookings } = seatsOf(hall, sessionId);
  assertMayFollow(session, "cancelled");
  let emptied = hall;
  for (const { registrationId } of bookings) emptied = withoutPerson(emptied, registrationId);
  return withState(emptied, sessionId, "cancelled");
}
