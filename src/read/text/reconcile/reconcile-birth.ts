import { type CodeEnvironment, parsePersonalIdentityCode } from "../../../model/personal-identity-code.ts";
import type { MrzReading } from "../../../model/reading.ts";
import { parseWrittenDate } from "../grammar/dates.ts";
import type { ReadingDesk } from "./reading-desk.ts";

/** Compares the identity code with the date of birth and the card: the only checks that cover the century sign. */
export function reconcileBirth(desk: ReadingDesk, mrz: MrzReading | undefined, environment: CodeEnvironment): void {
  const parsed = parsePersonalIdentityCode(desk.text("personalIdentityCode") ?? "", environment);
  const codeDate = parsed.ok ? parsed.value.birthDate : null;
  const written = parseWrittenDate(desk.text("dateOfBirth") ?? "");
  const formDate = written?.precision === "day" ? written.iso : null;
  const cardDate = mrz?.birthDate ?? null;
  if (codeDate !== null && (codeDate === formDate || codeDate === cardDate)) desk.confirm("personalIdentityCode");
  if (formDate !== null && (formDate === codeDate || formDate === cardDate)) desk.confirm("dateOfBirth");
  if (codeDate !== null && formDate !== null && codeDate !== formDate) judgeMismatch(desk, codeDate, formDate, cardDate);
}

/**
 * A form whose two birth dates differ is a finding, if both were read right. One digit apart looks like a misreading: unless
 * two readers saw each of them and the card takes a side, a person looks.
 */
function judgeMismatch(desk: ReadingDesk, codeDate: string, formDate: string, cardDate: string | null): void {
  const isSettled = cardDate !== null && (cardDate === codeDate || cardDate === formDate);
  if (isSettled && desk.has("dateOfBirth", "twoReaders") && desk.has("personalIdentityCode", "twoReaders")) return;
  const differing = [...codeDate].filter((char, index) => char !== formDate[index]).length;
  const sameDay = codeDate.slice(5) === formDate.slice(5);
  if (differing <= 1 || sameDay) desk.doubt("dateOfBirth", "personalIdentityCode");
}
