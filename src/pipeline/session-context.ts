import { type Session, SessionRules } from "../model/session.ts";
import type { Store } from "./store-port.ts";

/** What the checks need to know about sessions, as it is now. */
export interface SessionContext {
  readonly sessions: Session[];
  readonly rules: SessionRules;
  /** By session id: seats that nobody has and that are kept for nobody. */
  readonly freeSeats: ReadonlyMap<string, number>;
  /** By session id: seats that nobody has, those kept for announced people among them. */
  readonly emptySeats: ReadonlyMap<string, number>;
}

/** Returns the office's rules about sessions; the defaults when none were given. */
export async function loadSessionRules(store: Pick<Store, "getMeta">): Promise<SessionRules> {
  return SessionRules.parse((await store.getMeta("sessionRules")) ?? {});
}

/** Returns sessions, rules and free seats at this moment: seats are given by the hour, so nothing of it is kept. */
export async function loadSessionContext(store: Pick<Store, "getMeta" | "listSessions" | "countSeats">): Promise<SessionContext> {
  const sessions = await store.listSessions();
  const counts = await store.countSeats();
  const takenOf = (id: string): number => (counts.get(id)?.booked ?? 0) + (counts.get(id)?.walkIns ?? 0);
  const emptySeats = new Map(sessions.map(({ id, capacity }) => [id, capacity - takenOf(id)]));
  return {
    sessions,
    rules: await loadSessionRules(store),
    freeSeats: new Map([...emptySeats].map(([id, empty]) => [id, empty - (counts.get(id)?.held ?? 0)])),
    emptySeats,
  };
}
