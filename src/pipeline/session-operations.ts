import type { SeatDifference } from "../sessions/hall-differences.ts";
import { cancelSession, mergeSessions, type Overflow, splitSession } from "../sessions/merge-sessions.ts";
import { assertSameAudience } from "../sessions/move-seat.ts";
import { freeSeatsOf, seatsOf } from "../sessions/seat-hall.ts";
import type { ReasonOf } from "../sessions/seat-reasons.ts";
import { changeSeats, changeSeatsIn } from "./change-seats.ts";
import type { Store, TransactionStore } from "./store-port.ts";

type SeatStore = Pick<Store, "inTransaction">;

export interface TwoSessions {
  readonly fromId: string;
  readonly intoId: string;
  readonly by: string;
  readonly overflow: Overflow;
}

/** People whose forms are awaited go on too, after those who have come: seats are kept for as many as are left. */
async function moveAwaited(transaction: TransactionStore, fromId: string, intoId: string): Promise<void> {
  const hall = await transaction.lockHall({ sessionIds: [fromId, intoId], registrationIds: [] });
  const into = seatsOf(hall, intoId);
  assertSameAudience(seatsOf(hall, fromId).session, into.session);
  if (into.session.state !== "cancelled") await transaction.moveAnnouncements(fromId, intoId, Math.max(0, freeSeatsOf(into)));
}

/**
 * Moves everybody of one session to another, those who are only announced too, and cancels the first.
 *
 * @throws sessionInvalid, notAllowed; nothing is changed then
 */
export async function merge(store: SeatStore, { fromId, intoId, by, overflow }: TwoSessions, reason = "merged"): Promise<SeatDifference[]> {
  return store.inTransaction(async (transaction) => {
    const differences = await changeSeatsIn(transaction, {
      sessionIds: [fromId, intoId],
      registrationIds: [],
      by,
      action: "seat.moved",
      reason,
      change: (hall) => mergeSessions(hall, fromId, intoId, overflow),
    });
    await moveAwaited(transaction, fromId, intoId);
    return differences;
  });
}

/** Divides a session: the first `keep` stay, the others go on to another session. @throws sessionInvalid, notAllowed */
export async function split(
  store: SeatStore,
  { fromId, intoId, by, overflow, keep }: TwoSessions & { readonly keep: number },
): Promise<SeatDifference[]> {
  return changeSeats(store, {
    sessionIds: [fromId, intoId],
    registrationIds: [],
    by,
    action: "seat.moved",
    reason: "split",
    change: (hall) => splitSession(hall, fromId, intoId, keep, overflow),
  });
}

/** Cancels a session; its people have no place then and are counted in the demand. @throws sessionInvalid, notAllowed */
export async function callOff(
  store: SeatStore,
  { sessionId, by, reason }: { readonly sessionId: string; readonly by: string; readonly reason: ReasonOf<"cancelSession"> },
): Promise<SeatDifference[]> {
  return changeSeats(store, {
    sessionIds: [sessionId],
    registrationIds: [],
    by,
    action: "seat.cancelled",
    reason,
    change: (hall) => cancelSession(hall, sessionId),
  });
}
