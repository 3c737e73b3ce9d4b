import { IlmoError } from "../errors.ts";
import type { IsoDate } from "../model/time.ts";
import { giveSeat } from "../sessions/give-seat.ts";
import type { SeatDifference } from "../sessions/hall-differences.ts";
import { findBooking, type SeatHall, seatsOf, withoutPerson } from "../sessions/seat-hall.ts";
import { changeSeats } from "./change-seats.ts";
import type { Store } from "./store-port.ts";

/** A group of people and the session to which a named person invites them. */
export interface GroupInvitation {
  readonly registrationIds: readonly string[];
  readonly sessionId: string;
  readonly by: string;
  /** Local day: a place in a session before it belongs to the past. */
  readonly today: IsoDate;
}

/** A place in a session of the same kind that is over gives way to the next one; attendance and history keep it. */
function leavePast(hall: SeatHall, registrationId: string, { sessionId, today }: GroupInvitation): SeatHall {
  const known = findBooking(hall, registrationId);
  if (known === null || known.sessionId === sessionId) return hall;
  const { session } = seatsOf(hall, known.sessionId);
  const isOver = session.state === "held" || session.state === "cancelled" || session.date < today;
  if (isOver) return withoutPerson(hall, registrationId);
  throw new IlmoError(
    "notAllowed",
    `Expected people without a place in a session of this kind still to come; one has a place in ${session.id}. Move or cancel that seat.`,
    { context: { registrationId, sessionId: session.id } },
  );
}

/**
 * Gives everybody of a group a seat in a later session, for example a language test after the group information, or nobody at all.
 *
 * Who finds the session full waits in its queue. May be asked again: who has a place there keeps it.
 *
 * @returns whose place changed
 * @throws notAllowed when the session takes nobody or somebody has a place in another session of its kind still to come; notFound
 */
export async function inviteGroup(store: Pick<Store, "inTransaction">, invitation: GroupInvitation): Promise<SeatDifference[]> {
  const { registrationIds, sessionId, by } = invitation;
  return changeSeats(store, {
    sessionIds: [sessionId],
    registrationIds,
    by,
    action: "seat.invited",
    reason: "furtherSession",
    change: (hall) =>
      registrationIds.reduce(
        (changed, registrationId) =>
          giveSeat(leavePast(changed, registrationId, invitation), { registrationId, sessionId, isByStaff: true }),
        hall,
      ),
  });
}
