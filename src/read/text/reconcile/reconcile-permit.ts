import { matchCountry } from "../../../model/codes/countries.ts";
import type { MrzReading } from "../../../model/reading.ts";
import { addDays, type IsoDate } from "../../../model/time.ts";
import { parseWrittenDate } from "../grammar/dates.ts";
import type { ReadingDesk } from "./reading-desk.ts";

/** Compares the permit's dates with each other, and number, nationality and dates with the card. */
export function reconcilePermit(desk: ReadingDesk, mrz: MrzReading | undefined): void {
  reconcileValidity(desk);
  if (mrz === undefined) return;
  const number = desk.text("permitCardNumber");
  const printed = mrz.documentNumber.replaceAll("<", "");
  if (number !== null && isReadingOf(number, printed)) desk.confirm("permitCardNumber", printed);
  const citizenship = desk.text("citizenship");
  if (
    citizenship !== null &&
    matchCountry(citizenship)?.isExact === true &&
    matchCountry(citizenship)?.code === matchCountry(mrz.nationality)?.code
  ) {
    desk.confirm("citizenship");
  }
}

/** Letters and digits that readers take for each other; the card's check digit says which of them is printed. */
const LOOK_ALIKES = ["0OQD", "1IL", "2Z", "5S", "6G", "8B"];

function isReadingOf(read: string, printed: string): boolean {
  if (read.length !== printed.length) return false;
  return [...read].every((char, index) => {
    const wanted = printed[index] ?? "";
    return char === wanted || LOOK_ALIKES.some((group) => group.includes(char) && group.includes(wanted));
  });
}

/** A permit runs for whole years: the day after its last day is its first day's anniversary. Other spans prove nothing. */
function reconcileValidity(desk: ReadingDesk): void {
  const from = parseWrittenDate(desk.text("permitValidFrom") ?? "");
  const until = parseWrittenDate(desk.text("permitValidUntil") ?? "");
  if (from?.precision !== "day" || until?.precision !== "day") return;
  if (until.iso <= from.iso) {
    desk.doubt("permitValidFrom", "permitValidUntil");
    return;
  }
  const isAnniversary = addDays(until.iso as IsoDate, 1).slice(5) === from.iso.slice(5);
  if (!isAnniversary) return;
  // Day and month confirm each other; the years do not, so each date still needs both readers or a code's surety.
  for (const field of ["permitValidFrom", "permitValidUntil"]) if (desk.has(field, "twoReaders")) desk.confirm(field);
}
