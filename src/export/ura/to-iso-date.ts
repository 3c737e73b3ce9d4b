import { parseWrittenDate } from "../../model/parse-written-date.ts";

const MONTH_AND_YEAR = /^(0?[1-9]|1[0-2])[./-](\d{4})$/;
const YEAR = /^\d{4}$/;

/** Returns a written day as ISO; null when it is none. Pure. */
export function toIsoDay(text: string | null): string | null {
  return text === null ? null : parseWrittenDate(text);
}

/** Returns a written day, month or year as "YYYY-MM-DD", "YYYY-MM" or "YYYY"; null when it is none. Pure. @see DOMAIN 1.2, 5.3 (pp.kk.vvvv, kk.vvvv, vvvv) */
export function toPartialDate(text: string | null): string | null {
  if (text === null) return null;
  const compact = text.replace(/\s+/g, "");
  if (YEAR.test(compact)) return compact;
  const month = MONTH_AND_YEAR.exec(compact);
  if (month !== null) return `${month[2]}-${(month[1] ?? "").padStart(2, "0")}`;
  return parseWrittenDate(compact);
}
