import { countryNamesIn } from "../../model/codes/countries.ts";
import { editDistance } from "../../model/codes/name-index.ts";
import type { TextContent } from "../../model/field.ts";
import { hasFullStopInside, toSharedKey, toUndoubledKey, withPlainPunctuation } from "./compare-keys.ts";
import { judgeCyrillic } from "./judge-cyrillic.ts";
import { type Doubt, joinLines, type LineReadings, type TextVerdict, type ZoneText } from "./line-readings.ts";
import { compareMarks, hasPlausibleSpaces, hasUnexplainedTails, hasUnreadSpace, type LineShape, type MarkFit } from "./line-shape.ts";
import { findInNames, findListed, type KnownText, type ListedText, withKnownSpellings } from "./listed-text.ts";
import { findCyrillicName, isLatinOnly } from "./lists/cyrillic-look.ts";
import { isNameWithCedilla, isNameWithUnreadableLetter, isNearKnownWord, knownSpellings, lacksAccentAtEnd } from "./lists/lexicon.ts";
import { mergeLetterCase } from "./merge-letter-case.ts";
import { putLettersRight } from "./put-letters-right.ts";
import { SINGLE_READER, TEXT_THRESHOLDS } from "./thresholds.ts";

/** What is known beside the zone's own ink. */
export interface WordContext {
  /** Language of the form: on a Russian form the text may be Cyrillic, which the first two readers do not know. */
  readonly formLanguage: string | null;
  /** Names of the units that send forms; empty when none are configured. */
  readonly senderUnits: readonly string[];
}

/** Decides about words: names, list entries and free text. Pure. */
export function judgeWords(content: TextContent, lines: readonly LineReadings[], context: WordContext): TextVerdict {
  const shapes = cleaned(joinLines(lines.map((line) => line.shapes)));
  const first = cleaned(joinLines(lines.map((line) => line.words)));
  const words = { ...first, text: mergeLetterCase(first.text, shapes.text) };
  const listed = judgeListed(content, words, shapes, { ...context, lines });
  if (context.formLanguage === "ru" && listed?.isProved !== true) {
    const cyrillic = judgeCyrillic(content, lines) ?? guessCyrillic(content, [words.text, shapes.text]);
    if (cyrillic !== null) return cyrillic;
  }
  if (listed !== null) return listed;
  return judgeAgreement(content, words, shapes, lines, context);
}

/** A list's Cyrillic name that looks like what the readers of Latin letters saw: a guess for a person to confirm. */
function guessCyrillic(content: TextContent, readings: readonly string[]): TextVerdict | null {
  if (readings.some((text) => findListed(content, text)?.distance === 0)) return null;
  const heads = readings.map((text) => text.split(",")[0] ?? "");
  const name = findCyrillicName(content, heads);
  if (name === null) return null;
  const rest = (readings[0] ?? "").split(",").slice(1).join(",").trim();
  const capital = content === "country" || /^\p{Lu}/u.test(heads[0] ?? "") ? `${name[0]?.toUpperCase() ?? ""}${name.slice(1)}` : name;
  return {
    value: rest === "" ? capital : `${capital}, ${rest}`,
    isProved: false,
    evidence: ["codeList"],
    confidence: 0.55,
    doubts: ["foreignScript"],
  };
}

function cleaned(text: ZoneText): ZoneText {
  return { ...text, text: putLettersRight(withPlainPunctuation(text.text)) };
}

/** Both readers show the same entry of the content's list, at least one of them without a changed letter. */
function judgeListed(
  content: TextContent,
  words: ZoneText,
  shapes: ZoneText,
  context: WordContext & { readonly lines: readonly LineReadings[] },
): TextVerdict | null {
  const find = (text: string): ListedText | null =>
    content === "unit" ? findInNames(context.senderUnits, text) : findListed(content, text);
  const fromWords = find(words.text);
  const fromShapes = find(shapes.text);
  const best = fromWords ?? fromShapes;
  if (best === null) return null;
  const { listedShapes, listedWords } = TEXT_THRESHOLDS[content];
  const isSame = toUndoubledKey(words.text) === toUndoubledKey(shapes.text);
  const bothListed = fromWords !== null && fromShapes !== null && toSharedKey(fromWords.text) === toSharedKey(fromShapes.text);
  const agree = bothListed || (isSame && best.distance === 0);
  const isLiteral = Math.min(fromWords?.distance ?? 1, fromShapes?.distance ?? 1) === 0;
  const isAgreed = agree && isLiteral && shapes.confidence >= listedShapes && words.confidence >= listedWords;
  const doubts: Doubt[] = hasTwinSpelling(best.text, context.lines) ? ["accents"] : [];
  const doubled = content === "country" ? findDoubledTwin(best.text, context.formLanguage) : null;
  if (doubled !== null) return { value: doubled, isProved: false, evidence: ["codeList"], confidence: 0.6, doubts: ["twin"] };
  if (isAgreed && doubts.length === 0) return { value: best.text, isProved: true, evidence: ["codeList", "twoReaders"], confidence: 0.995 };
  const alone = provedAlone(fromWords, words, shapes, SINGLE_READER.words) ?? provedAlone(fromShapes, shapes, words, SINGLE_READER.shapes);
  const contradicts = fromWords !== null && fromShapes !== null && !bothListed;
  if (alone !== null && !contradicts && doubts.length === 0)
    return { value: alone.text, isProved: true, evidence: ["codeList", "calibrated"], confidence: 0.99 };
  const confidence = 0.5 + 0.3 * Math.max(words.confidence, shapes.confidence);
  return { value: best.text, isProved: false, evidence: agree ? ["codeList", "twoReaders"] : ["codeList"], confidence, doubts };
}

/**
 * Finds the form language's own name of a country where the text lacks only a doubled letter of it: on a Finnish form "Syria" is
 * rather "Syyria", of which both readers swallowed a letter, than the English name.
 */
function findDoubledTwin(text: string, formLanguage: string | null): string | null {
  if (formLanguage === null || text.includes(",")) return null;
  const key = toSharedKey(text);
  const twin = countryNamesIn(formLanguage).find(
    (name) => toUndoubledKey(name) === toUndoubledKey(text) && toSharedKey(name).length > key.length,
  );
  if (twin === undefined) return null;
  return text === text.toUpperCase() ? twin.toUpperCase() : twin;
}

/** Lists hold "Türkiye" and "Turkiye": which of them was written only the ink's marks tell. */
function hasTwinSpelling(text: string, lines: readonly LineReadings[]): boolean {
  if (!text.split(/[\s,.-]+/).some((word) => knownSpellings(word).length > 1)) return false;
  return compareMarks(text, shapesOf(lines)) === "tooMany";
}

/**
 * Returns what one reader read exactly as the list has it, if it is sure, the list has no near neighbour and the other reader
 * saw something of the kind.
 */
function provedAlone(listed: ListedText | null, own: ZoneText, other: ZoneText, threshold: number): ListedText | null {
  if (listed === null || listed.distance > 0 || own.confidence < threshold) return null;
  if (listed.margin < MIN_MARGIN && own.confidence < SINGLE_READER.nearNeighbour) return null;
  const key = toSharedKey(own.text);
  return editDistance(key, toSharedKey(other.text)) <= key.length * MAX_DIFFERENCE ? listed : null;
}

/** Entries of a list that lie this many letters apart are not mistaken for each other. */
const MIN_MARGIN = 2;
/** Share of letters that the second reader may see differently. */
const MAX_DIFFERENCE = 0.4;

/** Contents of which every name is on a list: what is not there was misread, be it by both readers. */
const COMPLETE_LISTS = new Set<TextContent>(["municipality", "postOffice", "country", "language"]);

/** Both readers spell the same letters; accents, spaces and foreign letters are checked against the ink and the lexicon. */
function judgeAgreement(
  content: TextContent,
  words: ZoneText,
  shapes: ZoneText,
  lines: readonly LineReadings[],
  context: WordContext,
): TextVerdict {
  const known = spellingOf(content, words.text, lines);
  const isSame = words.text !== "" && isSameText(content, words.text, shapes.text);
  if (!isSame) {
    const isWordsBetter =
      words.confidence >= shapes.confidence || shapes.text === "" || toUndoubledKey(words.text) === toUndoubledKey(shapes.text);
    const value = isWordsBetter ? known.text : shapes.text;
    // Another field may yet confirm the letters, but not what the ink shows beside them.
    const doubts = findDoubts(content, { text: value, isKnown: known.isKnown && isWordsBetter }, lines, context);
    return { value, isProved: false, evidence: [], confidence: 0.4 * Math.max(words.confidence, shapes.confidence), doubts };
  }
  const thresholds = TEXT_THRESHOLDS[content];
  const isSure = known.isKnown
    ? shapes.confidence >= thresholds.listedShapes && words.confidence >= thresholds.listedWords
    : shapes.confidence >= thresholds.agreeShapes && words.confidence >= thresholds.agreeWords;
  const doubts = findDoubts(content, known, lines, context);
  const isProved = isSure && doubts.length === 0 && !COMPLETE_LISTS.has(content);
  return {
    value: known.text,
    isProved,
    evidence: known.isKnown ? ["codeList", "twoReaders"] : ["twoReaders"],
    confidence: isProved ? 0.985 : 0.5 + 0.4 * Math.min(words.confidence, shapes.confidence),
    doubts,
  };
}

/** The reader of shapes swallows one of two equal letters; in names that is no agreement, in other text it is. */
function isSameText(content: TextContent, words: string, shapes: string): boolean {
  if (toSharedKey(words) === toSharedKey(shapes)) return true;
  return content !== "name" && words.length > shapes.length && toUndoubledKey(words) === toUndoubledKey(shapes);
}

/**
 * Gives known words their accents. A person's name may be spelled without: there the ink must show marks that the reading
 * lacks and that the known spelling explains.
 */
function spellingOf(content: TextContent, text: string, lines: readonly LineReadings[]): KnownText {
  const known = withKnownSpellings(text);
  if (content !== "name" || known.text === text) return known;
  const shapes = shapesOf(lines);
  const isSupported = compareMarks(text, shapes) === "tooMany" && compareMarks(known.text, shapes) !== "tooMany";
  return isSupported ? known : { text, isKnown: false };
}

/** Words of a name that are written small. */
const SMALL_PARTICLES = new Set([
  "al",
  "el",
  "bin",
  "ibn",
  "bint",
  "abu",
  "abd",
  "van",
  "von",
  "der",
  "den",
  "de",
  "da",
  "af",
  "di",
  "ja",
  "och",
  "and",
]);

/** A name in mixed letters that begins small was hardly read right: "tukasz" is Łukasz. */
function hasSmallInitial(text: string): boolean {
  const words = text.split(/[ -]/).filter((word) => word !== "");
  if (!words.some((word) => /^\p{Lu}/u.test(word))) return false;
  return words.some((word) => /^\p{Ll}/u.test(word) && !SMALL_PARTICLES.has(word));
}

/** Words of one small letter; any other small letter by itself, and any in a name, was torn off its word. */
const ONE_LETTER_WORDS = /^[aiyåeuvвиосукя]$/u;

function hasLoneLetter(content: TextContent, text: string): boolean {
  return text.split(/[\s,.]+/).some((word) => /^\p{Ll}$/u.test(word) && (content === "name" || !ONE_LETTER_WORDS.test(word)));
}

/** Contents that hold no digits: there they are a stamp's or misread letters. */
const WITHOUT_DIGITS = new Set<TextContent>(["name", "country", "language", "municipality", "postOffice", "educationLevel"]);

/** A dash that touches only one word is a fold or a stroke on the paper. */
const LOOSE_DASH = / -\p{L}|\p{L}- /u;

/** A lone O is rather a nought, and B with an l a language level; "Al" before a name is an article. */
const LETTER_FOR_DIGIT = /(?<![^\s,])(?:[Oo]|[BC][lI]|A[lI](?=$|[,;]))(?![^\s,;.])/;

/** Whether a word holds a letter that stands for a digit, is one letter off a known word, or lost the accents of its end. */
function hasMisreadWord(text: string): boolean {
  const isDigit = LETTER_FOR_DIGIT.test(text);
  return isDigit || text.split(/[^\p{L}\p{M}]+/u).some((word) => isNearKnownWord(word) || lacksAccentAtEnd(word));
}

/** Lists why two equal readings may both be wrong. */
function findDoubts(content: TextContent, { text, isKnown }: KnownText, lines: readonly LineReadings[], context: WordContext): Doubt[] {
  const doubts: Doubt[] = [];
  if (WITHOUT_DIGITS.has(content) && /\d/.test(text)) doubts.push("digits");
  if (/[|\\~^_{}[\]<>=*#$%]/.test(text)) doubts.push("signs");
  if (/\p{Ll}\p{Lu}/u.test(text) || (content === "name" && hasSmallInitial(text))) doubts.push("letterCase");
  if (hasFullStopInside(text) || LOOSE_DASH.test(text)) doubts.push("signs");
  if (content === "name" ? !isKnown && FINAL_G.test(text) : hasMisreadWord(text)) doubts.push("letters");
  if (text.length < 2) doubts.push("short");
  const hasPlainSpaces = lines.every((line) => hasPlausibleSpaces(line.words.text, line.shape)) && !hasLoneLetter(content, text);
  const isTorn = content === "name" && lines.some((line) => hasUnreadSpace(line.words.text, line.shape));
  if (!hasPlainSpaces || isTorn) doubts.push("spaces");
  const fit = compareMarks(text, shapesOf(lines));
  if (fit === "tooMany" && !isKnown) doubts.push("marks");
  const isUnmarked = fit === "justRight" && !hasUnexplainedTails(text, shapesOf(lines));
  if (hasDoubtfulAccents(content, text, fit, isUnmarked)) doubts.push("accents");
  if (context.formLanguage === "ru" && !isKnown && !isLatinOnly(text)) doubts.push("foreignScript");
  return doubts;
}

/** A handwritten q is read as g; names that no list knows and that end in it are Somali or Arabic ones in q rather ("Hibaaq"). */
const FINAL_G = /[aeiouäöy]g(?!\p{L})/iu;

/** Accents that look alike to a reader: é, è, ê. */
const OTHER_ACCENT = /[^\p{ASCII}åäöü’]/iu;

/**
 * ó is read as ö: two dots that the ink does not show are believed in known names only. å is read for ä: a word with å must be
 * known so, or the ink must count one mark for it (no names and units: a merged pair of dots counts one, too). ı is read as i: names that are
 * often spelled with it need every mark of the ink explained. ş is read as s, and no ink proves that a cedilla is not there.
 */
function hasDoubtfulAccents(content: TextContent, text: string, fit: MarkFit, isUnmarked: boolean): boolean {
  const words = text.split(/[\s,.-]+/);
  const hasUnknownRing = words.some((word) => /å/i.test(word) && !knownSpellings(word).includes(word.toLowerCase()));
  if (hasUnknownRing && (content === "name" || content === "unit" || fit !== "justRight")) return true;
  if (content !== "name") return false;
  if (words.some((word) => OTHER_ACCENT.test(word) && knownSpellings(word).length === 0)) return true;
  if (fit !== "justRight" && words.some((word) => /[äöü]/i.test(word) && knownSpellings(word).length === 0)) return true;
  if (words.some((word) => isNameWithCedilla(word) || (!isUnmarked && isNameWithUnreadableLetter(word)))) return true;
  return withKnownSpellings(text).text !== text;
}

function shapesOf(lines: readonly LineReadings[]): LineShape[] {
  return lines.map(({ shape }) => shape);
}
