import { IlmoError } from "../errors.ts";
import { parseWrittenDate } from "../model/parse-written-date.ts";
import type { Session } from "../model/session.ts";
import type { IsoDate } from "../model/time.ts";
import type { Store, StoredRegistration } from "../pipeline/store-port.ts";
import type { SeatDifference } from "../sessions/hall-differences.ts";
import type { Terminal } from "./terminal.ts";

/** Returns the session that an id or a code names. @throws notFound; sessionInvalid when several have the code */
export async function findSession(store: Pick<Store, "listSessions">, idOrCode: string): Promise<Session> {
  const wanted = idOrCode.trim().toUpperCase();
  const sessions = await store.listSessions();
  const byId = sessions.find(({ id }) => id.toUpperCase() === wanted);
  const byCode = sessions.filter(({ code }) => code.toUpperCase() === wanted);
  const [only] = byCode;
  if (byId !== undefined) return byId;
  if (only !== undefined && byCode.length === 1) return only;
  if (byCode.length > 1)
    throw new IlmoError(
      "sessionInvalid",
      `Expected one session; this code stands for ${byCode.map(({ id }) => id).join(", ")}. Give the id.`,
    );
  throw new IlmoError("notFound", "Expected the id or code of a session; there is none such. `ilmo sessions list` shows them.");
}

/** Returns the registration that an id or a reference names. @throws notFound */
export async function findRegistration(store: Pick<Store, "findRegistration">, idOrReference: string): Promise<StoredRegistration> {
  const found = await store.findRegistration(idOrReference);
  if (found !== null) return found;
  throw new IlmoError("notFound", "Expected the id or reference of a registration; there is none such. `ilmo list` shows them.");
}

/** @throws usage unless the text is a day, such as 14.12.2026 or 2026-12-14 */
export function parseDay(text: string): IsoDate {
  const day = parseWrittenDate(text);
  if (day === null) throw new IlmoError("usage", "Expected a day such as 14.12.2026 or 2026-12-14; another text came.");
  return day;
}

/** @throws usage unless the text is a whole number from 1 */
export function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new IlmoError("usage", "Expected a whole number from 1 up; another text came.");
}

const placeText = (place: SeatDifference["before"]): string => {
  if (place === null) return "no place";
  const number = place.state === "booked" ? `seat ${place.seatNumber}` : `waiting ${place.waitingNumber} (${place.waitingReason})`;
  return `${place.sessionId} ${number}${place.overCapacity === null ? "" : ", beyond the capacity"}`;
};

/** Returns the printed invitations of a seat that the person has no longer. */
async function listVoidPapers(store: Store, { registrationId, before, after }: SeatDifference): Promise<string[]> {
  if (before?.state !== "booked" || (after?.state === "booked" && after.sessionId === before.sessionId)) return [];
  const papers = await store.listDocuments({ registrationId });
  return papers.filter(({ kind, sessionId }) => kind === "invitation" && sessionId === before.sessionId).map((paper) => paper.relativePath);
}

/** Tells what became of whom, by reference, and which papers in the outbox must not be handed out any more. */
export async function tellDifferences(store: Store, terminal: Terminal, differences: readonly SeatDifference[]): Promise<void> {
  if (differences.length === 0) terminal.line("Nothing to change: it is so already.");
  const told: object[] = [];
  for (const difference of differences) {
    const { registrationId, before, after } = difference;
    const { reference } = await store.getRegistration(registrationId);
    const voidPapers = await listVoidPapers(store, difference);
    terminal.line(`${reference}: ${placeText(before)} -> ${placeText(after)}`);
    if (voidPapers.length > 0) terminal.line(`  Do not hand out any more: ${voidPapers.join(", ")}`);
    told.push({ reference, registrationId, before, after, voidPapers });
  }
  if (differences.length > 0) terminal.line("Invitations and rosters that this changes are printed by the service (`ilmo start`).");
  terminal.json({ changes: told });
}
