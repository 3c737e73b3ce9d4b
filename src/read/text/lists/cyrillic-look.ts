import { COUNTRY_NAMES } from "../../../model/codes/countries.ts";
import { EDUCATION_LEVEL_NAMES } from "../../../model/codes/education-levels.ts";
import { LANGUAGE_NAMES } from "../../../model/codes/languages.ts";
import { editDistance } from "../../../model/codes/name-index.ts";
import { OCCUPATION_TABLE } from "../../../model/codes/occupation-table.ts";
import type { TextContent } from "../../../model/field.ts";

/**
 * As what readers of Latin letters see each Cyrillic letter. Several letters that look alike share one sign, on both sides:
 * и, й, п, л and ц become n, as do the u, v and n that the readers make of them.
 */
const LOOKS = new Map(
  `аa б6 вb гr дa еe ёe жx з3 иn йn кk лn мm нh оo пn рp сc тt уy фo хx цn ч4 шw щw ъb ыbl ьb э3 юlo яr
   un vn in da qa 0o sc jn 1l |l z3 ga`
    .split(/\s+/)
    .map((pair) => [pair.slice(0, 1), pair.slice(1)] as const),
);

/** Returns what a text looks like, Cyrillic and Latin letters alike. Pure. */
export function toLook(text: string): string {
  return [...text.toLowerCase().normalize("NFC")]
    .map((char) => LOOKS.get(char) ?? char)
    .join("")
    .replace(/[^a-z0-9]/g, "");
}

const isCyrillic = (name: string): boolean => /^[\p{Script=Cyrillic}\s()-]+$/u.test(name);
const looksOf = (names: readonly string[]): readonly { readonly name: string; readonly look: string }[] =>
  [...new Set(names.filter(isCyrillic))].map((name) => ({ name, look: toLook(name) }));

const LISTS: Partial<Record<TextContent, ReturnType<typeof looksOf>>> = {
  country: looksOf(COUNTRY_NAMES),
  language: looksOf(LANGUAGE_NAMES),
  educationLevel: looksOf(EDUCATION_LEVEL_NAMES),
  occupation: looksOf(OCCUPATION_TABLE.split(/[|,\n]/).map((name) => name.trim())),
};

/** Share of a name's signs that may differ from what was read. */
const MAX_DIFFERENCE = 0.34;
/** The second best name lies at least this much further away. */
const MIN_MARGIN = 1;

/** Returns the Cyrillic names of a content's list; empty when the content has none. Pure. */
export function cyrillicNamesOf(content: TextContent): readonly string[] {
  return (LISTS[content] ?? []).map(({ name }) => name);
}

const WORDS = new Set(
  Object.values(LISTS).flatMap((names) => names.flatMap(({ name }) => name.toLowerCase().match(/\p{Script=Cyrillic}{5,}/gu) ?? [])),
);

/** Returns whether a text holds a word that is one letter off a word of the lists and none of them: it was rather misread. Pure. */
export function isNearCyrillicWord(text: string): boolean {
  const words = text.toLowerCase().match(/\p{Script=Cyrillic}{4,}/gu) ?? [];
  return words.some((word) => !WORDS.has(word) && [...WORDS].some((known) => editDistance(word, known, 1) <= 1));
}

/**
 * Returns the Cyrillic name of a list that readers of Latin letters must have had before them, or null when none or several fit.
 *
 * Pure. A guess for a person to confirm: the readings share their look, not their letters.
 */
export function findCyrillicName(content: TextContent, readings: readonly string[]): string | null {
  const looks = readings.map(toLook).filter((look) => look.length >= 3);
  const ranked = (LISTS[content] ?? [])
    .map(({ name, look }) => ({ name, share: Math.min(...looks.map((read) => editDistance(read, look))) / look.length, look }))
    .filter(({ share }) => share <= MAX_DIFFERENCE)
    .toSorted((a, b) => a.share - b.share);
  const [best, second] = ranked;
  if (looks.length === 0 || best === undefined) return null;
  const margin = second === undefined ? MIN_MARGIN : (second.share - best.share) * best.look.length;
  return margin >= MIN_MARGIN ? best.name : null;
}

/** Letters that no Cyrillic letter looks like; a Latin word holds several of them. */
const LATIN_ONLY = /[DFGJLQSVWZdfgjlqstvwz]/g;

/** Returns whether a text holds enough letters that no Cyrillic one looks like. Pure. */
export function isLatinOnly(text: string): boolean {
  const letters = text.replace(/[^\p{L}]/gu, "").length;
  return (text.match(LATIN_ONLY)?.length ?? 0) >= Math.max(1, letters / 6);
}
