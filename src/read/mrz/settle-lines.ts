import { type Check, MRZ_ALPHABET, type MrzField, type MrzFormat, type Span, textOf } from "./mrz-format.ts";
import { holds } from "./parse-mrz.ts";
import { bestOf, type Shares, shareOf } from "./vote-lines.ts";

/** The text of a zone and how sure it is. */
export interface SettledLines {
  readonly lines: readonly string[];
  /** 0-1: share of the least sure character outside the fillers at the ends. */
  readonly confidence: number;
  /** 0-1, the same for each field of the format by itself; a changed character counts by its own share. */
  readonly confidences: ReadonlyMap<MrzField, number>;
  /** Characters that were changed so that a check digit holds. */
  readonly repairs: number;
}

/** A second choice is considered when at least this share of the re-reads' opinion stands for it. */
const LEAST_SECOND_SHARE = 0.03;
/** Columns in which a second choice is considered at once; two repairs in one field prove nothing. */
const MAX_DOUBTFUL = 6;
/** In the fillers at the end of a line a look-alike counts as filler when the filler has at least this share of the opinion. */
const LEAST_FILLER_SHARE = 0.05;
/** How sure names are at most whose surname does not end. */
const UNCLEAR_NAMES = 0.5;
const FILLER_LOOKALIKES = "KCEXL";

/**
 * Returns the text that most re-reads support and that its check digits allow.
 *
 * Pure. A character is changed only to another one that was seen too, and only where the check digit over it
 * then holds; whether the whole zone holds is for the caller to see.
 */
export function settleLines(votes: readonly (readonly Shares[])[], format: MrzFormat): SettledLines {
  const lines = votes.map((columns) => columns.map((shares) => bestOf(shares).character).join(""));
  const trimmed = lines.map((line, index) => fillEnd(line, votes[index] ?? [], index, format));
  const { lines: repaired, repairs } = repairAll(trimmed, votes, format);
  const confidences = confidencesOf(repaired, votes, format);
  return { lines: repaired, confidence: Math.min(1, ...confidences.values()), confidences, repairs };
}

/** Turns look-alikes of the filler among the fillers at the end of the names into fillers ("ALI<<<<KKK<"). */
function fillEnd(line: string, votes: readonly Shares[], index: number, format: MrzFormat): string {
  const names = format.fields.names;
  if (names === null || names.line !== index) return line;
  const characters = [...line];
  const gap = line.slice(names.from).search(/<<[^<]/);
  const from = gap < 0 ? names.from : names.from + gap + 2;
  for (let column = characters.length - 1; column >= from; column--) {
    const character = characters[column] ?? "<";
    if (character === "<") continue;
    const isDoubtful = FILLER_LOOKALIKES.includes(character) && shareOf(votes[column], "<") >= LEAST_FILLER_SHARE;
    if (!isDoubtful) break;
    characters[column] = "<";
  }
  return characters.join("");
}

function repairAll(
  lines: readonly string[],
  votes: readonly (readonly Shares[])[],
  format: MrzFormat,
): { lines: string[]; repairs: number } {
  let current = [...lines];
  let repairs = 0;
  for (const check of format.checks) {
    if (holds(current, check, format)) continue;
    const repaired = repairOne(current, votes, check, format);
    if (repaired === null) continue;
    current = repaired;
    repairs++;
  }
  return { lines: current, repairs };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** Changes the one doubtful character whose second choice makes the check hold; null when none or more than one does. */
function repairOne(lines: readonly string[], votes: readonly (readonly Shares[])[], check: Check, format: MrzFormat): string[] | null {
  const places = [...check.covers, check.digit].flatMap(placesOf);
  const doubtful = places
    .map((place) => ({ place, certainty: shareOf(votes[place.line]?.[place.column], characterAt(lines, place)) }))
    .toSorted((a, b) => a.certainty - b.certainty)
    .slice(0, MAX_DOUBTFUL);
  const fits: { lines: string[]; share: number }[] = [];
  for (const { place } of doubtful) {
    const shares = votes[place.line]?.[place.column];
    for (const character of MRZ_ALPHABET) {
      const share = shareOf(shares, character);
      if (share < LEAST_SECOND_SHARE || character === characterAt(lines, place)) continue;
      const changed = replaceAt(lines, place, character);
      if (holds(changed, check, format)) fits.push({ lines: changed, share });
    }
  }
  fits.sort((a, b) => b.share - a.share);
  const [best, second] = fits;
  if (best === undefined || (second !== undefined && second.share * 2 > best.share)) return null;
  return best.lines;
}

function placesOf({ line, from, to }: Span): Place[] {
  return Array.from({ length: to - from }, (_, index) => ({ line, column: from + index }));
}

function characterAt(lines: readonly string[], { line, column }: Place): string {
  return lines[line]?.[column] ?? "<";
}

function replaceAt(lines: readonly string[], { line, column }: Place, character: string): string[] {
  return lines.map((text, index) => (index === line ? text.slice(0, column) + character + text.slice(column + 1) : text));
}

/** Surnames end with two fillers; a lone one with nothing but fillers after the last name hides a misread filler ("ALIK<OMAR"). */
function isNamesEndClear(lines: readonly string[], format: MrzFormat): boolean {
  const { names } = format.fields;
  const text = names === null ? "" : textOf(lines, names).replace(/<+$/, "");
  return text.includes("<<") || !text.includes("<");
}

/** The least sure character of a field decides, but fillers at its end are of no consequence unless they hide a letter. */
function confidencesOf(lines: readonly string[], votes: readonly (readonly Shares[])[], format: MrzFormat): ReadonlyMap<MrzField, number> {
  const confidences = new Map<MrzField, number>();
  for (const [field, place] of Object.entries(format.fields) as [MrzField, Span | null][]) {
    if (place === null) continue;
    const text = textOf(lines, place);
    const length = Math.min(text.length, text.replace(/<+$/, "").length + 2);
    let least = field === "names" && !isNamesEndClear(lines, format) ? UNCLEAR_NAMES : 1;
    for (let i = 0; i < length; i++) least = Math.min(least, shareOf(votes[place.line]?.[place.from + i], text[i] ?? "<"));
    confidences.set(field, least);
  }
  return confidences;
}
