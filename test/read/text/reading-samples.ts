import type { LineReadings } from "../../../src/read/text/line-readings.ts";
import type { LineShape } from "../../../src/read/text/line-shape.ts";

/** A line whose ink fits its text: one wide gap a space, as many marks and tails as wanted. */
export function shapeOf(
  text: string,
  marks: { readonly above?: number; readonly below?: number; readonly wide?: number; readonly strokes?: LineShape["endStrokes"] } = {},
): LineShape {
  const gaps = [...text].flatMap((char, index) => (index === 0 ? [] : [char === " " ? 0.9 : 0.15]));
  return {
    marksAbove: marks.above ?? 0,
    tailsBelow: marks.below ?? 0,
    wideMarks: marks.wide ?? 0,
    tallLetters: 0,
    gaps,
    endStrokes: marks.strokes ?? { head: false, tail: false },
  };
}

export interface SampleLine {
  readonly words: string;
  readonly shapes?: string;
  readonly codes?: string;
  readonly wordsConfidence?: number;
  readonly shapesConfidence?: number;
  readonly shape?: LineShape;
}

/** One line as both readers saw it; sure of itself unless the sample says otherwise. */
export function lineOf(sample: SampleLine): LineReadings {
  return {
    shape: sample.shape ?? shapeOf(sample.words),
    words: { text: sample.words, confidence: sample.wordsConfidence ?? 0.95 },
    shapes: { text: sample.shapes ?? sample.words, confidence: sample.shapesConfidence ?? 0.98 },
    ...(sample.codes === undefined ? {} : { codes: { text: sample.codes, confidence: 0.95 } }),
  };
}
