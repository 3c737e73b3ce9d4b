import { IlmoError } from "../errors.ts";
import type { Session } from "../model/session.ts";
import { areAtOnce } from "./session-times.ts";

/** Two sessions that need the same room or the same person at the same time. */
export interface SessionConflict {
  readonly sessionId: string;
  readonly otherId: string;
  readonly over: "room" | "host" | "interpreter";
}

const keyOf = (text: string | undefined): string | null => {
  const key = (text ?? "").normalize("NFC").trim().replace(/\s+/gu, " ").toLowerCase();
  return key === "" ? null : key;
};

/** A place without a room may have several: only a named room can be taken twice. */
function roomOf(session: Session): string | null {
  const room = keyOf(session.room);
  return room === null ? null : `${keyOf(session.place) ?? ""}/${room}`;
}

const NEEDS: Readonly<Record<SessionConflict["over"], (session: Session) => string | null>> = {
  room: roomOf,
  host: (session) => keyOf(session.host),
  interpreter: (session) => keyOf(session.interpreter),
};

function conflictsOf(session: Session, other: Session): SessionConflict[] {
  if (!areAtOnce(session, other)) return [];
  const needs = ["room", "host", "interpreter"] as const;
  return needs
    .filter((over) => NEEDS[over](session) !== null && NEEDS[over](session) === NEEDS[over](other))
    .map((over) => ({ sessionId: session.id, otherId: other.id, over }));
}

/**
 * Returns what `changed` sessions take twice, among themselves and from `others`; cancelled sessions take nothing.
 *
 * Pure. A session of `others` with the id of a changed one is its old self and is left out.
 *
 * @throws sessionInvalid for a time that is none
 */
export function findConflicts(changed: readonly Session[], others: readonly Session[]): SessionConflict[] {
  const changedIds = new Set(changed.map(({ id }) => id));
  const isLive = ({ state }: Session): boolean => state !== "cancelled";
  const live = changed.filter(isLive);
  const standing = others.filter((other) => !changedIds.has(other.id) && isLive(other));
  return live.flatMap((session, index) => [...live.slice(0, index), ...standing].flatMap((other) => conflictsOf(session, other)));
}

/** Names go in no error: host and interpreter are told by what they are. @throws sessionInvalid naming the sessions */
export function assertNoConflicts(changed: readonly Session[], others: readonly Session[]): void {
  const conflicts = findConflicts(changed, others);
  if (conflicts.length === 0) return;
  const list = conflicts.map(({ sessionId, otherId, over }) => `${sessionId} and ${otherId} (${over})`).join(", ");
  throw new IlmoError(
    "sessionInvalid",
    `Expected sessions that share no room, host or interpreter at the same time; these do: ${list}. Choose another time, room or person.`,
  );
}
