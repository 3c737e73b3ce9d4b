import type { TextContent } from "../../../model/field.ts";
import { cyrillicNamesOf } from "./cyrillic-look.ts";

/**
 * What readers of Latin letters make of each printed Cyrillic letter, after its own sign; "_" = they often pass over it. Seen in
 * readings of generated forms. Cursive shapes (т like m, г like z) are left out: handwriting does not agree, and a person looks.
 */
const RENDERINGS = new Map(
  `аa4 б6bo8 вb8 гrt дadghjo4nbl_ еe ёee жxkm з3zs иunhyiwm йunhiyam_ кkrx лnalm мm нhn оo0 пnm_
   рp сc тtr уyv фpqofdmu_ хx цuyn ч4yhu шw щwu ъb ыbl ьb_ э3s9 юo1w яar9g_`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 1), new Set(entry.slice(1))] as const),
);

/** Letters that are seen as two signs. */
const PAIRS = new Map([
  ["ы", new Set(["bi", "bl", "b1", "bu", "ui"])],
  ["ю", new Set(["io", "lo", "10", "ho", "k0", "ko"])],
  ["ш", new Set(["lu", "ll", "uj", "iu", "ul", "uu", "lw"])],
  ["щ", new Set(["lu", "ll", "uj", "wu", "uu", "wj", "lw", "wy"])],
  ["ж", new Set(["xk", "kk", "kh", ">k", "xc"])],
  ["ц", new Set(["ll", "lj", "uj", "iu"])],
  ["п", new Set(["ll", "ti", "fi"])],
  ["л", new Set(["ll", "ji"])],
  ["д", new Set(["ll", "il"])],
  ["ф", new Set(["qp", "cp", "oh"])],
]);

/** A letter that a reader is known to pass over counts this much where it does. */
const PASSED_OVER = 0.25;

const lettersOf = (text: string): string[] => [
  ...text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, ""),
];

/** Plain letters of what was seen: ö is o, é is e. Signs stay out. */
const seenLettersOf = (text: string): string[] => lettersOf(text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[|]/g, "l"));

function costOf(letter: string, seen: string): number {
  return letter === seen || RENDERINGS.get(letter)?.has(seen) === true ? 0 : 1;
}

/**
 * Returns how many letters of a Cyrillic text a reading in Latin letters does not bear out. Pure.
 *
 * The readers of Latin letters were trained apart from the reader of Cyrillic ones: what they saw is a second witness.
 */
export function countUnwitnessed(cyrillic: string, latin: string): number {
  const letters = lettersOf(cyrillic);
  const seen = seenLettersOf(latin);
  const width = seen.length + 1;
  const costs = new Float32Array((letters.length + 1) * width);
  const at = (row: number, column: number): number => costs[row * width + column] ?? Number.POSITIVE_INFINITY;
  for (let column = 1; column < width; column++) costs[column] = column;
  for (const [index, letter] of letters.entries()) {
    const row = index + 1;
    const omitted = RENDERINGS.get(letter)?.has("_") === true ? PASSED_OVER : 1;
    for (let column = 0; column < width; column++) {
      const own = seen[column - 1] ?? "";
      const pair = (seen[column - 2] ?? "") + own;
      const isPair = column >= 2 && PAIRS.get(letter)?.has(pair) === true;
      costs[row * width + column] = Math.min(
        at(row - 1, column) + omitted,
        column < 1 ? Number.POSITIVE_INFINITY : at(row, column - 1) + 1,
        column < 1 ? Number.POSITIVE_INFINITY : at(row - 1, column - 1) + costOf(letter, own),
        isPair ? at(row - 1, column - 2) : Number.POSITIVE_INFINITY,
      );
    }
  }
  return at(letters.length, seen.length);
}

/** Returns the share of a Cyrillic text's letters that none of some readings in Latin letters bears out, 0-1 and more. Pure. */
export function unwitnessedShare(cyrillic: string, readings: readonly string[]): number {
  const letters = lettersOf(cyrillic).length;
  if (letters === 0) return 1;
  return Math.min(...readings.map((latin) => countUnwitnessed(cyrillic, latin))) / letters;
}

/** What a word may lack of being borne out: two letters that readers pass over, and none that is another. */
const MOST_UNWITNESSED = 0.5;

/** Returns whether for each word of a Cyrillic text one of some readings in Latin letters shows just its letters. Pure. */
export function isWitnessedByWord(words: readonly string[], readings: readonly string[]): boolean {
  if (readings.some((latin) => countUnwitnessed(words.join(" "), latin) <= MOST_UNWITNESSED)) return true;
  const parted = readings.map((latin) => latin.split(/\s+/)).filter((seen) => seen.length === words.length);
  return words.every((word, index) => parted.some((seen) => countUnwitnessed(word, seen[index] ?? "") <= MOST_UNWITNESSED));
}

/** The next name of the list must fit what was seen worse by this many letters. */
const MIN_MARGIN = 1;

/** Returns whether the readings in Latin letters bear out no other name of the content's list nearly as well. Pure. */
export function isOnlyWitnessed(content: TextContent, name: string, readings: readonly string[]): boolean {
  const missing = (text: string): number => Math.min(...readings.map((latin) => countUnwitnessed(text, latin)));
  const own = missing(name) + MIN_MARGIN;
  const key = name.toLowerCase();
  return cyrillicNamesOf(content).every((other) => other.toLowerCase() === key || missing(other) >= own);
}
