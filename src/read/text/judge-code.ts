import { editDistance } from "../../model/codes/name-index.ts";
import { findPostalPlace } from "../../model/codes/places.ts";
import type { TextContent } from "../../model/field.ts";
import type { CodeEnvironment } from "../../model/personal-identity-code.ts";
import { withDigits } from "./digit-look-alikes.ts";
import { parseWrittenDate } from "./grammar/dates.ts";
import { proveIdentityCode } from "./grammar/identity-code.ts";
import {
  type Grammar,
  parseCardNumber,
  parseCustomerNumber,
  parseLicence,
  parsePhone,
  parsePostalCode,
  parseYears,
  toPhoneKey,
} from "./grammar/plain-codes.ts";
import { judgeEmail } from "./judge-email.ts";
import { joinLines, type LineReadings, type TextVerdict, type ZoneText } from "./line-readings.ts";
import { hasUnreadStroke } from "./line-shape.ts";
import { SINGLE_READER, TEXT_THRESHOLDS, UNUSUAL_PHONE } from "./thresholds.ts";

/** How a kind of code is told from other text and compared. */
interface CodeKind {
  readonly parse: Grammar;
  /** What makes two readings of it the same. */
  readonly toKey: (value: string) => string;
  /** True for codes that hold letters beside digits. */
  readonly hasLetters?: true;
  /** True for numbers of no fixed length. */
  readonly hasAnyLength?: true;
  /** Whether readers can tell a value of this kind from its look-alikes; absent = always. */
  readonly isTellable?: (value: string) => boolean;
}

const asWritten = (value: string): string => value;
const dateKey = (value: string): string => parseWrittenDate(value)?.iso ?? value;
const parseDay: Grammar = (text) => {
  const date = parseWrittenDate(text);
  return date?.precision === "day" ? date.text : null;
};
const parseAnyDate: Grammar = (text) => parseWrittenDate(text)?.text ?? null;

const CODE_KINDS = {
  date: { parse: parseDay, toKey: dateKey },
  partialDate: { parse: parseAnyDate, toKey: dateKey },
  phone: { parse: parsePhone, toKey: toPhoneKey },
  postalCode: { parse: parsePostalCode, toKey: asWritten },
  // A capital I at the head of a number is read as 1 by every reader: letters first, then digits, is what can be told apart.
  cardNumber: {
    parse: parseCardNumber,
    toKey: asWritten,
    hasLetters: true,
    hasAnyLength: true,
    isTellable: (value) => /^[A-HJ-NP-Z]{1,3}\d{5,8}$/.test(value),
  },
  customerNumber: { parse: parseCustomerNumber, toKey: asWritten, hasAnyLength: true },
  number: { parse: parseYears, toKey: (value) => String(Number.parseInt(value, 10)) },
  licence: { parse: parseLicence, toKey: (value) => value.replace(/[ ,;/+]/g, ""), hasLetters: true },
} satisfies Partial<Record<TextContent, CodeKind>>;

export type CodeContent = keyof typeof CODE_KINDS | "identityCode" | "email";

/** Returns whether a content is a code: judged by its grammar, not by words. Pure. */
export function isCodeContent(content: TextContent): content is CodeContent {
  return content === "identityCode" || content === "email" || content in CODE_KINDS;
}

interface Vote {
  readonly value: string;
  readonly key: string;
  readonly reader: "shapes" | "words" | "codes";
  readonly confidence: number;
}

/**
 * Decides about a code: what two readers see alike is proved; a single reader's value is shown for review.
 *
 * Pure. Codes that stand for themselves (a code list or check character) need less agreement.
 */
export function judgeCode(content: CodeContent, lines: readonly LineReadings[], environment: CodeEnvironment): TextVerdict {
  if (content === "identityCode") return judgeIdentityCode(lines, environment);
  if (content === "email") return judgeEmail(lines);
  const verdict = judgePlainCode(content, lines);
  const [line, ...more] = lines;
  const isCutShort = line !== undefined && more.length === 0 && hasUnreadStroke(verdict.value, line.shape);
  return verdict.isProved && isCutShort ? { ...verdict, isProved: false, confidence: CUT_SHORT } : verdict;
}

/** A code beside which the ink shows a stroke more than both readers saw. */
const CUT_SHORT = 0.6;

function judgePlainCode(content: keyof typeof CODE_KINDS, lines: readonly LineReadings[]): TextVerdict {
  const kind: CodeKind = CODE_KINDS[content];
  const votes = readersOf(lines).flatMap(({ reader, text, confidence }): Vote[] => {
    const value = kind.parse(kind.hasLetters === true ? text : withDigits(text));
    return value === null ? [] : [{ value, key: kind.toKey(value), reader, confidence }];
  });
  const best = leadingVotes(votes);
  const [first, second] = best;
  if (first === undefined) return unread(lines);
  const shapes = best.find(({ reader }) => reader === "shapes");
  const others = best.filter(({ reader }) => reader !== "shapes");
  if (second === undefined || shapes === undefined) return judgeAlone(content, kind, votes, lines) ?? doubtful(first);
  const thresholds = content === "phone" && !isUsualPhone(first.key) ? UNUSUAL_PHONE : TEXT_THRESHOLDS[content];
  const isListed = content === "postalCode" && findPostalPlace(first.key) !== null;
  const confidences = others.map(({ confidence }) => confidence);
  const otherConfidence = thresholds === UNUSUAL_PHONE ? Math.min(...confidences) : Math.max(...confidences);
  const isContradicted = votes.some(({ key }) => key !== first.key);
  const isEasy = isListed || (best.length >= ALL_READERS && thresholds !== UNUSUAL_PHONE);
  const isProved = isContradicted
    ? shapes.confidence >= CONTRADICTED_SHAPES
    : isEasy
      ? shapes.confidence >= thresholds.listedShapes && otherConfidence >= thresholds.listedWords
      : shapes.confidence >= thresholds.agreeShapes && otherConfidence >= thresholds.agreeWords;
  const isTold = isProved && kind.isTellable?.(first.value) !== false;
  const confidence = isTold ? 0.99 : 0.5 + 0.4 * Math.min(shapes.confidence, otherConfidence);
  return { value: shapes.value, isProved: isTold, evidence: isListed ? ["codeList", "twoReaders"] : ["twoReaders"], confidence };
}

function doubtful({ value, confidence }: Vote): TextVerdict {
  return { value, isProved: false, evidence: [], confidence: confidence * 0.8 };
}

/** Characters in which the other readers may differ from a code that one reader proves. */
const NEAR_CHARACTERS = 1;

/**
 * A code of the right kind that the reader of shapes is very sure of, where another reader saw the same but for one character more or less:
 * in handwriting the reader of words doubles or drops digits.
 */
function judgeAlone(content: CodeContent, kind: CodeKind, votes: readonly Vote[], lines: readonly LineReadings[]): TextVerdict | null {
  const shapes = votes.find(({ reader }) => reader === "shapes");
  if (shapes === undefined || shapes.confidence < SINGLE_READER.codeShapes || kind.isTellable?.(shapes.value) === false) return null;
  if (content === "phone" && !isUsualPhone(shapes.key)) return null;
  const own = toCharacters(shapes.value);
  const others = readersOf(lines).filter(({ reader }) => reader !== "shapes");
  // Of a number that may have any length the longer reading is as likely the whole one: a first digit like a stroke is lost.
  if (kind.hasAnyLength === true && others.some(({ text }) => toCharacters(text).length > own.length)) return null;
  // A value of the same length that differs is another value, not a slip of counting.
  if (others.some(({ text }) => toCharacters(text).length === own.length && toCharacters(text) !== own)) return null;
  const isSupported = own.length > 3 && others.some(({ text }) => editDistance(own, toCharacters(text)) <= NEAR_CHARACTERS);
  if (!isSupported) return null;
  return { value: shapes.value, isProved: true, evidence: ["calibrated"], confidence: 0.98 };
}

function toCharacters(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, "");
}

/** Two readers are believed against the third when the reader of shapes is this sure. */
const CONTRADICTED_SHAPES = 0.9;

/** A Finnish mobile number has ten digits; in other numbers a lost digit would not be noticed. */
function isUsualPhone(key: string): boolean {
  return /^0(?:4\d|50)\d{7}$/.test(key);
}

/** When all three looks see the same value, it is believed like a listed one. */
const ALL_READERS = 3;

interface ReaderText extends ZoneText {
  readonly reader: Vote["reader"];
}

function readersOf(lines: readonly LineReadings[]): ReaderText[] {
  const readers: ReaderText[] = [
    { reader: "shapes", ...joinLines(lines.map(({ shapes }) => shapes)) },
    { reader: "words", ...joinLines(lines.map(({ words }) => words)) },
  ];
  if (lines.some(({ codes }) => codes !== undefined)) readers.push({ reader: "codes", ...joinLines(lines.map(({ codes }) => codes)) });
  return readers;
}

/** Returns the votes for the value that most readers see; with one vote each, the reader of shapes is believed. */
function leadingVotes(votes: readonly Vote[]): readonly Vote[] {
  const groups = new Map<string, Vote[]>();
  for (const vote of votes) groups.set(vote.key, [...(groups.get(vote.key) ?? []), vote]);
  return [...groups.values()].toSorted((a, b) => b.length - a.length)[0] ?? [];
}

/** What is shown when no reader sees a value of the right kind. */
function unread(lines: readonly LineReadings[]): TextVerdict {
  const [shapes, words] = readersOf(lines);
  const value = shapes?.text === "" ? (words?.text ?? "") : (shapes?.text ?? "");
  return { value, isProved: false, evidence: [], confidence: 0.3 * (shapes?.confidence ?? 0) };
}

/**
 * The check character proves nine digits, never the century sign: that needs two readers, and until the birth date
 * agrees too (`reconcileReadings`) a single reader's code stays in review.
 */
function judgeIdentityCode(lines: readonly LineReadings[], environment: CodeEnvironment): TextVerdict {
  const proved = readersOf(lines).flatMap(({ reader, text, confidence }): Vote[] => {
    const code = proveIdentityCode(text, environment);
    return code === null ? [] : [{ value: code.code, key: code.code, reader, confidence }];
  });
  const best = leadingVotes(proved);
  const [first] = best;
  if (first === undefined) return judgeUnprovedIdentityCode(lines);
  const isContradicted = proved.some(({ key }) => key !== first.key);
  const isProved = best.length > 1 && !isContradicted;
  const evidence: TextVerdict["evidence"] = best.length > 1 ? ["checkDigit", "twoReaders"] : ["checkDigit"];
  return { value: first.value, isProved, evidence, confidence: isProved ? 0.999 : 0.85 };
}

/** A code that fails its check may be just as written: two sure readers of the same characters are believed. */
function judgeUnprovedIdentityCode(lines: readonly LineReadings[]): TextVerdict {
  const [shapes, ...others] = readersOf(lines).map(({ text, confidence }) => ({
    text: text.toUpperCase().replace(/\s+/g, "").replace(/[–—]/g, "-"),
    confidence,
  }));
  if (shapes === undefined) return unread(lines);
  const agreeing = others.find(({ text }) => text === shapes.text);
  const { agreeShapes, agreeWords } = TEXT_THRESHOLDS.identityCode;
  const hasShape = /^\d{6}[+\-YXWVUABCDEF]\d{3}[0-9A-Z]$/.test(shapes.text);
  const isProved = hasShape && agreeing !== undefined && shapes.confidence >= agreeShapes && agreeing.confidence >= agreeWords;
  return {
    value: shapes.text,
    isProved,
    evidence: agreeing === undefined ? [] : ["twoReaders"],
    confidence: isProved ? 0.97 : hasShape && agreeing !== undefined ? 0.6 + 0.3 * shapes.confidence : 0.5 * shapes.confidence,
  };
}
