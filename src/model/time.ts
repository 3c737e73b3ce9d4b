import { z } from "zod";

/** Calendar day "YYYY-MM-DD", no zone. */
export const IsoDate = z.iso.date().brand<"IsoDate">();
export type IsoDate = z.infer<typeof IsoDate>;

/** Instant in UTC, "YYYY-MM-DDTHH:MM:SS.sssZ". */
export const IsoInstant = z.iso.datetime().brand<"IsoInstant">();
export type IsoInstant = z.infer<typeof IsoInstant>;

const MS_PER_DAY = 86_400_000;

/** Returns the whole days from `from` to `to`; negative when `to` is earlier. Pure. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / MS_PER_DAY);
}

/** Returns the day `days` after `date`. Pure. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(date) + days * MS_PER_DAY).toISOString().slice(0, 10) as IsoDate;
}

const LOCAL_DAY = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Helsinki", year: "numeric", month: "2-digit", day: "2-digit" });

/** Returns the day of an instant where the office is (Europe/Helsinki). Pure. */
export function localDay(instant: Date): IsoDate {
  return LOCAL_DAY.format(instant) as IsoDate;
}
