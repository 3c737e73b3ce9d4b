import { IlmoError } from "../errors.ts";
import type { OverrideReason } from "../model/booking.ts";
import { GROUP_INFO } from "../model/session.ts";
import { assertTakesPeople, giveSeat, refuseFull } from "../sessions/give-seat.ts";
import type { SeatDifference } from "../sessions/hall-differences.ts";
import { leaveSeat } from "../sessions/leave-seat.ts";
import { moveSeat } from "../sessions/move-seat.ts";
import { holdBack, orderWaiting, promote } from "../sessions/order-waiting.ts";
import { findBooking, freeSeatsOf, type SeatHall, seatsOf } from "../sessions/seat-hall.ts";
import type { ReasonOf } from "../sessions/seat-reasons.ts";
import { changeSeats, changeSeatsIn } from "./change-seats.ts";
import type { WalkIn } from "./session-store-port.ts";
import type { Store } from "./store-port.ts";

type SeatStore = Pick<Store, "inTransaction">;

/** A registration and the named person who decides about its seat. */
export interface SeatDecision {
  readonly registrationId: string;
  readonly by: string;
  /** Kind of the session in which the place is, the group information when unset. */
  readonly kind?: string;
}

export interface BookDecision extends SeatDecision {
  readonly sessionId: string;
  readonly overCapacity?: OverrideReason;
}

const overrideOf = ({ overCapacity }: { readonly overCapacity?: OverrideReason }): { overCapacity?: OverrideReason } =>
  overCapacity === undefined ? {} : { overCapacity };

/** Gives a seat, or the end of the queue when the session is full. @throws sessionInvalid, notAllowed, notFound */
export async function bookSeat(store: SeatStore, decision: BookDecision): Promise<SeatDifference[]> {
  const { registrationId, sessionId, by, overCapacity } = decision;
  return changeSeats(store, {
    sessionIds: [sessionId],
    registrationIds: [registrationId],
    by,
    action: overCapacity === undefined ? "seat.booked" : "seat.overCapacity",
    reason: overCapacity ?? "byStaff",
    change: (hall) => giveSeat(hall, { registrationId, sessionId, isByStaff: true, ...overrideOf(decision) }),
  });
}

/** Ends one registration's place, and only that; the first who waits gets the seat. @throws notAllowed when it has none, notFound */
export async function cancelSeat(
  store: SeatStore,
  { registrationId, by, reason, kind = GROUP_INFO }: SeatDecision & { readonly reason: ReasonOf<"cancelSeat"> },
): Promise<SeatDifference[]> {
  return changeSeats(store, {
    kind,
    sessionIds: [],
    registrationIds: [registrationId],
    by,
    action: "seat.cancelled",
    reason,
    change: (hall) => leaveSeat(hall, registrationId),
  });
}

export interface MoveDecision extends BookDecision {
  /** Why somebody goes to another language. */
  readonly acrossLanguages?: ReasonOf<"acrossLanguages">;
  readonly mayWait?: boolean;
}

/** Moves a registration to another session; the seat it leaves goes to the first who waits. @throws sessionInvalid, notAllowed, notFound */
export async function moveToSession(store: SeatStore, decision: MoveDecision): Promise<SeatDifference[]> {
  const { registrationId, sessionId, by, overCapacity, acrossLanguages, mayWait = false } = decision;
  const isAcrossLanguages = acrossLanguages !== undefined;
  return changeSeats(store, {
    sessionIds: [sessionId],
    registrationIds: [registrationId],
    by,
    action: "seat.moved",
    reason: acrossLanguages ?? overCapacity ?? "moved",
    change: (hall) => moveSeat(hall, { registrationId, sessionId, isByStaff: true, isAcrossLanguages, mayWait, ...overrideOf(decision) }),
  });
}

/** Gives a seat to one who waits, before the others. @throws notAllowed, notFound */
export async function promoteWaiting(
  store: SeatStore,
  decision: SeatDecision & { readonly overCapacity?: OverrideReason },
): Promise<SeatDifference[]> {
  const { registrationId, by, overCapacity, kind = GROUP_INFO } = decision;
  return changeSeats(store, {
    kind,
    sessionIds: [],
    registrationIds: [registrationId],
    by,
    action: overCapacity === undefined ? "seat.promoted" : "seat.overCapacity",
    reason: overCapacity ?? "byStaff",
    change: (hall) => promote(hall, registrationId, overCapacity ?? null),
  });
}

/** Puts one who waits at a place of the queue, 1 = first. @throws notAllowed, notFound */
export async function placeInQueue(
  store: SeatStore,
  { registrationId, by, place, kind = GROUP_INFO }: SeatDecision & { readonly place: number },
): Promise<SeatDifference[]> {
  return changeSeats(store, {
    kind,
    sessionIds: [],
    registrationIds: [registrationId],
    by,
    action: "seat.reordered",
    reason: "byStaff",
    change: (hall) => orderWaiting(hall, registrationId, place),
  });
}

/** Holds a registration back in the queue until a person promotes it. @throws notAllowed, notFound */
export async function holdSeatBack(store: SeatStore, { registrationId, by, kind = GROUP_INFO }: SeatDecision): Promise<SeatDifference[]> {
  return changeSeats(store, {
    kind,
    sessionIds: [],
    registrationIds: [registrationId],
    by,
    action: "seat.heldBack",
    reason: "byStaff",
    change: (hall) => holdBack(hall, registrationId),
  });
}

/** Seats or moves somebody who stands at the door. */
function takeIn(hall: SeatHall, decision: BookDecision): SeatHall {
  const { registrationId, sessionId } = decision;
  const request = { registrationId, sessionId, isByStaff: true, isWalkIn: true, ...overrideOf(decision) };
  const known = findBooking(hall, registrationId);
  return known !== null && known.sessionId !== sessionId ? moveSeat(hall, request) : giveSeat(hall, request);
}

/** Takes a registered person in who came without a seat in this session. @throws sessionInvalid, notFound; notAllowed when it is full */
export async function takeInRegistered(store: SeatStore, decision: BookDecision): Promise<SeatDifference[]> {
  const { registrationId, sessionId, by, overCapacity } = decision;
  return changeSeats(store, {
    sessionIds: [sessionId],
    registrationIds: [registrationId],
    by,
    action: "seat.walkIn",
    reason: overCapacity ?? "atTheDoor",
    change: (hall) => takeIn(hall, decision),
  });
}

/** Notes somebody who came without a form, by a reference only. @throws sessionInvalid; notAllowed when it is full */
export async function takeInUnregistered(store: SeatStore, decision: Omit<BookDecision, "registrationId">): Promise<WalkIn> {
  const { sessionId, by, overCapacity } = decision;
  return store.inTransaction(async (transaction) => {
    const hall = await transaction.lockHall({ sessionIds: [sessionId], registrationIds: [] });
    const seats = seatsOf(hall, sessionId);
    assertTakesPeople(seats.session, { isByStaff: true, isWalkIn: true });
    const isFree = freeSeatsOf(seats) > 0;
    if (!isFree && overCapacity === undefined)
      refuseFull(seats.session, "One seat more is a person's decision: --over-capacity with a reason.");
    const walkIn = await transaction.addWalkIn({ sessionId, notedBy: by, overCapacity: isFree ? null : (overCapacity ?? null) });
    const detail = `${sessionId} ${walkIn.reference}; ${overCapacity ?? "atTheDoor"}`;
    await transaction.audit({ actor: by, action: "seat.walkIn", registrationId: null, detail });
    return walkIn;
  });
}

/** Gives the seat of a walk-in to the registration that came later for the same person. @throws notFound, notAllowed */
export async function registerWalkIn(
  store: SeatStore,
  { registrationId, by, reference }: SeatDecision & { readonly reference: string },
): Promise<SeatDifference[]> {
  return store.inTransaction(async (transaction) => {
    await transaction.lockHall({ sessionIds: [], registrationIds: [registrationId] });
    const walkIn = await transaction.tieWalkIn(reference, registrationId);
    const { sessionId, overCapacity } = walkIn;
    const decision = { registrationId, sessionId, by, ...(overCapacity === null ? {} : { overCapacity }) };
    return changeSeatsIn(transaction, {
      sessionIds: [sessionId],
      registrationIds: [registrationId],
      by,
      action: "seat.walkIn",
      reason: `was ${walkIn.reference}`,
      change: (hall) => takeIn(hall, decision),
    });
  });
}

/** @throws notAllowed when no name says who decides */
export function assertNamed(by: string): string {
  if (by.trim() !== "") return by.trim();
  throw new IlmoError("notAllowed", "Expected the name of the person who decides, with --by.");
}
