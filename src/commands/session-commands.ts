import type { Config } from "../config.ts";
import type { Session } from "../model/session.ts";
import type { SeatCount } from "../pipeline/session-store-port.ts";
import type { Store } from "../pipeline/store-port.ts";
import { findSession } from "./session-lookup.ts";
import { formatTable, type Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

const NOBODY: SeatCount = { booked: 0, waiting: 0, walkIns: 0, held: 0 };

export interface ListOptions {
  readonly language?: string;
  readonly from?: string;
}

/** `ilmo sessions list`. */
export async function listSessions(config: Config, terminal: Terminal, { language, from }: ListOptions = {}): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const filter = { ...(language === undefined ? {} : { language }), ...(from === undefined ? {} : { from }) };
    const sessions = await store.listSessions(filter);
    const counts = await store.countSeats();
    const rows = sessions.map((session) => {
      const { id, date, time, place, room, state, capacity, kind } = session;
      const { booked, waiting, walkIns, held } = counts.get(id) ?? NOBODY;
      const where = room === undefined ? place : `${place}, ${room}`;
      return [id, session.language, kind, date, time, where, state, `${booked + walkIns}/${capacity}`, String(waiting), String(held)];
    });
    terminal.line(
      formatTable([["session", "language", "kind", "date", "time", "place", "state", "seats", "waiting", "announced"], ...rows]),
    );
    terminal.json(sessions.map((session) => ({ ...session, ...(counts.get(session.id) ?? NOBODY) })));
  });
}

async function placesOf(store: Store, session: Session): Promise<object[]> {
  const places: object[] = [];
  for (const booking of await store.listBookings(session.id)) {
    const { reference } = await store.getRegistration(booking.registrationId);
    const invitation = (await store.listInvitations(booking.registrationId)).findLast(({ sessionId }) => sessionId === session.id);
    places.push({ reference, ...booking, invitationVersion: invitation?.version ?? null });
  }
  return places;
}

/** Numbers of the queue may have gaps where somebody left; people are told how many are before them. */
function queuePlaceOf(place: Place, places: readonly Place[]): number {
  return places.filter(({ state, waitingNumber }) => state === "waiting" && Number(waitingNumber) <= Number(place.waitingNumber)).length;
}

type Place = Record<"reference" | "state" | "seatNumber" | "waitingNumber" | "waitingReason" | "overCapacity", string | null> & {
  readonly isWalkIn: boolean;
  readonly invitationVersion: number | null;
};

function placeRow(place: Place, places: readonly Place[]): string[] {
  const remark = [place.isWalkIn ? "walk-in" : "", place.overCapacity === null ? "" : `beyond the capacity: ${place.overCapacity}`];
  const invitation = place.invitationVersion === null ? "-" : `v${place.invitationVersion}`;
  const number = place.state === "booked" ? `seat ${place.seatNumber}` : `waiting ${queuePlaceOf(place, places)}`;
  return [place.reference ?? "", number, place.waitingReason ?? remark.filter((text) => text !== "").join(", "), invitation];
}

/** `ilmo sessions show <session>`: its facts, seats and queue, by reference; names are not shown. @throws notFound */
export async function showSession(config: Config, terminal: Terminal, idOrCode: string): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const session = await findSession(store, idOrCode);
    const places = await placesOf(store, session);
    const walkIns = await store.listWalkIns(session.id);
    const facts = Object.entries(session).filter(([name, value]) => name !== "id" && value !== undefined);
    terminal.line(formatTable([["session", session.id], ...facts.map(([name, value]) => [name, String(value)])]));
    terminal.line("");
    const rows = (places as Place[]).map((place) => placeRow(place, places as Place[]));
    const people = walkIns
      .filter(({ registrationId }) => registrationId === null)
      .map(({ reference }) => [reference, "walk-in", "no form yet", "-"]);
    terminal.line(formatTable([["reference", "place", "remark", "invitation"], ...rows, ...people]));
    terminal.json({ ...session, places, walkIns });
  });
}
