import { LAST_SECTION, parsePermitGround } from "../../model/codes/permits.ts";
import { joinLines, type LineReadings, type TextVerdict } from "./line-readings.ts";

/** What a reader makes of a section sign. */
const SIGN_AS_READ = /^[§8sS$5%&38]{1,2}$/;
const NUMBER = /^\d{1,3}$/;

/**
 * Decides about a permit's ground: neither reader knows the section sign well, but a section always stands between its number
 * and what follows, so the number and the words that both see say where the sign is.
 *
 * Pure. Null when the text is no section of the Aliens Act.
 */
export function judgePermitGround(lines: readonly LineReadings[]): TextVerdict | null {
  const readers = [lines.map(({ shapes }) => shapes), lines.map(({ words }) => words), lines.map(({ codes }) => codes)];
  const texts = readers.map((reader) => joinLines(reader)).filter(({ text }) => text !== "");
  const grounds = texts.map(({ text }) => toGround(text));
  const literal = grounds.find((ground) => ground?.hasSign === true);
  const leading = literal ?? grounds.find((ground) => ground !== null);
  if (leading === null || leading === undefined) return null;
  const supporting =
    grounds.filter((ground) => ground?.key === leading.key).length + texts.filter(({ text }) => isNumberOnly(text, leading)).length;
  const contradicting =
    grounds.filter((ground) => ground !== null && ground.key !== leading.key).length +
    texts.filter(({ text }) => isOtherNumber(text, leading)).length;
  // Three looks at one section, two of them with a glyph too many behind the number: that glyph is the sign.
  const isProved = contradicting === 0 && (literal === undefined ? supporting >= 3 : supporting >= 2);
  return {
    value: leading.text,
    isProved,
    evidence: supporting >= 2 ? ["codeList", "twoReaders"] : ["codeList"],
    confidence: isProved ? 0.98 : 0.6,
  };
}

interface Ground {
  readonly text: string;
  readonly key: string;
  /** True when the sign itself was read, not put where it must be. */
  readonly hasSign: boolean;
}

/** "88 8" and "78 S 3 MOM" are sections whose sign was misread. */
function toGround(text: string): Ground | null {
  const written = text.replace(/[.,;|]+$/, "").trim();
  const asRead = parsePermitGround(written);
  if (asRead !== null) return { text: spaced(written), key: asRead, hasSign: true };
  const [number = "", sign = "", ...rest] = parted(written).split(" ");
  if (!NUMBER.test(number) || !SIGN_AS_READ.test(sign)) return null;
  const repaired = [number, "§", ...rest].join(" ");
  const key = parsePermitGround(repaired);
  return key === null ? null : { text: spaced(repaired), key, hasSign: false };
}

/** Parts a sign that stuck to its number: "878" is no section of the act, "87 8" is section 87 with a misread sign. */
function parted(text: string): string {
  const stuck = /^(\d{2,3})([8S5$%&3])( .*)?$/.exec(text);
  if (stuck === null || Number(`${stuck[1]}${stuck[2]}`) <= LAST_SECTION) return text;
  return `${stuck[1]} ${stuck[2]}${stuck[3] ?? ""}`;
}

/** A section sign, a paragraph's number and an item's letter stand apart, as the act is quoted: readers see no narrow spaces. */
function spaced(text: string): string {
  return text
    .replace(/\s*§\s*/, " § ")
    .replace(/(\d)\s*(mom)/i, "$1 $2")
    .replace(/(mom\.?)\s*(\d+)\s*(\p{L}?)$/iu, "$1 $2 $3")
    .trim();
}

/** A number alone that is neither the section nor the section with a misread sign stuck to it. */
function isOtherNumber(text: string, ground: Ground): boolean {
  const digits = text.replace(/\s+/g, "");
  const section = ground.key.split(" ")[0] ?? "";
  return NUMBER.test(digits) && digits !== section && !(digits.startsWith(section) && digits.length === section.length + 1);
}

/** The reader of shapes often drops the sign: "88" supports "88 §". */
function isNumberOnly(text: string, ground: Ground): boolean {
  return `${text.trim()} §` === ground.key;
}
