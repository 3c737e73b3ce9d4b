import type { AlphabetSteps, LineReading, ReadCharacter } from "../attachment/ports.ts";

/** The even spacing of a zone's characters, in the crop's width. */
export interface Spacing {
  readonly pitch: number;
  /** Middle of column 0. */
  readonly first: number;
}

/** What was seen in each column of a line: one probability for each character of the alphabet, all small where nothing was seen. */
export type Columns = readonly Float32Array[];

/** Spacings tried on either side of the first estimate, and how finely. */
const PITCH_RANGE = 0.08;
const PITCH_STEPS = 81;
/** Characters less sure than this do not place the columns: a card's edge reads as 1 or I. */
const LEAST_CONFIDENCE = 0.3;

/** Characters nearer than this share of the pitch are one character that was seen twice. */
const SAME_CHARACTER = 0.45;
/** A character at an end of a line that is too long is dropped when it is less sure than this: a card's edge. */
const EDGE_CONFIDENCE = 0.7;

/**
 * Returns the columns that the characters of a zone's lines stand in.
 *
 * The letters of a machine-readable zone have one width (OCR-B, 10 to the inch), so a filler that the recogniser
 * swallowed leaves a gap that can be counted. A line whose characters and gaps come to its known length is taken
 * character by character (holds for other typefaces and bent pages too); else the even spacing of all lines decides.
 *
 * Pure. Null when too few characters were seen.
 */
export function fitColumns(lines: readonly LineReading[], columnCount: number, alphabetSize: number): Columns[] | null {
  const spacing = fitSpacing(lines);
  if (spacing === null) return null;
  const start = bestStart(lines, spacing, columnCount);
  const even = Array.from({ length: columnCount }, (_, column) => spacing.first + (start + column) * spacing.pitch);
  const left = leftEdge(lines, spacing.pitch);
  return lines.map((line) => {
    const pitch = fitSpacing([line])?.pitch ?? spacing.pitch;
    const characters = line.characters.filter(({ position }) => position > left - pitch / 2);
    const centres = centresInSequence(characters, { left, pitch, columnCount }) ?? even;
    return columnsAt(line.steps, centres, pitch, alphabetSize);
  });
}

/** Where the first column lies: lines start below each other, and the first letter of one may have been missed. */
function leftEdge(lines: readonly LineReading[], pitch: number): number {
  const firsts = lines.flatMap(({ characters }) => characters.find(({ confidence }) => confidence >= LEAST_CONFIDENCE)?.position ?? []);
  firsts.sort((a, b) => a - b);
  const [least = 0, next = least] = firsts;
  return firsts.length > 2 && next - least > pitch / 2 ? next : least;
}

interface LineFrame {
  readonly left: number;
  readonly pitch: number;
  readonly columnCount: number;
}

/** Returns the middle of each column, counted from character to character; null when the line does not come to its length. */
function centresInSequence(characters: readonly ReadCharacter[], { left, pitch, columnCount }: LineFrame): number[] | null {
  const merged = mergeDoubles(characters, pitch);
  for (const kept of [merged, withoutLast(merged)]) {
    const centres = walk(kept, left, pitch);
    const endsInFiller = kept.at(-1)?.character === "<";
    const isWhole = centres.length === columnCount || (endsInFiller && centres.length < columnCount && centres.length > columnCount / 2);
    if (!isWhole) continue;
    const last = centres.at(-1) ?? 0;
    const missing = columnCount - centres.length;
    return [...centres, ...Array.from({ length: missing }, (_, index) => last + (index + 1) * pitch)];
  }
  return null;
}

function mergeDoubles(characters: readonly ReadCharacter[], pitch: number): ReadCharacter[] {
  const merged: ReadCharacter[] = [];
  for (const character of characters) {
    const last = merged.at(-1);
    if (last === undefined || character.position - last.position >= SAME_CHARACTER * pitch) merged.push(character);
    else if (character.confidence > last.confidence) merged[merged.length - 1] = character;
  }
  return merged;
}

function withoutLast(characters: readonly ReadCharacter[]): readonly ReadCharacter[] {
  const last = characters.at(-1);
  return last === undefined || last.confidence >= EDGE_CONFIDENCE ? [] : characters.slice(0, -1);
}

function walk(characters: readonly ReadCharacter[], left: number, pitch: number): number[] {
  const centres: number[] = [];
  for (const { position } of characters) {
    const last = centres.at(-1) ?? left - pitch;
    const steps = Math.max(1, Math.round((position - last) / pitch));
    for (let index = 1; index < steps; index++) centres.push(last + ((position - last) * index) / steps);
    centres.push(position);
  }
  return centres;
}

/** Returns the spacing under which most characters stand in the middle of a column; null with fewer than eight. Pure. */
export function fitSpacing(lines: readonly LineReading[]): Spacing | null {
  const estimate = medianGap(lines);
  if (estimate === null) return null;
  let best: Spacing | null = null;
  let bestFit = -1;
  for (let step = 0; step < PITCH_STEPS; step++) {
    const pitch = estimate * (1 - PITCH_RANGE + (2 * PITCH_RANGE * step) / (PITCH_STEPS - 1));
    const { fit, first } = phaseOf(lines, pitch);
    if (fit > bestFit) {
      bestFit = fit;
      best = { pitch, first };
    }
  }
  return best;
}

function medianGap(lines: readonly LineReading[]): number | null {
  const gaps: number[] = [];
  for (const { characters } of lines) {
    for (let i = 1; i < characters.length; i++) gaps.push((characters[i]?.position ?? 0) - (characters[i - 1]?.position ?? 0));
  }
  if (gaps.length < 8) return null;
  gaps.sort((a, b) => a - b);
  return refineGap(gaps, gaps[Math.floor(gaps.length / 2)] ?? 0);
}

/** The recogniser places characters in whole steps: the mean of the gaps near the median is finer than the median. */
function refineGap(gaps: readonly number[], median: number): number {
  const near = gaps.filter((gap) => gap > 0.6 * median && gap < 1.4 * median);
  let sum = 0;
  for (const gap of near) sum += gap;
  return near.length === 0 ? median : sum / near.length;
}

/** Sum of unit vectors at each character's phase: its length says how well the spacing fits, its angle where columns lie. */
function phaseOf(lines: readonly LineReading[], pitch: number): { fit: number; first: number } {
  let real = 0;
  let imaginary = 0;
  for (const { characters } of lines) {
    for (const { position, confidence } of characters) {
      const angle = (2 * Math.PI * position) / pitch;
      real += confidence * Math.cos(angle);
      imaginary += confidence * Math.sin(angle);
    }
  }
  const phase = Math.atan2(imaginary, real) / (2 * Math.PI);
  return { fit: Math.hypot(real, imaginary), first: (phase < 0 ? phase + 1 : phase) * pitch };
}

function columnAt(position: number, spacing: Spacing): number {
  return Math.round((position - spacing.first) / spacing.pitch);
}

/** Returns the first column of the window that holds most of what was seen; ties go to the left (lines end in fillers). */
function bestStart(lines: readonly LineReading[], spacing: Spacing, columnCount: number): number {
  const weights = new Map<number, number>();
  for (const { characters } of lines) {
    for (const { position, confidence } of characters) {
      if (confidence < LEAST_CONFIDENCE) continue;
      const column = columnAt(position, spacing);
      weights.set(column, (weights.get(column) ?? 0) + confidence);
    }
  }
  const seen = [...weights.keys()];
  const [least, most] = [Math.min(...seen), Math.max(...seen)];
  const span = most - least + 1;
  if (span <= columnCount) return least;
  let best = least;
  let bestWeight = -1;
  for (let start = least; start <= most - columnCount + 1; start++) {
    let weight = 0;
    for (let column = start; column < start + columnCount; column++) weight += weights.get(column) ?? 0;
    if (weight > bestWeight + 1e-9) {
      bestWeight = weight;
      best = start;
    }
  }
  return best;
}

/** Returns each character's highest probability among the steps that are nearest to a column. */
function columnsAt(steps: AlphabetSteps | undefined, centres: readonly number[], pitch: number, alphabetSize: number): Columns {
  return centres.map((centre, column) => {
    const seen = new Float32Array(alphabetSize);
    if (steps === undefined) return seen;
    const left = Math.max(centre - pitch / 2, (centre + (centres[column - 1] ?? centre - pitch)) / 2);
    const right = Math.min(centre + pitch / 2, (centre + (centres[column + 1] ?? centre + pitch)) / 2);
    const to = Math.min(steps.stepCount, Math.round(right * steps.stepCount));
    for (let step = Math.max(0, Math.round(left * steps.stepCount)); step < to; step++) {
      for (let index = 0; index < alphabetSize; index++) {
        seen[index] = Math.max(seen[index] ?? 0, steps.data[step * alphabetSize + index] ?? 0);
      }
    }
    return seen;
  });
}
