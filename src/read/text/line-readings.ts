import type { LineShape } from "./line-shape.ts";
import type { RecognisedLine } from "./ports.ts";

/** What every reader said about one line, and what its ink says. */
export interface LineReadings {
  readonly shape: LineShape;
  /** The reader with å ä ö and spaces. */
  readonly words: RecognisedLine;
  /** The reader of digits and handwriting-like letters. */
  readonly shapes: RecognisedLine;
  /** A third look with ASCII letters or digits only, where a code was not settled by the first two. */
  readonly codes?: RecognisedLine;
  /** What the reader of Cyrillic letters saw, on a Russian form where the field may hold them. */
  readonly cyrillic?: RecognisedLine;
}

/** One reader's text of a whole zone. */
export interface ZoneText {
  readonly text: string;
  readonly confidence: number;
}

/** Joins one reader's lines; the zone is as sure as its least sure line. Pure. */
export function joinLines(lines: readonly (RecognisedLine | undefined)[]): ZoneText {
  const present = lines.filter((line) => line !== undefined);
  if (present.length === 0) return { text: "", confidence: 0 };
  const text = present.map((line) => line.text.trim()).join(" ");
  return { text: text.replace(/\s+/g, " ").trim(), confidence: Math.min(...present.map((line) => line.confidence)) };
}

/** Why two equal readings of words may both be wrong. */
export type Doubt = "digits" | "accents" | "marks" | "spaces" | "letterCase" | "foreignScript" | "signs" | "letters" | "short" | "twin";

/**
 * What was decided about a zone: the value as written and why it may be believed.
 *
 * `isProved` = may be used without a look.
 */
export interface TextVerdict {
  readonly value: string;
  readonly isProved: boolean;
  readonly evidence: readonly ("checkDigit" | "codeList" | "twoReaders" | "calibrated")[];
  readonly confidence: number;
  /** Why equal readings were not believed; absent = no doubt. */
  readonly doubts?: readonly Doubt[];
}
