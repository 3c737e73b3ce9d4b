import { IlmoError } from "../errors.ts";
import type { Session, SessionState } from "../model/session.ts";

/**
 * Which state may follow which. `cancelled` and `held` are final: a session that is wanted again is a new one, so that the
 * papers of the old one stay true.
 *
 * | from      | to                      |
 * |-----------|-------------------------|
 * | planned   | open, cancelled         |
 * | open      | closed, cancelled, held |
 * | closed    | open, cancelled, held   |
 * | cancelled | -                       |
 * | held      | -                       |
 */
const NEXT: Readonly<Record<SessionState, readonly SessionState[]>> = {
  planned: ["open", "cancelled"],
  open: ["closed", "cancelled", "held"],
  closed: ["open", "cancelled", "held"],
  cancelled: [],
  held: [],
};

/** Returns whether a session may go from one state to another; staying is allowed. Pure. */
export function mayFollow(from: SessionState, to: SessionState): boolean {
  return from === to || NEXT[from].includes(to);
}

/** @throws notAllowed when the change of state is not in the table */
export function assertMayFollow({ id, state }: Pick<Session, "id" | "state">, to: SessionState): void {
  if (mayFollow(state, to)) return;
  const allowed = NEXT[state].length === 0 ? "none, the state is final" : NEXT[state].join(", ");
  throw new IlmoError("notAllowed", `Expected a state that may follow "${state}" (${allowed}); "${to}" came for session ${id}.`, {
    context: { sessionId: id, state, to },
  });
}

/** Returns whether people of the queue still get seats there. Pure. */
export function isComing({ state }: Pick<Session, "state">): boolean {
  return state !== "cancelled" && state !== "held";
}
