import type { TextContent } from "../../model/field.ts";
import { hasFullStopInside, toSharedKey, withPlainPunctuation } from "./compare-keys.ts";
import { joinLines, type LineReadings, type TextVerdict } from "./line-readings.ts";
import { hasPlausibleSpaces } from "./line-shape.ts";
import { findListed } from "./listed-text.ts";
import { isLatinOnly, isNearCyrillicWord } from "./lists/cyrillic-look.ts";
import { isOnlyWitnessed, isWitnessedByWord, unwitnessedShare } from "./lists/cyrillic-witness.ts";
import type { RecognisedWord } from "./ports.ts";
import { SINGLE_READER } from "./thresholds.ts";

/**
 * When a Cyrillic reading is believed. Of 171 lines of generated forms in 20 typefaces whose least sure word had 0.9 and more one was
 * wrong, of 21 from 0.8 to 0.9 five, of 49 below 32. Share = letters that the readers of Latin letters do not bear out: 0 to 0.2 in lines that
 * were right.
 */
const CYRILLIC = { sureWord: 0.9, plausibleWord: 0.4, listedShare: 0.34, agreedShare: 0.25, plausibleShare: 0.5, sureLatin: 0.8 } as const;

/** Contents that hold nothing but names of their list. */
const COMPLETE_LISTS = new Set<TextContent>(["country", "language", "educationLevel"]);

/** A word, or several joined by a hyphen, in brackets or with a sign behind it. */
const CYRILLIC_WORD = /^[("«]?\p{Script=Cyrillic}+(?:-\p{Script=Cyrillic}+)*[)"».,;:]*$/u;
/** A language level, which is written in Latin letters in every language. */
const LEVEL = /^[ABC][12](?:\.[1-9])?[,.;]?$/;

/** The same as the reader of Cyrillic letters sees it. */
const CYRILLIC_LEVEL = /^[АВС][12\dа-я]?[.,;]?$/u;
const CYRILLIC_TEXT = /^[\p{Script=Cyrillic}\s,()-]+$/u;
/** One letter by itself that is no word. */
const LONE_LETTER = /(?<![^\s,.;])[^\d\sаивкосуяАИВКОСУЯ](?=[\s,.;]|$)/u;
/** Names of a list that lie this many letters apart are not mistaken for each other. */
const MIN_MARGIN = 2;

/** Digits, a date or a time: they are read the same in every alphabet. */
const NUMBER = /^\d{2,}[\d.:,/-]*$/;

/** What the readers saw of a zone. */
interface ZoneWords {
  readonly cyrillic: readonly RecognisedWord[];
  /** The two readers of Latin letters. */
  readonly latin: readonly [words: string, shapes: string];
  /** Of the less sure of the two. */
  readonly latinConfidence: number;
}

/**
 * Decides about words that may be in Cyrillic letters; null when no reader of those letters was asked or the writing is Latin.
 *
 * Pure. Accepted only where the readers of Latin letters saw what such Cyrillic letters look like to them.
 */
export function judgeCyrillic(content: TextContent, lines: readonly LineReadings[]): TextVerdict | null {
  const zone = zoneWordsOf(lines);
  if (zone === null || isLatin(zone)) return null;
  const verdict = (content === "country" ? judgePlace(zone) : null) ?? judgeListed(content, zone) ?? judgeText(content, zone, lines);
  if (verdict === null) return null;
  return hasUnreadMarks(verdict.value, lines) || !verdict.isProved ? { ...verdict, isProved: false, doubts: ["foreignScript"] } : verdict;
}

function zoneWordsOf(lines: readonly LineReadings[]): ZoneWords | null {
  if (lines.length === 0 || lines.some(({ cyrillic }) => cyrillic?.words === undefined)) return null;
  const cyrillic = lines.flatMap((line) => line.cyrillic?.words ?? []);
  const [words, shapes] = [joinLines(lines.map((line) => line.words)), joinLines(lines.map((line) => line.shapes))];
  const latin = [withPlainPunctuation(words.text), withPlainPunctuation(shapes.text)] as const;
  return { cyrillic, latin, latinConfidence: Math.min(words.confidence, shapes.confidence) };
}

/** Both readers of Latin letters see the same, surely or with letters that no Cyrillic one looks like, and their reader is unsure. */
function isLatin({ cyrillic, latin: [words, shapes], latinConfidence }: ZoneWords): boolean {
  const isSeenAlike = toSharedKey(words) === toSharedKey(shapes) && leastSure(cyrillic) < CYRILLIC.sureWord;
  return isSeenAlike && (isLatinOnly(words) || latinConfidence >= CYRILLIC.sureLatin);
}

const joined = (words: readonly { readonly text: string }[]): string => words.map(({ text }) => text).join(" ");
const leastSure = (words: readonly RecognisedWord[]): number => Math.min(...words.map(({ confidence }) => confidence));
const withoutRim = (text: string): string => text.replace(/^[\s.,;:|‘'"_-]+|[\s.,;:|‘'"_-]+$/g, "");

/** The list's name in Cyrillic letters, which the look of the letters bears out and no other name's. */
function judgeListed(content: TextContent, { cyrillic, latin }: Omit<ZoneWords, "latinConfidence">): TextVerdict | null {
  const text = withoutRim(joined(cyrillic));
  const share = unwitnessedShare(text, latin);
  if (!CYRILLIC_TEXT.test(text) || share > CYRILLIC.listedShare) return null;
  const listed = findListed(content, text);
  if (listed === null) return null;
  const sure = leastSure(cyrillic);
  const isDistinct = listed.margin >= MIN_MARGIN || sure >= SINGLE_READER.nearNeighbour;
  const isSure = listed.distance === 0 && sure >= SINGLE_READER.words && isDistinct;
  const isProved = isSure && isOnlyWitnessed(content, listed.text, latin);
  return {
    value: listed.text,
    isProved,
    evidence: isProved ? ["codeList", "twoReaders"] : ["codeList"],
    confidence: isProved ? 0.99 : 0.6,
  };
}

/** A country in Cyrillic letters with a place in Latin ones behind its comma. */
function judgePlace({ cyrillic, latin }: ZoneWords): TextVerdict | null {
  const last = cyrillic.findIndex(({ text }) => text.endsWith(","));
  if (last < 0) return null;
  const parts = latin.map((text) => [text.split(",")[0] ?? "", text.split(",").slice(1).join(",").trim()] as const);
  if (parts.some(([, place]) => place === "")) return null;
  const heads: [string, string] = [parts[0]?.[0] ?? "", parts[1]?.[0] ?? ""];
  const country = judgeListed("country", { cyrillic: cyrillic.slice(0, last + 1), latin: heads });
  if (country === null) return null;
  const [words = null, shapes = null] = parts.map(([, place]) => findListed("country", `${country.value}, ${place}`));
  const isSame = words !== null && shapes !== null && toSharedKey(words.text) === toSharedKey(shapes.text);
  const isProved = country.isProved && isSame && words.distance + shapes.distance === 0;
  const value = (words ?? shapes)?.text ?? `${country.value}, ${parts[1]?.[1] ?? ""}`;
  return { value, isProved, evidence: isProved ? ["codeList", "twoReaders"] : ["codeList"], confidence: isProved ? 0.99 : 0.6 };
}

/** Free text, or a name that no list has. */
function judgeText(content: TextContent, zone: ZoneWords, lines: readonly LineReadings[]): TextVerdict | null {
  const words = withLatinWords(zone);
  const text = joined(words);
  const cyrillic = words.filter((word) => word.isCyrillic);
  const bare = zone.latin.map((seen) => latinWordsOf(seen).others.join(" "));
  const share = unwitnessedShare(joined(cyrillic), bare);
  const isPlausible = cyrillic.length > 0 && share <= CYRILLIC.plausibleShare && leastSure(cyrillic) >= CYRILLIC.plausibleWord;
  if (!isPlausible) return null;
  // The reader of shapes was trained quite apart; the other one shares its eyes with the reader of Cyrillic letters.
  const isShaped = unwitnessedShare(joined(cyrillic), bare.slice(1)) <= CYRILLIC.agreedShare;
  const isBorneOut =
    isShaped &&
    isWitnessedByWord(
      cyrillic.map((word) => word.text),
      bare,
    ) &&
    !isNearCyrillicWord(text);
  const isSpaced = lines.every((line) => hasPlausibleSpaces(line.cyrillic?.text ?? "", line.shape));
  const isSure = isBorneOut && words.every(({ isProved }) => isProved) && !COMPLETE_LISTS.has(content);
  const isProved = isSure && isSpaced && !LONE_LETTER.test(text) && !hasFullStopInside(text);
  return { value: text, isProved, evidence: isSure ? ["twoReaders"] : [], confidence: isProved ? 0.985 : 0.5 };
}

/** One word of a text with what it is. */
interface JudgedWord extends RecognisedWord {
  readonly isProved: boolean;
  readonly isCyrillic: boolean;
}

/** Parts what a reader of Latin letters saw into language levels and numbers, which it reads right, and the rest. */
function latinWordsOf(text: string): { readonly plain: readonly string[]; readonly others: readonly string[] } {
  const words = text.split(/\s+/);
  const isPlain = (word: string): boolean => LEVEL.test(word) || NUMBER.test(word);
  return { plain: words.filter(isPlain), others: words.filter((word) => !isPlain(word)) };
}

/** Puts language levels and numbers in, as both readers of Latin letters saw them; they are proved when the three count the same. */
function withLatinWords({ cyrillic, latin }: ZoneWords): readonly JudgedWord[] {
  const [words = [], shapes = []] = latin.map((text) => latinWordsOf(text).plain);
  const isOpen = ({ text }: RecognisedWord): boolean => !CYRILLIC_WORD.test(text) || CYRILLIC_LEVEL.test(text);
  const open = cyrillic.filter(isOpen);
  const isCounted = words.length === open.length && shapes.length === open.length;
  return cyrillic.map((word) => {
    if (!isOpen(word)) return { ...word, isCyrillic: true, isProved: isCounted && word.confidence >= CYRILLIC.sureWord };
    const at = open.indexOf(word);
    const [own, other] = [words[at], shapes[at]];
    const isSame = own !== undefined && other !== undefined && withoutRim(own) === withoutRim(other);
    return { ...word, text: isCounted ? (own ?? word.text) : word.text, isCyrillic: false, isProved: isCounted && isSame };
  });
}

/** Marks above the line that the breve of й and the dots of ё do not explain: a е was ё, or an и was й. */
function hasUnreadMarks(text: string, lines: readonly LineReadings[]): boolean {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const most = count(/[йЙijå:;?!%"«»]/g) + 2 * count(/[ёЁäöü:;?!%"]/g);
  return lines.reduce((sum, { shape }) => sum + shape.marksAbove, 0) > most;
}
