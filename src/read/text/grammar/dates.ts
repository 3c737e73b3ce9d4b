/** A date as written: `iso` is "YYYY-MM-DD", "YYYY-MM" or "YYYY". */
export interface WrittenDate {
  readonly iso: string;
  readonly precision: "day" | "month" | "year";
  /** The text with its own punctuation put right ("21,4.2026" -> "21.4.2026"). */
  readonly text: string;
}

const DAY = /^(\d{1,2})[.,/-] ?(\d{1,2})[.,/-] ?(\d{4}|\d{2})\.?$/;
const ISO_DAY = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const MONTH = /^(\d{1,2})[./] ?(\d{4})$/;
const ISO_MONTH = /^(\d{4})-(\d{2})$/;
const YEAR = /^(\d{4})$/;
/** Two-digit years up to this one belong to the 2000s. */
const LAST_SHORT_YEAR = 40;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2099;

/** Parses a date in one of the ways people write it in Finland; null when it is no date of the calendar. Pure. */
export function parseWrittenDate(text: string): WrittenDate | null {
  const written = text
    .trim()
    .replace(/\s*([.,/-])\s*/g, "$1")
    .replace(/[–—]/g, "-");
  const day = DAY.exec(written);
  if (day !== null) return toDay(day[3] ?? "", day[2] ?? "", day[1] ?? "", written.replace(/,/g, ".").replace(/\.$/, ""));
  const isoDay = ISO_DAY.exec(written);
  if (isoDay !== null) return toDay(isoDay[1] ?? "", isoDay[2] ?? "", isoDay[3] ?? "", written);
  const month = MONTH.exec(written);
  if (month !== null) return toMonth(month[2] ?? "", month[1] ?? "", written);
  const isoMonth = ISO_MONTH.exec(written);
  if (isoMonth !== null) return toMonth(isoMonth[1] ?? "", isoMonth[2] ?? "", written);
  const year = YEAR.exec(written);
  if (year !== null && isYear(Number(year[1]))) return { iso: written, precision: "year", text: written };
  return null;
}

function toDay(year: string, month: string, day: string, text: string): WrittenDate | null {
  const full = year.length === 2 ? `${Number(year) <= LAST_SHORT_YEAR ? "20" : "19"}${year}` : year;
  const iso = `${full}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const instant = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(instant) || !new Date(instant).toISOString().startsWith(iso) || !isYear(Number(full))) return null;
  return { iso, precision: "day", text };
}

function toMonth(year: string, month: string, text: string): WrittenDate | null {
  if (Number(month) < 1 || Number(month) > 12 || !isYear(Number(year))) return null;
  return { iso: `${year}-${month.padStart(2, "0")}`, precision: "month", text };
}

function isYear(year: number): boolean {
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}
