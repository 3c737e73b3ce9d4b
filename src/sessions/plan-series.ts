import type { Session } from "../model/session.ts";
import { addDays, type IsoDate } from "../model/time.ts";
import { findPublicHoliday } from "./find-public-holiday.ts";
import { minutesOfDay } from "./session-times.ts";

export const REPEATS = ["weekly", "fortnightly"] as const;
export type Repeat = (typeof REPEATS)[number];

const DAYS_BETWEEN: Readonly<Record<Repeat, number>> = { weekly: 7, fortnightly: 14 };

/** What the sessions of a series share. */
export type SessionOutline = Omit<Session, "id" | "code" | "seriesId">;

export interface SeriesPlan {
  readonly sessions: readonly Session[];
  /** Days on which a session would have been, and the holiday that is then. */
  readonly skipped: readonly { readonly date: string; readonly holiday: string }[];
}

/** Returns the short code that people write on forms, for example "AR-2408": language, day, month. Pure. */
export function toSessionCode({ language, date }: Pick<Session, "language" | "date">): string {
  return `${language.toUpperCase()}-${date.slice(8)}${date.slice(5, 7)}`;
}

/** Returns the id of a session that was given none: its code, its year and its start, for example "AR-2408-2026-0900". Pure. */
export function toSessionId(session: Pick<Session, "language" | "date" | "time">): string {
  const minutes = minutesOfDay(session.time);
  const clock = `${String(Math.floor(minutes / 60)).padStart(2, "0")}${String(minutes % 60).padStart(2, "0")}`;
  return `${toSessionCode(session)}-${session.date.slice(0, 4)}-${clock}`;
}

/** Longest row of holidays on one weekday is a few weeks; a plan that finds no day in two years is wrong. */
const MAX_STEPS = 104;

/**
 * Returns `count` sessions from the outline's day on, at the same time of day; days that are public holidays are passed over
 * and told, and the series goes on one time longer.
 *
 * Pure. The same outline gives the same ids, so that a repeated command adds nothing.
 */
export function planSeries(outline: SessionOutline, { repeat, count }: { readonly repeat: Repeat; readonly count: number }): SeriesPlan {
  const sessions: Session[] = [];
  const skipped: { date: string; holiday: string }[] = [];
  const seriesId = `${toSessionId(outline)}-${repeat}`;
  for (let step = 0; sessions.length < count && step < MAX_STEPS; step += 1) {
    const date = addDays(outline.date as IsoDate, step * DAYS_BETWEEN[repeat]);
    const holiday = findPublicHoliday(date);
    const dated = { ...outline, date };
    if (holiday === null)
      sessions.push({ ...dated, id: toSessionId(dated), code: toSessionCode(dated), ...(count > 1 ? { seriesId } : {}) });
    else skipped.push({ date, holiday });
  }
  return { sessions, skipped };
}
