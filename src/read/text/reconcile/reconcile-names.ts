import { editDistance } from "../../../model/codes/name-index.ts";
import type { MrzReading } from "../../../model/reading.ts";
import { toSharedKey } from "../compare-keys.ts";
import type { ReadingDesk } from "./reading-desk.ts";

/** Letters in which two spellings of one name differ at most: more is another name. */
const MISREAD_LETTERS = 2;

/** Compares surname and given names with the name in block letters and with the names of the card. */
export function reconcileNames(desk: ReadingDesk, mrz: MrzReading | undefined): void {
  const surname = desk.text("surname");
  const givenNames = desk.text("givenNames");
  confirmByMrz(desk, mrz);
  const block = desk.text("nameInBlock");
  if (block === null) return;
  const forward = toSharedKey(`${givenNames ?? ""}${surname ?? ""}`);
  const backward = toSharedKey(`${surname ?? ""}${givenNames ?? ""}`);
  const written = toSharedKey(block);
  if (written !== "" && (written === forward || written === backward)) confirmAll(desk);
  else if (desk.has("nameInBlock", "twoReaders") && (isMisreading(written, forward) || isMisreading(written, backward))) {
    desk.doubt("surname", "givenNames", "nameInBlock");
  }
}

/** Two places on the form spell the same: a misreading would have to happen twice, in two different pictures. */
function confirmAll(desk: ReadingDesk): void {
  const fields = ["surname", "givenNames", "nameInBlock"].filter((field) => desk.text(field) !== null);
  if (fields.some((field) => desk.isDoubted(field))) return;
  if (!fields.some((field) => desk.has(field, "twoReaders"))) return;
  for (const field of fields) if (isName(desk.text(field) ?? "")) desk.confirm(field);
}

function isName(text: string): boolean {
  return /^[\p{L}\p{M} .'-]+$/u.test(text);
}

function isMisreading(a: string, b: string): boolean {
  if (a === "" || b === "" || a === b) return false;
  return editDistance(a, b, MISREAD_LETTERS) <= MISREAD_LETTERS;
}

/** The card's own spelling of a name in its 26 letters. */
function confirmByMrz(desk: ReadingDesk, mrz: MrzReading | undefined): void {
  if (mrz === undefined) return;
  const pairs = [
    ["surname", mrz.surname],
    ["givenNames", mrz.givenNames],
  ] as const;
  for (const [field, printed] of pairs) {
    const text = desk.text(field);
    if (text === null || printed === "") continue;
    if (toCardKey(text) === toCardKey(printed) && desk.has(field, "twoReaders")) desk.confirm(field);
    else if (isMisreading(toCardKey(text), toCardKey(printed)) && !desk.has(field, "crossField")) desk.doubt(field);
  }
}

/** Letters only: a card writes hyphens and apostrophes as fillers or not at all. */
function toCardKey(text: string): string {
  return toSharedKey(text).replace(/[^a-z]/g, "");
}
