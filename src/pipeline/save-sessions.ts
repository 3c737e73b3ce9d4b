import { IlmoError } from "../errors.ts";
import type { Session } from "../model/session.ts";
import type { IsoDate } from "../model/time.ts";
import { assertNoConflicts } from "../sessions/find-conflicts.ts";
import { fillSeats } from "../sessions/leave-seat.ts";
import { freeSeatsOf, type SeatHall, seatsOf } from "../sessions/seat-hall.ts";
import { assertMayFollow } from "../sessions/session-states.ts";
import { minutesOfDay } from "../sessions/session-times.ts";
import { changeSeatsIn, enqueueRoster } from "./change-seats.ts";
import { SETTLE_QUEUE } from "./queues.ts";
import type { Store, TransactionStore } from "./store-port.ts";

/** What was done with the sessions, by id. */
export interface SavedSessions {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
  /** Registrations that got a seat because there are more now. */
  readonly promoted: readonly string[];
}

/** What papers say of a session: when one of these changes, they are looked at again. */
const PRINTED = ["code", "language", "date", "time", "place", "address", "room", "host", "interpreter", "durationHours"] as const;

/** Names of the facts in which two sessions differ. */
function changedFields(old: Session, next: Session): string[] {
  const fields = [...new Set([...Object.keys(old), ...Object.keys(next)])] as (keyof Session)[];
  return fields.filter((field) => old[field] !== next[field]);
}

/** Fewer seats than before are refused while people sit on them; that they sit beyond the capacity already is no new fault. */
function assertRoom(hall: SeatHall, { id, capacity }: Session): void {
  const seats = seatsOf(hall, id);
  const taken = seats.session.capacity - freeSeatsOf(seats);
  if (capacity >= Math.min(taken, seats.session.capacity)) return;
  throw new IlmoError(
    "notAllowed",
    `Expected a capacity of at least ${taken} in ${id}, so many seats are taken; ${capacity} came. Move people first.`,
    { context: { sessionId: id, taken, capacity } },
  );
}

function assertChange(hall: SeatHall, next: Session): void {
  minutesOfDay(next.time);
  const known = hall.get(next.id);
  if (known === undefined) return;
  const { session: old, bookings } = known;
  assertMayFollow(old, next.state);
  assertRoom(hall, next);
  if (bookings.length === 0) return;
  if (next.state === "cancelled" && old.state !== "cancelled")
    throw new IlmoError(
      "notAllowed",
      `Expected a session without people; ${next.id} has ${bookings.length}. Cancel it with \`ilmo sessions cancel\`.`,
    );
  if (next.language !== old.language || next.kind !== old.kind)
    throw new IlmoError(
      "notAllowed",
      `Expected language and kind of ${next.id} to stay, because people have places in it. Move them to another session first.`,
    );
}

/** Notes which facts changed and has the papers of everybody in the session looked at again. */
async function followChange(transaction: TransactionStore, hall: SeatHall, session: Session, by: string): Promise<void> {
  const { session: old, bookings } = seatsOf(hall, session.id);
  const fields = changedFields(old, session);
  await transaction.audit({ actor: by, action: "session.changed", registrationId: null, detail: `${session.id}: ${fields.join(" ")}` });
  if (bookings.length === 0 || !PRINTED.some((field) => fields.includes(field))) return;
  for (const { registrationId } of bookings) await transaction.enqueue(SETTLE_QUEUE, { registrationId });
  await enqueueRoster(transaction, session.id);
}

/** Gives seats that are new to those who wait. */
async function seatWaiting(transaction: TransactionStore, sessionIds: readonly string[], by: string): Promise<string[]> {
  const promoted = await changeSeatsIn(transaction, {
    sessionIds,
    registrationIds: [],
    by,
    action: "seat.promoted",
    reason: "capacityRaised",
    change: (hall) => sessionIds.reduce(fillSeats, hall),
  });
  return promoted.map(({ registrationId }) => registrationId);
}

/** Where the sessions come from. */
export interface SaveOptions {
  /** From a file: "open" may be there only because nothing was said, so it reopens no session that is closed or over. */
  readonly isFromFile?: boolean;
  /** Local day; given, no session in which people have places moves to a day before it. */
  readonly today?: IsoDate;
}

function assertNotPast(hall: SeatHall, next: Session, today: IsoDate | undefined): void {
  const known = hall.get(next.id);
  if (today === undefined || known === undefined || known.bookings.length === 0) return;
  if (next.date === known.session.date || next.date >= today) return;
  throw new IlmoError(
    "notAllowed",
    `Expected a day from today on for ${next.id}, because people have places in it; ${next.date} is past. Nothing was changed.`,
    { context: { sessionId: next.id } },
  );
}

function asMeant(session: Session, hall: SeatHall, { isFromFile = false }: SaveOptions): Session {
  return isFromFile && session.state === "open" ? { ...session, state: hall.get(session.id)?.session.state ?? "open" } : session;
}

async function saveIn(transaction: TransactionStore, given: readonly Session[], by: string, options: SaveOptions): Promise<SavedSessions> {
  const ids = given.map(({ id }) => id);
  const hall = await transaction.lockHall({ sessionIds: ids, registrationIds: [] });
  const sessions = given.map((session) => asMeant(session, hall, options));
  for (const session of sessions) {
    assertChange(hall, session);
    assertNotPast(hall, session, options.today);
  }
  const fresh = sessions.filter(({ id }) => !hall.has(id));
  const changed = sessions.filter((session) => {
    const known = hall.get(session.id);
    return known !== undefined && changedFields(known.session, session).length > 0;
  });
  const added = fresh.map(({ id }) => id);
  const changedIds = changed.map(({ id }) => id);
  assertNoConflicts([...fresh, ...changed], await transaction.listSessions());
  await transaction.upsertSessions([...fresh, ...changed]);
  for (const id of added) await transaction.audit({ actor: by, action: "session.added", registrationId: null, detail: id });
  for (const session of changed) await followChange(transaction, hall, session, by);
  const promoted = await seatWaiting(transaction, changedIds, by);
  const touched = new Set([...added, ...changedIds]);
  return { added, changed: changedIds, unchanged: ids.filter((id) => !touched.has(id)), promoted };
}

/**
 * Adds sessions, or changes those with the same id: all or none of them.
 *
 * Refused when room, host or interpreter would be taken twice, or when seats that people have would go. A raised capacity seats
 * those who wait; a change of what is printed has invitations printed again with a higher number. Saving the same again changes
 * nothing.
 *
 * @throws sessionInvalid, notAllowed; both name session ids only
 */
export async function saveSessions(
  store: Pick<Store, "inTransaction">,
  sessions: readonly Session[],
  by: string,
  options: SaveOptions = {},
): Promise<SavedSessions> {
  return store.inTransaction((transaction) => saveIn(transaction, sessions, by, options));
}
