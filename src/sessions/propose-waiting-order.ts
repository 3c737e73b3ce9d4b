import { addDays, type IsoDate } from "../model/time.ts";

/** Somebody who waits, with what the proposal is made from. */
export interface Waiter {
  readonly registrationId: string;
  readonly receivedOn: string;
  /** Last day of the permit; null when unknown or permanent. */
  readonly permitEnd: string | null;
  readonly waitingNumber: number;
}

/** A permit that ends within two months leaves time for one more session round, not for two. */
const URGENT_DAYS = 60;

/**
 * Returns those who wait in the order that is proposed: whose permit ends soon first, then who registered first.
 *
 * Pure. Nothing is reordered by it: a person does that.
 */
export function proposeWaitingOrder<T extends Waiter>(waiters: readonly T[], today: IsoDate): T[] {
  const limit = addDays(today, URGENT_DAYS);
  const urgencyOf = ({ permitEnd }: Waiter): string => (permitEnd !== null && permitEnd <= limit ? permitEnd : "9999-12-31");
  return waiters.toSorted(
    (a, b) => urgencyOf(a).localeCompare(urgencyOf(b)) || a.receivedOn.localeCompare(b.receivedOn) || a.waitingNumber - b.waitingNumber,
  );
}
