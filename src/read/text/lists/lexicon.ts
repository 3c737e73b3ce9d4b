import { LANGUAGE_NAMES } from "../../../model/codes/languages.ts";
import { toNameKey } from "../../../model/codes/name-index.ts";
import { OCCUPATION_TABLE } from "../../../model/codes/occupation-table.ts";
import { MUNICIPALITY_NAMES } from "../../../model/codes/places.ts";
import { withoutAccents } from "../compare-keys.ts";
import { PHRASE_WORDS } from "./lexicon-table.ts";
import { ACCENTED_NAMES, ACCENTED_TAILS, BIRTH_PLACES, UNREADABLE_NAMES } from "./place-table.ts";

const WORD = /[\p{L}][\p{L}\p{M}'-]*/gu;

function wordsOf(text: string): string[] {
  return [...text.normalize("NFC").matchAll(WORD)].map(([word]) => word);
}

/** Words by their letters without accents: the spellings that are known. */
const spellings = new Map<string, Set<string>>();
for (const word of wordsOf(
  [PHRASE_WORDS, BIRTH_PLACES, ACCENTED_NAMES, OCCUPATION_TABLE, ...LANGUAGE_NAMES, ...MUNICIPALITY_NAMES].join("\n"),
)) {
  const known = word.toLowerCase();
  const plain = withoutAccents(known);
  const variants = spellings.get(plain) ?? new Set<string>();
  variants.add(known);
  spellings.set(plain, variants);
}

const unreadable = new Set(wordsOf(UNREADABLE_NAMES).map((name) => withoutAccents(name.toLowerCase())));

const withCedilla = new Set(
  wordsOf(UNREADABLE_NAMES)
    .map((name) => name.toLowerCase())
    .filter((name) => /[şţ]/.test(name))
    .map((name) => withoutAccents(name)),
);

const places = new Set(
  BIRTH_PLACES.split(/[,\n]/)
    .map((name) => toNameKey(name))
    .filter((name) => name !== ""),
);

/** Returns the spellings (lower case) that are known for a word's letters, accents apart; empty for an unknown word. Pure. */
export function knownSpellings(word: string): readonly string[] {
  return [...(spellings.get(withoutAccents(word.toLowerCase())) ?? [])];
}

/** Returns whether the text names a known town. Pure. */
export function isBirthPlace(text: string): boolean {
  return places.has(toNameKey(text));
}

/** Returns whether a name is usually spelled with a letter that the readers cannot see (ş, ı, ğ, ê …). Pure. */
export function isNameWithUnreadableLetter(word: string): boolean {
  return unreadable.has(withoutAccents(word.toLowerCase()));
}

/** Returns whether a name is usually spelled with ş or ţ: a cedilla melts into its letter, and on a pale scan it fades first. Pure. */
export function isNameWithCedilla(word: string): boolean {
  return withCedilla.has(withoutAccents(word.toLowerCase()));
}

/** Words shorter than this have neighbours by chance; the last letters change with a word's case. */
const NEAR = { leastLetters: 6, endLetters: 2 } as const;

const wordsByLength = Map.groupBy(spellings.keys(), (word) => word.length);

function differsInOneLetter(word: string, known: string): boolean {
  let at = -1;
  for (let index = 0; index < word.length; index++) {
    if (word[index] === known[index]) continue;
    if (at >= 0) return false;
    at = index;
  }
  return at >= 0 && at < word.length - NEAR.endLetters;
}

/**
 * Returns whether a word is unknown but a known word has just one other letter in its stem: it was rather misread. Pure.
 *
 * "Vastaanottakeskus" is "vastaanottokeskus" of which both readers took an o for an a.
 */
export function isNearKnownWord(word: string): boolean {
  const key = withoutAccents(word.toLowerCase());
  if (key.length < NEAR.leastLetters || spellings.has(key)) return false;
  return (wordsByLength.get(key.length) ?? []).some((known) => differsInOneLetter(key, known));
}

const accentedTails = wordsOf(ACCENTED_TAILS).map((tail) => tail.toLowerCase());

/** Returns whether a compound ends like a common one, but without its accents: "Skogsvagen". Pure. */
export function lacksAccentAtEnd(word: string): boolean {
  const lower = word.toLowerCase();
  return accentedTails.some((tail) => lower.endsWith(withoutAccents(tail)) && !lower.endsWith(tail));
}
