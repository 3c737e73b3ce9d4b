import type { LineReading, ReadCharacter } from "../../../src/read/attachment/ports.ts";
import { MRZ_ALPHABET } from "../../../src/read/mrz/mrz-format.ts";

/** How a fake recogniser departs from reading a line perfectly. */
export interface Flaws {
  /** Columns that were swallowed. */
  readonly swallowed?: readonly number[];
  /** Column -> the other character that looks almost as likely, and its probability. */
  readonly doubts?: Readonly<Record<number, readonly [string, number]>>;
  /** Where the line starts in the crop, 0-1. */
  readonly start?: number;
  /** Pitch in the crop's width. */
  readonly pitch?: number;
}

const STEPS = 240;
const SEEN = 0.98;

/** Returns what a recogniser sees in an evenly spaced line: each character in the middle of its column. */
export function spell(text: string, { swallowed = [], doubts = {}, start = 0.04, pitch = 0.92 / 44 }: Flaws = {}): LineReading {
  const data = new Float32Array(STEPS * MRZ_ALPHABET.length);
  const characters: ReadCharacter[] = [];
  for (const [column, character] of [...text].entries()) {
    if (swallowed.includes(column)) continue;
    const position = start + column * pitch;
    const [other, share] = doubts[column] ?? ["", 0];
    const row = Math.floor(position * STEPS) * MRZ_ALPHABET.length;
    data[row + MRZ_ALPHABET.indexOf(character)] = SEEN - share;
    if (other !== "") data[row + MRZ_ALPHABET.indexOf(other)] = share;
    const isOther = share > SEEN - share;
    characters.push({ character: isOther ? other : character, confidence: Math.max(share, SEEN - share), position });
  }
  return {
    text: characters.map(({ character }) => character).join(""),
    confidence: characters.length === 0 ? 0 : SEEN,
    characters,
    steps: { stepCount: STEPS, data },
  };
}
