import { createEvent } from "ics";
import { IlmoError } from "../../errors.ts";
import type { Session } from "../../model/session.ts";
import { DEFAULT_DURATION_HOURS } from "../session-times.ts";
import { toInstant } from "./to-instant.ts";

export const CALENDAR_ROLES = ["host", "interpreter"] as const;
export type CalendarRole = (typeof CALENDAR_ROLES)[number];

/** One session in the calendar of one person who works there. */
export interface CalendarEvent {
  readonly session: Session;
  readonly role: CalendarRole;
  /** The same through all changes: calendars know the entry by it. */
  readonly uid: string;
  /** Grows with every change; a calendar drops what is older than it has. */
  readonly sequence: number;
  readonly isCancelled: boolean;
  /** The language's Finnish name. */
  readonly languageName: string;
  readonly office: { readonly name: string; readonly email: string };
}

const ROLE_NAMES: Readonly<Record<CalendarRole, string>> = { host: "vetäjä", interpreter: "tulkki" };

/** Returns what a calendar entry says; when it changes, the entry needs a higher sequence. Pure. */
export function calendarFactsOf({ session, role, languageName }: Pick<CalendarEvent, "session" | "role" | "languageName">): {
  readonly title: string;
  readonly location: string;
  readonly start: number;
  readonly durationHours: number;
} {
  const { code, date, time, place, room, address } = session;
  return {
    title: `Ryhmäinfo ${code}, ${languageName} (${ROLE_NAMES[role]})`,
    location: [place, room, address].filter((part) => part !== undefined && part !== "").join(", "),
    start: toInstant(date, time).getTime(),
    durationHours: session.durationHours ?? DEFAULT_DURATION_HOURS,
  };
}

/**
 * Formats a session as an iCalendar file for its host or its interpreter. Times are UTC, so that no calendar can misread the zone.
 * Nothing in it is about a participant.
 *
 * Touches the clock only for DTSTAMP.
 *
 * @throws sessionInvalid when the session's time is none
 * @see RFC 5545; RFC 5546 sections 3.2.1 and 3.2.5
 */
export function formatCalendar(event: CalendarEvent): string {
  const { title, location, start, durationHours } = calendarFactsOf(event);
  const { error, value } = createEvent({
    productId: "-//ilmo//sessions//FI",
    method: event.isCancelled ? "CANCEL" : "PUBLISH",
    uid: event.uid,
    sequence: event.sequence,
    status: event.isCancelled ? "CANCELLED" : "CONFIRMED",
    start,
    startInputType: "utc",
    startOutputType: "utc",
    duration: { hours: durationHours },
    title,
    location,
    organizer: event.office,
    busyStatus: event.isCancelled ? "FREE" : "BUSY",
  });
  if (error !== null || value === null)
    throw new IlmoError("sessionInvalid", "Expected a session that a calendar can hold.", { cause: error });
  return value;
}
