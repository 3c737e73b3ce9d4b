import type { Session } from "../model/session.ts";
import { addDays, type IsoDate } from "../model/time.ts";
import { type AnnouncedRow, parseRegistrations } from "../sessions/files/parse-registrations.ts";
import {
  assertMapping,
  assertSameColumns,
  guessMapping,
  type RegistrationLink,
  type RegistrationMapping,
} from "../sessions/files/registration-mapping.ts";
import type { RowFault, Table } from "../sessions/files/table.ts";
import { freeSeatsOf } from "../sessions/seat-hall.ts";
import { toPersonKeys } from "../validate/person-key.ts";
import { resolveSession } from "../validate/resolve-session.ts";
import type { NewAnnouncement } from "./announcement-store-port.ts";
import type { Store, TransactionStore } from "./store-port.ts";

/** Announcements to sessions longer ago than this are deleted: the roster has told who came. @see DOMAIN 7.1 (proposal: 30 days) */
const KEPT_DAYS = 30;

export interface AnnouncementImport {
  readonly link: string;
  readonly table: Table;
  /** For the first export of a link, or for one whose columns have changed. */
  readonly mapping: RegistrationMapping | null;
  /** The one session of the link. */
  readonly sessionId: string | null;
  readonly today: IsoDate;
  readonly hashPerson: (personKey: string) => string;
  /** Take the right rows though others are wrong. */
  readonly skipWrong: boolean;
  readonly by: string;
}

/** What became of the responses. */
export interface AnnouncementOutcome {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** Whose session is full: no seat is kept for them. */
  readonly withoutSeat: number;
  /** Of whom too little is known to see that a form is theirs: no seat is kept. */
  readonly unmatchable: number;
  /** Wrong rows. Nothing was taken in when there are any and they were not to be skipped. */
  readonly faults: readonly RowFault[];
}

async function prepareLink(store: Pick<Store, "findRegistrationLink">, request: AnnouncementImport): Promise<RegistrationLink> {
  const { header } = request.table;
  const known = await store.findRegistrationLink(request.link);
  const sessionId = request.sessionId ?? known?.sessionId ?? null;
  if (request.mapping === null && known !== null) assertSameColumns(known, header);
  const mapping = request.mapping ?? known?.mapping ?? guessMapping(header);
  assertMapping(mapping, header, sessionId);
  return { name: request.link, mapping, header, sessionId };
}

const NO_SESSION = "one open session that is in the calendar, by its id, its code, or its day and time";

function findSession(row: AnnouncedRow, link: RegistrationLink, sessions: readonly Session[]): Session | string {
  const open = sessions.filter(({ state }) => state === "open" || state === "planned");
  const own = open.find(({ id }) => id === link.sessionId);
  const match = row.session === null ? null : resolveSession(row.session, row.language, open);
  const session = match?.kind === "one" ? match.session : own;
  if (session === undefined) return NO_SESSION;
  return row.language === null || row.language === session.language ? session : "the language of the chosen session";
}

function toAnnouncement(row: AnnouncedRow, session: Session, { link, hashPerson }: AnnouncementImport): Omit<NewAnnouncement, "holdsSeat"> {
  const identity = row.responseId === null ? `row:${JSON.stringify(row.cells)}` : `response:${row.responseId}`;
  const name = [row.givenNames, row.surname].filter((part) => part !== null).join(" ");
  return {
    link,
    responseKey: hashPerson(`announcement:${link}:${identity}`),
    sessionId: session.id,
    personKeys: toPersonKeys({ ...row, birthDate: row.dateOfBirth }).map(hashPerson),
    name: name === "" ? null : name,
    senderUnit: row.senderUnit,
    contact: row.contact,
  };
}

type Planned = Omit<NewAnnouncement, "holdsSeat">;

function plan(
  request: AnnouncementImport,
  link: RegistrationLink,
  sessions: readonly Session[],
): { planned: Planned[]; faults: RowFault[] } {
  const parsed = parseRegistrations(request.table, link.mapping);
  const planned: Planned[] = [];
  const faults = [...parsed.faults];
  for (const row of parsed.rows) {
    const session = findSession(row, link, sessions);
    if (typeof session === "string") faults.push({ rowNumber: row.rowNumber, column: link.mapping.session ?? null, expected: session });
    else planned.push(toAnnouncement(row, session, request));
  }
  return { planned, faults: faults.toSorted((a, b) => a.rowNumber - b.rowNumber) };
}

/** Saves one announcement; a response that came before keeps the seat that it holds. */
async function save(
  transaction: TransactionStore,
  announcement: Planned,
  hasFreeSeat: boolean,
): Promise<{ readonly kind: "added" | "changed" | "same"; readonly holdsSeat: boolean; readonly takesSeat: boolean }> {
  const known = await transaction.findAnnouncement(announcement.link, announcement.responseKey);
  const { sessionId, personKeys, name, senderUnit, contact } = announcement;
  const isSame =
    known !== null &&
    (known.registrationId !== null ||
      (known.sessionId === sessionId &&
        known.personKeys.join() === personKeys.join() &&
        known.name === name &&
        known.senderUnit === senderUnit &&
        known.contact === contact));
  if (isSame) return { kind: "same", holdsSeat: known.holdsSeat, takesSeat: false };
  const hasIt = known?.holdsSeat === true && known.sessionId === sessionId;
  const holdsSeat = personKeys.length > 0 && (hasIt || hasFreeSeat);
  await transaction.saveAnnouncement({ ...announcement, holdsSeat });
  return { kind: known === null ? "added" : "changed", holdsSeat, takesSeat: holdsSeat && !hasIt };
}

async function saveAll(transaction: TransactionStore, planned: readonly Planned[]): Promise<Omit<AnnouncementOutcome, "faults">> {
  const sessionIds = [...new Set(planned.map(({ sessionId }) => sessionId))];
  const hall = await transaction.lockHall({ sessionIds, registrationIds: [] });
  const free = new Map([...hall].map(([id, seats]) => [id, freeSeatsOf(seats)]));
  const counts = { added: 0, changed: 0, same: 0, withoutSeat: 0, unmatchable: 0 };
  for (const announcement of planned) {
    const { sessionId, personKeys } = announcement;
    const left = free.get(sessionId) ?? 0;
    const { kind, holdsSeat, takesSeat } = await save(transaction, announcement, left > 0);
    counts[kind] += 1;
    if (takesSeat) free.set(sessionId, left - 1);
    if (personKeys.length === 0) counts.unmatchable += 1;
    else if (!holdsSeat) counts.withoutSeat += 1;
  }
  return counts;
}

/**
 * Takes a registration export of a link in: each response is a person announced before the form comes, for whom a seat is kept
 * while there is one. The same response again changes nothing; the link's columns are remembered.
 *
 * @throws usage when mapping and columns do not fit
 */
export async function importAnnouncements(store: Store, request: AnnouncementImport): Promise<AnnouncementOutcome> {
  const link = await prepareLink(store, request);
  const { planned, faults } = plan(request, link, await store.listSessions());
  if (faults.length > 0 && !request.skipWrong) return { added: 0, changed: 0, same: 0, withoutSeat: 0, unmatchable: 0, faults };
  return store.inTransaction(async (transaction) => {
    await transaction.saveRegistrationLink(link);
    await transaction.deleteAnnouncementsBefore(addDays(request.today, -KEPT_DAYS));
    const counts = await saveAll(transaction, planned);
    const detail = `${counts.added} added, ${counts.changed} changed, ${counts.same} same`;
    await transaction.audit({ actor: request.by, action: "announcements.imported", registrationId: null, detail });
    return { ...counts, faults };
  });
}
