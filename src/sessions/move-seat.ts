import { IlmoError } from "../errors.ts";
import type { Session } from "../model/session.ts";
import { assertTakesPeople, refuseFull, type SeatRequest } from "./give-seat.ts";
import { fillSeats } from "./leave-seat.ts";
import { findBooking, findNextWaiting, freeSeatsOf, queueIn, type SeatHall, seatIn, seatsOf } from "./seat-hall.ts";

export interface MoveRequest extends SeatRequest {
  /** A named person moves somebody to a session in another language. */
  readonly isAcrossLanguages?: boolean;
  /** When the session is full the person waits there; otherwise the move is refused. */
  readonly mayWait?: boolean;
}

/** @throws notAllowed when people of one cannot go to the other: another language (never merged) or another kind of session */
export function assertSameAudience(from: Session, to: Session, isAcrossLanguages = false): void {
  const differs = from.kind !== to.kind ? "kind" : from.language !== to.language && !isAcrossLanguages ? "language" : null;
  if (differs === null) return;
  const advice = differs === "language" ? " A person may be moved across with --force and a reason." : "";
  throw new IlmoError(
    "notAllowed",
    `Expected sessions of the same ${differs}; ${from.id} is ${from[differs]}, ${to.id} is ${to[differs]}.${advice}`,
    { context: { from: from.id, to: to.id } },
  );
}

/**
 * Returns the hall with a registration moved to another session; the seat it leaves goes to the first who waits there.
 *
 * Pure. Moving where it is already changes nothing. Who is moved to a full session keeps the old seat: the move is refused,
 * unless the person may wait or a named person gives one seat more.
 *
 * @throws sessionInvalid; notAllowed when it has no place, the languages differ, or the session takes nobody or is full
 */
export function moveSeat(hall: SeatHall, request: MoveRequest): SeatHall {
  const { registrationId, sessionId, overCapacity, isWalkIn = false, mayWait = false } = request;
  const known = findBooking(hall, registrationId);
  const target = seatsOf(hall, sessionId);
  if (known === null)
    throw new IlmoError("notAllowed", "Expected a registration that has a place in a session; this one has none. Book it.", {
      context: { registrationId },
    });
  if (known.sessionId === sessionId) return hall;
  assertSameAudience(seatsOf(hall, known.sessionId).session, target.session, request.isAcrossLanguages);
  assertTakesPeople(target.session, request);
  const isFree = freeSeatsOf(target) > 0 && findNextWaiting(target) === null;
  const moved =
    isFree || overCapacity !== undefined
      ? seatIn(hall, sessionId, { registrationId, isWalkIn, overCapacity: isFree ? null : (overCapacity ?? null) })
      : mayWait
        ? queueIn(hall, sessionId, { registrationId, waitingReason: "movedWithoutSeat" })
        : refuseFull(
            target.session,
            "Choose another session, let the person wait there (--wait), or give one seat more (--over-capacity).",
          );
  return fillSeats(moved, known.sessionId);
}
