import type { IsoDate } from "./time.ts";

/** Two-digit years up to this are 20xx, later ones 19xx. */
const LAST_SHORT_YEAR_OF_2000 = 40;

const DAY_FIRST = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})\.?$/;
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;

function isoOf(year: number, month: number, day: number): IsoDate | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? (date.toISOString().slice(0, 10) as IsoDate) : null;
}

function fullYearOf(year: string): number {
  if (year.length === 4) return Number(year);
  return Number(year) <= LAST_SHORT_YEAR_OF_2000 ? 2000 + Number(year) : 1900 + Number(year);
}

/** Returns the day that a person wrote ("3.10.1989", "03.10.89", "1989-10-03"); null when it is no full, real date. Pure. */
export function parseWrittenDate(text: string): IsoDate | null {
  const compact = text.replace(/\s+/g, "");
  const dayFirst = DAY_FIRST.exec(compact);
  if (dayFirst !== null) return isoOf(fullYearOf(dayFirst[3] ?? ""), Number(dayFirst[2]), Number(dayFirst[1]));
  const iso = ISO.exec(compact);
  return iso === null ? null : isoOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
}
