import type { DoorListInput } from "../documents/render-door-list.ts";
import type { Session } from "../model/session.ts";
import { minutesOfDay } from "../sessions/session-times.ts";
import { paperSessionOf } from "./paper-inputs.ts";
import type { Store } from "./store-port.ts";

/** Returns what the list at the door says of sessions, first to last: how many come, and under which references. */
export async function toDoorSessions(
  sessions: readonly Session[],
  store: Pick<Store, "listBookings" | "listWalkIns" | "getRegistration">,
): Promise<DoorListInput["sessions"]> {
  const rows: DoorListInput["sessions"] = [];
  for (const session of sessions.toSorted((a, b) => minutesOfDay(a.time) - minutesOfDay(b.time))) {
    const references: string[] = [];
    for (const { state, registrationId } of await store.listBookings(session.id))
      if (state === "booked") references.push((await store.getRegistration(registrationId)).reference);
    const walkIns = (await store.listWalkIns(session.id)).filter(({ registrationId }) => registrationId === null);
    references.push(...walkIns.map(({ reference }) => reference));
    rows.push({ session: paperSessionOf(session), people: references.length, references });
  }
  return rows;
}
