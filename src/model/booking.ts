/** Why somebody waits. `byStaff` is held back by a person and gets a seat only from a person. */
export type WaitingReason = "full" | "byStaff" | "movedWithoutSeat";

/** Why a seat was given beyond the capacity; codes only, because reasons are kept in the log. */
export const OVERRIDE_REASONS = ["roomAllows", "permitEnds", "familyTogether", "onlySessionInLanguage", "officeError", "other"] as const;
export type OverrideReason = (typeof OVERRIDE_REASONS)[number];

export type SeatState = "booked" | "waiting" | "cancelled";

/** One registration's place in a session. */
export interface Booking {
  readonly registrationId: string;
  readonly sessionId: string;
  readonly state: SeatState;
  /** 1-based; null unless booked. Above the capacity only with `overCapacity`, or where the capacity shrank later. */
  readonly seatNumber: number | null;
  /** Order in the queue, ascending, gaps allowed; null unless waiting. */
  readonly waitingNumber: number | null;
  /** null unless waiting. */
  readonly waitingReason: WaitingReason | null;
  /** Why the seat is one more than the session has; null for an ordinary seat. */
  readonly overCapacity: OverrideReason | null;
  /** Came to the session without a seat and was taken in on the spot. */
  readonly isWalkIn: boolean;
}
