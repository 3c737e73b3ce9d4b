import type { SeatDifference } from "../sessions/hall-differences.ts";
import { cancelSession, mergeSessions, type Overflow, splitSession } from "../sessions/merge-sessions.ts";
import type { ReasonOf } from "../sessions/seat-reasons.ts";
import { changeSeats } from "./change-seats.ts";
import type { Store } from "./store-port.ts";

type SeatStore = Pick<Store, "inTransaction">;

export interface TwoSessions {
  readonly fromId: string;
  readonly intoId: string;
  readonly by: string;
  readonly overflow: Overflow;
}

/** Moves everybody of one session to another and cancels the first. @throws sessionInvalid, notAllowed; nothing is changed then */
export async function merge(store: SeatStore, { fromId, intoId, by, overflow }: TwoSessions, reason = "merged"): Promise<SeatDifference[]> {
  return changeSeats(store, {
    sessionIds: [fromId, intoId],
    registrationIds: [],
    by,
    action: "seat.moved",
    reason,
    change: (hall) => mergeSessions(hall, fromId, intoId, overflow),
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
