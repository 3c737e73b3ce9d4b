import { fieldSpecOf } from "../../../model/field.ts";
import { parseWrittenDate } from "../grammar/dates.ts";
import type { ReadingDesk } from "./reading-desk.ts";

/** Words of stamps that offices set on incoming papers and on copies. */
const STAMP_WORDS =
  /(?<!\p{L})(saapunut|saap|ankommit|ankommen|ankom|inkommit|inkom|received|получено|kopio|jäljennös|kopia|avskrift|copy|копия|kirjattu|diarioitu|arkistoitu|registrerad|luottamuksellinen|konfidentiellt|confidential|kiireellinen)(?!\p{L})/iu;
const DATE = /\d{1,2}\s?[.]\s?\d{1,2}\s?[.]\s?\d{4}/g;

/** Sends words to a person in which a receipt stamp was read: its word, or the day of arrival where no date belongs. */
export function reconcileStamp(desk: ReadingDesk, receivedOn: string): void {
  for (const { field } of desk.all()) {
    const spec = fieldSpecOf(field);
    if (spec !== undefined && (spec.kind !== "text" || spec.content === "date" || spec.content === "sessionRef")) continue;
    const text = desk.text(field) ?? "";
    const dates = [...text.matchAll(DATE)].map(([date]) => parseWrittenDate(date)?.iso);
    if (STAMP_WORDS.test(text) || dates.includes(receivedOn)) desk.doubt(field);
  }
}
