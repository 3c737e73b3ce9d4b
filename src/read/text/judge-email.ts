import { parseEmail } from "./grammar/plain-codes.ts";
import { joinLines, type LineReadings, type TextVerdict } from "./line-readings.ts";
import { TEXT_THRESHOLDS } from "./thresholds.ts";

/** Characters that the reader of words confuses inside an address, where no word helps it. */
const CLASSES: readonly (readonly [RegExp, string])[] = [
  [/[1il|!]/g, "1"],
  [/[gq9]/g, "g"],
  [/[0o]/g, "0"],
  [/[5s]/g, "5"],
];

/** Surety of the reader of shapes when the other reader agrees only up to look-alikes. */
const LOOK_ALIKE_SHAPES = 0.9;

/**
 * Decides about an e-mail address: the reader of shapes spells it, another reader must see the same characters, at least up to
 * look-alikes (1 and l, g and q).
 *
 * Pure.
 */
export function judgeEmail(lines: readonly LineReadings[]): TextVerdict {
  const shapes = joinLines(lines.map((line) => line.shapes));
  const others = [joinLines(lines.map((line) => line.codes)), joinLines(lines.map((line) => line.words))];
  const value = parseEmail(shapes.text);
  if (value === null) {
    const second = others.map(({ text }) => parseEmail(text)).find((address) => address !== null);
    return { value: second ?? shapes.text.replace(/\s+/g, ""), isProved: false, evidence: [], confidence: 0.3 };
  }
  const exact = others.some(({ text }) => parseEmail(text)?.toLowerCase() === value.toLowerCase());
  const alike = exact || others.some(({ text }) => toClassKey(text) === toClassKey(value));
  const { agreeShapes } = TEXT_THRESHOLDS.email;
  const isProved = shapes.confidence >= (exact ? agreeShapes : LOOK_ALIKE_SHAPES) && alike;
  return { value, isProved, evidence: alike ? ["twoReaders"] : [], confidence: isProved ? 0.98 : 0.6 * shapes.confidence };
}

function toClassKey(text: string): string {
  let key = text.toLowerCase().replace(/\s+/g, "");
  for (const [pattern, name] of CLASSES) key = key.replace(pattern, name);
  return key;
}
