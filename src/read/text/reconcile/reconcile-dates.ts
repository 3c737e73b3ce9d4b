import { parseWrittenDate } from "../grammar/dates.ts";
import type { ReadingDesk } from "./reading-desk.ts";

/** A registration that was signed longer ago than this is not usual: a person looks at the date, days. */
const OLDEST_SIGNATURE_YEARS = 1;
const YOUNGEST = 14;
const OLDEST = 80;

/** Looks for dates that cannot be: in the future, in the wrong order, of a person of another age. They go to a person. */
export function reconcileDates(desk: ReadingDesk, receivedOn: string): void {
  const dateOf = (field: string): string | null => parseWrittenDate(desk.text(field) ?? "")?.iso ?? null;
  for (const field of ["signingDate", "arrivedInFinland", "qualificationYear", "work1End", "work2End", "work3End"]) {
    const date = dateOf(field);
    if (date !== null && date > receivedOn) desk.doubt(field);
  }
  const signed = dateOf("signingDate");
  if (signed !== null && signed < yearsBefore(receivedOn, OLDEST_SIGNATURE_YEARS)) desk.doubt("signingDate");
  for (const row of [1, 2, 3]) {
    const start = dateOf(`work${row}Start`);
    const end = dateOf(`work${row}End`);
    if (start !== null && end !== null && start.slice(0, 4) > end.slice(0, 4)) desk.doubt(`work${row}Start`, `work${row}End`);
  }
  const birth = dateOf("dateOfBirth");
  const isAgeUsual = birth !== null && birth <= yearsBefore(receivedOn, YOUNGEST) && birth >= yearsBefore(receivedOn, OLDEST);
  if (birth !== null && !isAgeUsual && !desk.has("dateOfBirth", "crossField")) desk.doubt("dateOfBirth");
  const wanted = dateOf("startFrom");
  if (wanted !== null && wanted < yearsBefore(receivedOn, 1)) desk.doubt("startFrom");
}

function yearsBefore(date: string, years: number): string {
  return `${Number(date.slice(0, 4)) - years}${date.slice(4)}`;
}
