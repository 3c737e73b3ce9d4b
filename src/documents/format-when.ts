import { IlmoError } from "../errors.ts";
import type { IsoDate } from "../model/time.ts";
import type { Texts } from "./texts.ts";

/** Languages that write 9.00 or 9:00; in the others 09:00 tells that the clock has 24 hours. */
const PLAIN_HOUR = new Set(["fi", "sv", "et", "ru"]);

/**
 * Returns a day in words with its weekday, for example "maanantai 9. maaliskuuta 2026".
 *
 * Pure. Names come from Intl with the Gregorian calendar forced (Persian readers would else get another year);
 * the order of the parts comes from the language's own file, because Intl turns it round in Sorani, Dari and Somali.
 */
export function formatDay(texts: Texts, date: IsoDate): string {
  // One break is allowed, after the weekday: a number never parts from its month.
  const [weekday = "", ...rest] = texts.plain("invitation.date", partsOfDay(texts, date)).split(" ");
  return `${weekday} ${rest.join("\u00a0")}`;
}

/** A day in pieces, as a calendar leaf shows it; names in the language of the texts. */
export interface DayParts {
  readonly weekday: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

/** Returns a day's number and names in the Gregorian calendar with Western digits. Pure. */
export function partsOfDay(texts: Texts, date: IsoDate): DayParts & Record<string, string> {
  const name = (part: "weekday" | "month", options: Intl.DateTimeFormatOptions): string => {
    const format = new Intl.DateTimeFormat(texts.meta.bcp47, { ...options, timeZone: "UTC", calendar: "gregory", numberingSystem: "latn" });
    return format.formatToParts(Date.parse(date)).find(({ type }) => type === part)?.value ?? "";
  };
  return {
    weekday: name("weekday", { weekday: "long" }),
    // With the day beside it, because a month after a number has its own form (Finnish, Russian).
    month: name("month", { month: "long", day: "numeric" }),
    day: String(Number(date.slice(8))),
    year: date.slice(0, 4),
  };
}

/**
 * Returns a 24-hour time, for example "klo 9.00".
 *
 * Pure.
 *
 * @param time local, "H.MM" or "HH:MM"
 * @throws sessionInvalid when it is no time of day
 */
export function formatTime(texts: Texts, time: string): string {
  const { hour, minute } = hourAndMinuteOf(time);
  const hourText = String(hour).padStart(PLAIN_HOUR.has(texts.language) ? 1 : 2, "0");
  return texts.plain("invitation.time", { hour: hourText, minute: String(minute).padStart(2, "0") });
}

/**
 * Returns hour and minute of a local time, "H.MM" or "HH:MM". Pure.
 *
 * @throws sessionInvalid when it is no time of day
 */
export function hourAndMinuteOf(time: string): { readonly hour: number; readonly minute: number } {
  const [, hour, minute] = (/^(\d{1,2})[.:](\d{2})$/u.exec(time.trim()) ?? []).map(Number);
  if (hour === undefined || minute === undefined || hour > 23 || minute > 59)
    throw new IlmoError("sessionInvalid", "Expected a session time such as 9.00 or 12:30. Correct the session.");
  return { hour, minute };
}

/** Returns a day as staff write it, for example "9.3.2026". Pure. */
export function formatShortDay(date: IsoDate): string {
  return `${Number(date.slice(8))}.${Number(date.slice(5, 7))}.${date.slice(0, 4)}`;
}
