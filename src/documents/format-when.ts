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
  const name = (part: "weekday" | "month", options: Intl.DateTimeFormatOptions): string => {
    const format = new Intl.DateTimeFormat(texts.meta.bcp47, { ...options, timeZone: "UTC", calendar: "gregory", numberingSystem: "latn" });
    return format.formatToParts(Date.parse(date)).find(({ type }) => type === part)?.value ?? "";
  };
  const values = {
    weekday: name("weekday", { weekday: "long" }),
    // With the day beside it, because a month after a number has its own form (Finnish, Russian).
    month: name("month", { month: "long", day: "numeric" }),
    day: String(Number(date.slice(8))),
    year: date.slice(0, 4),
  };
  // One break is allowed, after the weekday: a number never parts from its month.
  const [weekday = "", ...rest] = texts.plain("invitation.date", values).split(" ");
  return `${weekday} ${rest.join("\u00a0")}`;
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
  const [, hour, minute] = /^(\d{1,2})[.:](\d{2})$/u.exec(time.trim()) ?? [];
  if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59) {
    throw new IlmoError("sessionInvalid", "Expected a session time such as 9.00 or 12:30. Correct the session.");
  }
  const plainHour = String(Number(hour));
  return texts.plain("invitation.time", { hour: PLAIN_HOUR.has(texts.language) ? plainHour : plainHour.padStart(2, "0"), minute });
}

/** Returns a day as staff write it, for example "9.3.2026". Pure. */
export function formatShortDay(date: IsoDate): string {
  return `${Number(date.slice(8))}.${Number(date.slice(5, 7))}.${date.slice(0, 4)}`;
}
