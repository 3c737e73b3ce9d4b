import { editDistance } from "../../model/codes/name-index.ts";

/** What a page says about whose it is. Everything is optional: most pages say little. */
export interface PersonHints {
  /** Personal identity codes, upper case. */
  readonly identityCodes?: readonly string[];
  /** Numbers of the residence-permit card. */
  readonly cardNumbers?: readonly string[];
  readonly birthDate?: string;
  readonly surname?: string;
  readonly givenNames?: string;
  /** The person's names on a form page as they were read, however badly: they join pages that have no other partner. */
  readonly looseName?: string;
  /** Text of an attachment in which a name may stand. */
  readonly text?: string;
}

/** How two sets of hints stand to each other. */
export type HintRelation = "same" | "different" | "unknown";

/** Returns whether two pages' hints name one person. Pure. An identity code decides; else birth date and name together. */
export function relateHints(a: PersonHints, b: PersonHints): HintRelation {
  const numbers = relateLists(a.identityCodes, b.identityCodes);
  if (numbers !== "unknown") return numbers;
  if (relateLists(a.cardNumbers, b.cardNumbers) === "same") return "same";
  const names = relateNames(a, b);
  if (a.birthDate !== undefined && b.birthDate !== undefined) {
    if (a.birthDate !== b.birthDate) return names === "same" ? "unknown" : "different";
    return names === "different" ? "unknown" : "same";
  }
  if (names !== "unknown") return names;
  return isNamedIn(a, b.text) || isNamedIn(b, a.text) ? "same" : "unknown";
}

function relateLists(a: readonly string[] | undefined, b: readonly string[] | undefined): HintRelation {
  if (a === undefined || b === undefined || a.length === 0 || b.length === 0) return "unknown";
  return a.some((value) => b.includes(value)) ? "same" : "different";
}

function relateNames(a: PersonHints, b: PersonHints): HintRelation {
  const [first, second] = [namesOf(a), namesOf(b)];
  if (first.length < 2 || second.length < 2) return "unknown";
  const shorter = first.length <= second.length ? first : second;
  const longer = shorter === first ? second : first;
  const shared = shorter.filter((name) => longer.some((other) => isNearly(name, other))).length;
  if (shared >= 2) return "same";
  return shared === 0 ? "different" : "unknown";
}

/** Returns the folded names of a person: surnames and given names alike, for either may be written in the other's place. */
function namesOf({ surname = "", givenNames = "" }: PersonHints): string[] {
  return `${surname} ${givenNames}`
    .split(/[\s\-<]+/)
    .map(fold)
    .filter((name) => name.length >= 2);
}

function isNamedIn(person: PersonHints, text: string | undefined): boolean {
  if (text === undefined) return false;
  const names = namesOf(person).filter((name) => name.length >= 3);
  if (names.length < 2) return false;
  const words = text.split(/[^\p{L}]+/u).map(fold);
  return names.filter((name) => words.some((word) => isNearly(name, word))).length >= 2;
}

function fold(text: string): string {
  return text
    .toUpperCase()
    .normalize("NFD")
    .replaceAll(/[^A-Z0-9]/g, "");
}

/** One misread letter in six or more is still the same name. */
function isNearly(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.min(a.length, b.length) < 6 || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const restA = a.slice(start);
  const restB = b.slice(start);
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}

/** Letters of a name that may be misread, by its length: of "Noorzai" one, of "Okafor" one, of "Al-Jubouri" two. */
const misreadLetters = (length: number): number => (length >= 8 ? 2 : length >= 4 ? 1 : 0);

/** A word of which more than this share of letters differs from every other is another name, however badly both were read. */
const FOREIGN_SHARE = 0.6;

/**
 * Returns how two badly read names stand to each other: "same" when each word of the shorter one, two at least, stands in the other with
 * few letters misread, "different" when no word of it is like any of the other. A lead to follow where nothing else speaks, no proof.
 *
 * Pure.
 */
export function relateLooseNames({ looseName: a = "" }: PersonHints, { looseName: b = "" }: PersonHints): HintRelation {
  const [shorter = [], longer = []] = [wordsOf(a), wordsOf(b)].toSorted((one, other) => one.length - other.length);
  if (shorter.length < 2) return "unknown";
  const open = [...longer];
  const isSame = shorter.every((word) => {
    const at = open.findIndex((other) => editDistance(word, other) <= misreadLetters(Math.min(word.length, other.length)));
    if (at >= 0) open.splice(at, 1);
    return at >= 0;
  });
  if (isSame) return "same";
  const isForeign = (word: string): boolean =>
    longer.every((other) => editDistance(word, other) > FOREIGN_SHARE * Math.max(word.length, other.length));
  return shorter.every(isForeign) ? "different" : "unknown";
}

function wordsOf(name: string): string[] {
  return name
    .split(/[^\p{L}\p{M}]+/u)
    .map(fold)
    .filter((word) => word.length >= 2);
}

/** Returns the hints of both. Pure. */
export function joinHints(a: PersonHints, b: PersonHints): PersonHints {
  return {
    ...b,
    ...a,
    identityCodes: [...new Set([...(a.identityCodes ?? []), ...(b.identityCodes ?? [])])],
    cardNumbers: [...new Set([...(a.cardNumbers ?? []), ...(b.cardNumbers ?? [])])],
  };
}
