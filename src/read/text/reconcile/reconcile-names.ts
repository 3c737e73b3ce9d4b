import { editDistance } from "../../../model/codes/name-index.ts";
import type { MrzReading } from "../../../model/reading.ts";
import { toSharedKey, withPlainPunctuation } from "../compare-keys.ts";
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
  const isSame = written !== "" && (written === forward || written === backward);
  const isTorn = wordCountOf(block) !== wordCountOf(`${surname ?? ""} ${givenNames ?? ""}`) || isTornAgainst(desk, mrz);
  const hasOtherAccents = isSame && !hasSameAccents(block, surname ?? "", givenNames ?? "");
  if (isSame && (isTorn || hasOtherAccents)) desk.doubt("surname", "givenNames", "nameInBlock");
  else if (isSame) confirmAll(desk);
  else if (desk.has("nameInBlock", "twoReaders") && (isMisreading(written, forward) || isMisreading(written, backward))) {
    desk.doubt("surname", "givenNames", "nameInBlock");
  }
}

/**
 * Two places on the form spell the same. One hand's "s" may be read as "c" in both, its "z" as "g": each place counts that two
 * readers read alike, and the block, if they did so with all the names.
 */
function confirmAll(desk: ReadingDesk): void {
  const fields = ["surname", "givenNames", "nameInBlock"].filter((field) => desk.text(field) !== null);
  if (fields.some((field) => desk.isDoubted(field))) return;
  const areNamesSure = fields.every((field) => field === "nameInBlock" || desk.has(field, "twoReaders"));
  for (const field of fields) {
    const isSure = desk.has(field, "twoReaders") || (field === "nameInBlock" && areNamesSure);
    if (isSure && isName(desk.text(field) ?? "")) desk.confirm(field);
  }
}

/** The same letters with other accents at two places: one of them was misread. */
function hasSameAccents(block: string, surname: string, givenNames: string): boolean {
  const toKey = (text: string): string => withPlainPunctuation(text).toLowerCase().replace(/\s+/g, "");
  return [toKey(`${givenNames}${surname}`), toKey(`${surname}${givenNames}`)].includes(toKey(block));
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
  for (const { field, text, printed } of namePairsOf(desk, mrz)) {
    if (toCardKey(text) === toCardKey(printed)) {
      if (!isSpacedAs(text, printed)) desk.doubt(field);
      else if (desk.has(field, "twoReaders")) desk.confirm(field);
    } else if (isMisreading(toCardKey(text), toCardKey(printed)) && !desk.has(field, "crossField")) desk.doubt(field);
  }
}

interface NamePair {
  readonly field: string;
  readonly text: string;
  readonly printed: string;
}

function namePairsOf(desk: ReadingDesk, mrz: MrzReading | undefined): NamePair[] {
  const pairs = [
    { field: "surname", text: desk.text("surname"), printed: mrz?.surname ?? "" },
    { field: "givenNames", text: desk.text("givenNames"), printed: mrz?.givenNames ?? "" },
  ];
  return pairs.flatMap(({ field, text, printed }) => (text === null || printed === "" ? [] : [{ field, text, printed }]));
}

/** True when the card shows the same letters in fewer words: a reader tore a word apart. */
function isTornAgainst(desk: ReadingDesk, mrz: MrzReading | undefined): boolean {
  return namePairsOf(desk, mrz).some(({ text, printed }) => toCardKey(text) === toCardKey(printed) && !isSpacedAs(text, printed));
}

/** A card may leave a hyphen out, but where it shows one word there hardly stand two. */
function isSpacedAs(text: string, printed: string): boolean {
  return wordCountOf(text) <= wordCountOf(printed);
}

function wordCountOf(text: string): number {
  return text
    .trim()
    .split(/[\s<]+/)
    .filter((word) => word !== "").length;
}

/** Letters only: a card writes hyphens and apostrophes as fillers or not at all. */
function toCardKey(text: string): string {
  return toSharedKey(text).replace(/[^a-z]/g, "");
}
