import type { SeatDifference } from "../sessions/hall-differences.ts";
import { findSeatDifferences, findSessionDifferences } from "../sessions/hall-differences.ts";
import type { SeatHall } from "../sessions/seat-hall.ts";
import { ROSTER_QUEUE, SETTLE_QUEUE } from "./queues.ts";
import type { HallScope } from "./session-store-port.ts";
import type { Store, TransactionStore } from "./store-port.ts";

/** The roster waits this long for further seats, so that a pile of forms prints it once. */
export const ROSTER_DELAY_MS = 1_500;

/** Who changes seats and why; codes only, they are kept in the log. */
export interface SeatChange extends HallScope {
  /** A person's name, or "ilmo". */
  readonly by: string;
  /** Permanent name of what is done, for example "seat.moved". */
  readonly action: string;
  /** Why a place ended or was given, for example "prevented". */
  readonly reason: string;
  /** The registration that is being settled just now: it needs no further job. */
  readonly settling?: string;
  /** From what is to what shall be; throws when it may not be. */
  readonly change: (hall: SeatHall) => SeatHall;
}

const placeText = (booking: SeatDifference["before"]): string => {
  if (booking === null) return "none";
  return booking.state === "booked"
    ? `${booking.sessionId} seat ${booking.seatNumber}`
    : `${booking.sessionId} waiting ${booking.waitingNumber}`;
};

async function audit(
  transaction: TransactionStore,
  { by, action, reason }: SeatChange,
  differences: readonly SeatDifference[],
): Promise<void> {
  for (const { registrationId, before, after } of differences)
    await transaction.audit({ actor: by, action, registrationId, detail: `${placeText(before)} -> ${placeText(after)}; ${reason}` });
}

/** Prints a roster again, soon. */
export async function enqueueRoster(transaction: Pick<TransactionStore, "enqueue">, sessionId: string): Promise<void> {
  await transaction.enqueue(ROSTER_QUEUE, { sessionId }, { key: sessionId, startAfterMs: ROSTER_DELAY_MS });
}

/** The sessions whose rosters say something else now; one that is over keeps the roster that was signed. */
function changedRosters(differences: readonly SeatDifference[], after: SeatHall): Set<string> {
  const sessionIds = differences.flatMap((difference) => [difference.before?.sessionId ?? [], difference.after?.sessionId ?? []].flat());
  return new Set(sessionIds.filter((sessionId) => after.get(sessionId)?.session.state !== "held"));
}

/** Whoever got, lost or changed a seat is settled again: a new seat prints its invitation, a moved one the next version. */
async function enqueueFollowUps(
  transaction: TransactionStore,
  settling: string | undefined,
  differences: readonly SeatDifference[],
  after: SeatHall,
): Promise<void> {
  for (const { registrationId } of differences)
    if (registrationId !== settling) await transaction.enqueue(SETTLE_QUEUE, { registrationId });
  for (const sessionId of changedRosters(differences, after)) await enqueueRoster(transaction, sessionId);
}

/** The same inside a transaction that does more. */
export async function changeSeatsIn(transaction: TransactionStore, seatChange: SeatChange): Promise<SeatDifference[]> {
  const before = await transaction.lockHall(seatChange);
  const after = seatChange.change(before);
  const differences = findSeatDifferences(before, after);
  await transaction.saveSeats(differences, seatChange.reason);
  const sessions = findSessionDifferences(before, after);
  await transaction.upsertSessions(sessions);
  await audit(transaction, seatChange, differences);
  for (const { id, state } of sessions)
    await transaction.audit({
      actor: seatChange.by,
      action: `session.${state}`,
      registrationId: null,
      detail: `${id}; ${seatChange.reason}`,
    });
  await enqueueFollowUps(transaction, seatChange.settling, differences, after);
  return differences;
}

/**
 * Changes places in sessions as one: read, planned, written, audited, and followed by papers and rosters, or nothing at all.
 *
 * One change waits for the other, so that no plan is made on seats that are being given away.
 *
 * @returns who has another place now; empty when everything was so already
 * @throws what `change` throws, and nothing is changed then
 */
export async function changeSeats(store: Pick<Store, "inTransaction">, seatChange: SeatChange): Promise<SeatDifference[]> {
  return store.inTransaction((transaction) => changeSeatsIn(transaction, seatChange));
}
