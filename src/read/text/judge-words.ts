import type { TextContent } from "../../model/field.ts";
import { toSharedKey, withPlainPunctuation } from "./compare-keys.ts";
import { type Doubt, joinLines, type LineReadings, type TextVerdict, type ZoneText } from "./line-readings.ts";
import { hasPlausibleSpaces, hasUnexplainedMarks } from "./line-shape.ts";
import { findInNames, findListed, type ListedText, withKnownSpellings } from "./listed-text.ts";
import { isNameWithUnreadableLetter } from "./lists/lexicon.ts";
import { putLettersRight } from "./put-letters-right.ts";
import { TEXT_THRESHOLDS } from "./thresholds.ts";

/** What is known beside the zone's own ink. */
export interface WordContext {
  /** Language of the form: on a Russian form the text may be Cyrillic, which neither reader knows. */
  readonly formLanguage: string | null;
  /** Names of the units that send forms; empty when none are configured. */
  readonly senderUnits: readonly string[];
}

/** Decides about words: names, list entries and free text. Pure. */
export function judgeWords(content: TextContent, lines: readonly LineReadings[], context: WordContext): TextVerdict {
  const words = cleaned(joinLines(lines.map((line) => line.words)));
  const shapes = cleaned(joinLines(lines.map((line) => line.shapes)));
  const listed = judgeListed(content, words, shapes, context);
  if (listed !== null) return listed;
  return judgeAgreement(content, words, shapes, lines, context);
}

function cleaned(text: ZoneText): ZoneText {
  return { ...text, text: putLettersRight(withPlainPunctuation(text.text)) };
}

/** Both readers show the same entry of the content's list, at least one of them without a changed letter. */
function judgeListed(content: TextContent, words: ZoneText, shapes: ZoneText, context: WordContext): TextVerdict | null {
  const find = (text: string): ListedText | null =>
    content === "unit" ? findInNames(context.senderUnits, text) : findListed(content, text);
  const fromWords = find(words.text);
  const fromShapes = find(shapes.text);
  const best = fromWords ?? fromShapes;
  if (best === null) return null;
  const { listedShapes, listedWords } = TEXT_THRESHOLDS[content];
  const agree = fromWords !== null && fromShapes !== null && toSharedKey(fromWords.text) === toSharedKey(fromShapes.text);
  const isSame = toSharedKey(words.text) === toSharedKey(shapes.text);
  const isLiteral = best.distance === 0;
  const isProved =
    agree &&
    Math.min(fromWords.distance, fromShapes.distance) === 0 &&
    (!isSame || isLiteral) &&
    shapes.confidence >= listedShapes &&
    words.confidence >= listedWords;
  return {
    value: best.text,
    isProved,
    evidence: agree ? ["codeList", "twoReaders"] : ["codeList"],
    confidence: isProved ? 0.995 : 0.5 + 0.3 * Math.max(words.confidence, shapes.confidence),
  };
}

/** Both readers spell the same letters; accents, spaces and foreign letters are checked against the ink and the lexicon. */
function judgeAgreement(
  content: TextContent,
  words: ZoneText,
  shapes: ZoneText,
  lines: readonly LineReadings[],
  context: WordContext,
): TextVerdict {
  const known = withKnownSpellings(words.text);
  const isSame = words.text !== "" && toSharedKey(words.text) === toSharedKey(shapes.text);
  if (!isSame) {
    const value = words.confidence >= shapes.confidence || shapes.text === "" ? known.text : shapes.text;
    return { value, isProved: false, evidence: [], confidence: 0.4 * Math.max(words.confidence, shapes.confidence) };
  }
  const thresholds = TEXT_THRESHOLDS[content];
  const isSure = known.isKnown
    ? shapes.confidence >= thresholds.listedShapes && words.confidence >= thresholds.listedWords
    : shapes.confidence >= thresholds.agreeShapes && words.confidence >= thresholds.agreeWords;
  const doubts = findDoubts(content, known.text, known.isKnown, lines, context);
  const isProved = isSure && doubts.length === 0;
  return {
    value: known.text,
    isProved,
    evidence: known.isKnown ? ["codeList", "twoReaders"] : ["twoReaders"],
    confidence: isProved ? 0.985 : 0.5 + 0.4 * Math.min(words.confidence, shapes.confidence),
    doubts,
  };
}

/** Lists why two equal readings may both be wrong. Pure. */
export function findDoubts(
  content: TextContent,
  text: string,
  isKnown: boolean,
  lines: readonly LineReadings[],
  context: WordContext,
): Doubt[] {
  const doubts: Doubt[] = [];
  if (content === "name" && /\d/.test(text)) doubts.push("digits");
  if (/[|\\~^_{}[\]<>=*#$%]/.test(text)) doubts.push("signs");
  if (/\p{Ll}\p{Lu}/u.test(text)) doubts.push("letterCase");
  if (text.length < 2) doubts.push("short");
  if (!lines.every((line) => hasPlausibleSpaces(line.words.text, line.shape))) doubts.push("spaces");
  const hasMarks = lines.some((line) => hasUnexplainedMarks(line.words.text, line.shape));
  if (hasMarks && !isKnown) doubts.push("marks");
  if (!isKnown && /å/i.test(text)) doubts.push("accents");
  if (content === "name" && text.split(/[\s-]/).some((word) => isNameWithUnreadableLetter(word))) doubts.push("accents");
  if (context.formLanguage === "ru" && !isKnown && !isLatinOnly(text)) doubts.push("foreignScript");
  return doubts;
}

/** Letters that no Cyrillic letter looks like; a Latin word holds several of them. */
const LATIN_ONLY = /[DFGJLQSVWZdfgjlqstvwz]/g;

function isLatinOnly(text: string): boolean {
  const letters = text.replace(/[^\p{L}]/gu, "").length;
  return (text.match(LATIN_ONLY)?.length ?? 0) >= Math.max(1, letters / 6);
}
