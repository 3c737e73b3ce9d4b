import { matchCountry } from "../../model/codes/countries.ts";
import { matchEducationLevel } from "../../model/codes/education-levels.ts";
import { matchLanguage } from "../../model/codes/languages.ts";
import { buildNameIndex, editDistance, matchName, type NameMatch, toNameKey } from "../../model/codes/name-index.ts";
import { matchOccupation } from "../../model/codes/occupations.ts";
import { parsePermitGround } from "../../model/codes/permits.ts";
import { matchMunicipality, matchPostOffice } from "../../model/codes/places.ts";
import type { TextContent } from "../../model/field.ts";
import { withoutAccents } from "./compare-keys.ts";
import { isBirthPlace, knownSpellings } from "./lists/lexicon.ts";

/** A text whose every part stands in a code list or the lexicon, in the list's spelling. */
export interface ListedText {
  /** The text with the lists' accents, in the letter case that was written. */
  readonly text: string;
  /** Letters that had to be changed beyond accents. */
  readonly distance: number;
  /** How many letters further the nearest other entry lies; with one letter between them a single reader proves nothing. */
  readonly margin: number;
}

type PartMatcher = (part: string, index: number) => NameMatch | null;

/** Fewer letters than this leave no room for a changed one. */
const MIN_REPAIR_LENGTH = 5;
/** A name is only put right when every other name of the list lies at least this much further away. */
const MIN_REPAIR_MARGIN = 2;

const exactly = (text: string, isKnown: boolean): NameMatch | null =>
  isKnown ? { code: text, name: text, isExact: true, distance: 0, margin: MIN_REPAIR_MARGIN } : null;

const MATCHERS: Partial<Record<TextContent, PartMatcher>> = {
  country: (part, index) => (index === 0 ? matchCountry(part) : exactly(part, isBirthPlace(part))),
  language: (part) => matchLanguage(part),
  municipality: (part) => matchMunicipality(part),
  postOffice: (part) => matchPostOffice(part),
  educationLevel: (part) => matchEducationLevel(part),
  occupation: (part) => matchOccupation(part),
};

/** Contents whose commas part several things; in the others a comma belongs to the name. */
const HAS_PARTS = new Set<TextContent>(["country", "municipality", "occupation"]);

/** A comma whose tail is lost looks like a full stop; behind a whole word there is none before another. */
const FULL_STOP_FOR_COMMA = /(?<=\p{L}{4})\.(?=\s*\p{Lu})/gu;

/**
 * Returns the listed text that a reading shows, if each of its parts is in the content's list, exactly or with accents or at
 * most one letter put right; null otherwise.
 *
 * Pure. A letter is put right only in words of five letters or more to which no other entry of the list is near.
 */
export function findListed(content: TextContent, text: string): ListedText | null {
  if (content === "permitGround") {
    const ground = parsePermitGround(text);
    return ground === null ? null : { text, distance: 0, margin: MIN_REPAIR_MARGIN };
  }
  const matcher = MATCHERS[content];
  if (matcher === undefined) return null;
  const whole = repaired(text, matcher(text, 0));
  if (whole !== null) return whole;
  if (!HAS_PARTS.has(content)) return null;
  const parts = text
    .replace(FULL_STOP_FOR_COMMA, ",")
    .split(",")
    .map((part) => part.trim());
  if (parts.length < 2) return null;
  const listed: ListedText[] = [];
  for (const [index, part] of parts.entries()) {
    const match = repaired(part, matcher(part, index));
    if (match === null) return null;
    listed.push(match);
  }
  const distance = listed.reduce((sum, part) => sum + part.distance, 0);
  return { text: listed.map((part) => part.text).join(", "), distance, margin: Math.min(...listed.map(({ margin }) => margin)) };
}

function repaired(written: string, match: NameMatch | null): ListedText | null {
  if (match === null) return null;
  if (match.isExact) return { text: withoutRim(written), distance: 0, margin: match.margin };
  const distance = editDistance(withoutAccents(toNameKey(written)), withoutAccents(toNameKey(match.name)));
  const limit = written.length >= MIN_REPAIR_LENGTH && match.margin >= MIN_REPAIR_MARGIN ? 1 : 0;
  if (distance > limit) return null;
  return { text: inWrittenCase(match.name, written), distance, margin: match.margin };
}

/** Signs around a listed name are no part of it. */
function withoutRim(text: string): string {
  return text.replace(/^[\s.,;:|]+|[\s.,;:|]+$/g, "");
}

/** Writes a list's name the way the person did: all capitals, all small, or a capital first. Pure. */
function inWrittenCase(name: string, written: string): string {
  if (written === written.toUpperCase()) return name.toUpperCase();
  if (written === written.toLowerCase()) return name.toLowerCase();
  const [first = ""] = written;
  return (first === first.toUpperCase() ? name[0]?.toUpperCase() : name[0]?.toLowerCase()) + name.slice(1);
}

/** Words of a text with what the lexicon knows of them. */
export interface KnownText {
  /** The text with the lexicon's accents where the letters fit just one known word. */
  readonly text: string;
  /** True when every word of two letters or more is known in just this spelling. */
  readonly isKnown: boolean;
}

/** Gives the words of a text their known accents. Pure. */
export function withKnownSpellings(text: string): KnownText {
  let isKnown = /\p{L}{2}/u.test(text);
  const spelled = text.replace(/[\p{L}][\p{L}\p{M}'-]*/gu, (word) => {
    if (word.length < 2) return word;
    const known = knownSpellings(word);
    if (known.includes(word.toLowerCase())) {
      if (known.length > 1) isKnown = false;
      return word;
    }
    const [only] = known;
    if (only !== undefined && known.length === 1) return inWrittenCase(only, word);
    isKnown = false;
    return word;
  });
  return { text: spelled, isKnown };
}

/** Returns the entry of a configured list (sending units) that a text shows; one changed letter in ten is forgiven. Pure. */
export function findInNames(names: readonly string[], text: string): ListedText | null {
  const match = matchName(buildNameIndex(names.map((name) => ({ code: name, names: [name] }))), text);
  if (match === null) return null;
  const distance = editDistance(withoutAccents(toNameKey(text)), withoutAccents(toNameKey(match.name)));
  if (distance > Math.floor(text.length / 10) || match.margin < MIN_REPAIR_MARGIN) return null;
  return { text: match.name, distance, margin: match.margin };
}
