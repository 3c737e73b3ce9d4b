import { createHash } from "node:crypto";
import type { Session } from "../model/session.ts";
import { CALENDAR_ROLES, type CalendarRole, calendarFactsOf, formatCalendar } from "../sessions/files/format-calendar.ts";
import type { CalendarEntry } from "./announcement-store-port.ts";
import { toFileStem } from "./issue-roster.ts";
import type { PaperOutbox } from "./paper-ports.ts";
import type { Store } from "./store-port.ts";

export interface CalendarPorts {
  readonly store: Pick<Store, "listCalendarEntries" | "saveCalendarEntry">;
  readonly outbox: PaperOutbox;
  readonly office: { readonly name: string; readonly email: string; readonly senderId: string };
  readonly languageNameOf: (language: string) => string;
}

/** A calendar file that was written. */
export interface WrittenCalendar {
  readonly relativePath: string;
  readonly sessionId: string;
  readonly role: CalendarRole;
  readonly sequence: number;
  readonly isCancelled: boolean;
}

const sha256Of = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** The entry's name for ever: of one session, one role and one person, but naming nobody. */
function uidOf({ id }: Session, role: CalendarRole, person: string, senderId: string): string {
  const key = person.normalize("NFC").trim().replace(/\s+/gu, " ").toLowerCase();
  return `${sha256Of([id, role, key]).slice(0, 32)}@${senderId.toLowerCase()}.ilmo`;
}

type Due = Pick<CalendarEntry, "uid" | "role" | "isCancelled">;

/** Who must be told: who works there now, and who did when last told. */
function findDue(session: Session, known: readonly CalendarEntry[], senderId: string): Due[] {
  const isCancelled = session.state === "cancelled";
  const named = CALENDAR_ROLES.flatMap((role) => {
    const person = session[role];
    return person === undefined || person.trim() === "" ? [] : [{ uid: uidOf(session, role, person, senderId), role, isCancelled }];
  });
  const released = known.filter((entry) => !entry.isCancelled && !named.some(({ uid }) => uid === entry.uid));
  // Nobody is told of a cancellation who was never told of the session.
  const due = named.filter(({ uid }) => !isCancelled || known.some((entry) => entry.uid === uid));
  return [...due, ...released.map(({ uid, role }) => ({ uid, role, isCancelled: true }))];
}

/**
 * Writes the calendar files of a session, for its host and its interpreter, where what they say has changed: the same entry with
 * a higher sequence, or its cancellation for a session that is called off and for a person who does not work there any more.
 *
 * May run any number of times. @throws sessionInvalid when the session's time is none
 */
export async function issueCalendars(
  session: Session,
  { store, outbox, office, languageNameOf }: CalendarPorts,
): Promise<WrittenCalendar[]> {
  const known = await store.listCalendarEntries(session.id);
  const written: WrittenCalendar[] = [];
  for (const { uid, role, isCancelled } of findDue(session, known, office.senderId)) {
    const languageName = languageNameOf(session.language);
    const contentHash = sha256Of([calendarFactsOf({ session, role, languageName }), isCancelled]);
    const last = known.find((entry) => entry.uid === uid);
    if (last?.contentHash === contentHash) continue;
    const sequence = last === undefined ? 0 : last.sequence + 1;
    const { name, email } = office;
    const text = formatCalendar({ session, role, uid, sequence, isCancelled, languageName, office: { name, email } });
    const relativePath = `calendars/${toFileStem(session.id)}-${role}-${uid.slice(0, 8)}.ics`;
    await outbox.write(relativePath, new TextEncoder().encode(text));
    await store.saveCalendarEntry({ uid, sessionId: session.id, role, sequence, contentHash, isCancelled });
    written.push({ relativePath, sessionId: session.id, role, sequence, isCancelled });
  }
  return written;
}
