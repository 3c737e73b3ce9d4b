import type { InkPiece } from "./find-pieces.ts";

/**
 * What the ink of a line says apart from what it spells; both readers lose accents and spaces, the ink does not.
 */
export interface LineShape {
  /** Pieces that float above the letters: dots, accents, rings. */
  readonly marksAbove: number;
  /** Those of them that are wider than a dot: accents, rings, melted pairs of dots. */
  readonly wideMarks: number;
  /** Letters that stand higher than most: among capitals only one with an accent melted to it does. */
  readonly tallLetters: number;
  /** Pieces that reach below the line: tails, commas, cedillas. */
  readonly tailsBelow: number;
  /** Gaps between neighbouring pieces from left to right, in heights of a capital letter. */
  readonly gaps: readonly number[];
  /** Whether the line begins or ends with a lone upright stroke, as a handwritten 1 is. */
  readonly endStrokes: { readonly head: boolean; readonly tail: boolean };
}

/** A piece is a letter's body when it is at least this high, in heights of the tallest. */
const BODY_SHARE = 0.5;
/** A mark ends above this height over the line, in heights of a capital. */
const MARK_FROM = 0.62;
/** A mark is lower than this, in heights of a capital. */
const MARK_HEIGHT = 0.45;
/** A dot is narrower than this, in heights of a capital; carons and circumflexes measure 0.35 and more. */
const DOT_WIDTH = 0.3;
/** A capital with an accent is higher than its neighbours by at least this share of their height. */
const TALL_BY = 0.15;
/** A tail reaches at least this far below the line, in heights of a capital. */
const TAIL_REACH = 0.14;

/** An upright stroke is at most this wide, in its own height: a handwritten 1 measures 0.25, the narrowest 0 and 4 of print 0.4. */
const STROKE_WIDTH = 0.3;
/** An upright stroke is at least this high, in heights of the tallest piece. */
const STROKE_HEIGHT = 0.7;

/** Returns the shape of a line's pieces of ink. Pure. */
export function toLineShape(pieces: readonly InkPiece[]): LineShape {
  const tallest = Math.max(0, ...pieces.map(({ height }) => height));
  const bodies = pieces.filter(({ height }) => height >= BODY_SHARE * tallest);
  const baseline = medianOf(bodies.map(({ y, height }) => y + height));
  const capital = Math.max(1, baseline - Math.min(...bodies.map(({ y }) => y)));
  const marksAbove = pieces.filter(({ y, height }) => baseline - (y + height) > MARK_FROM * capital && height < MARK_HEIGHT * capital);
  const tailsBelow = pieces.filter(({ y, height }) => y + height - baseline > TAIL_REACH * capital);
  const middleTop = medianOf(bodies.map(({ y }) => y));
  const tallLetters = bodies.filter(({ y }) => middleTop - y > TALL_BY * (baseline - middleTop));
  const wideMarks = marksAbove.filter(({ width }) => width > DOT_WIDTH * capital);
  return {
    marksAbove: marksAbove.length,
    wideMarks: wideMarks.length,
    tallLetters: tallLetters.length,
    tailsBelow: tailsBelow.length,
    gaps: gapsOf(pieces).map((gap) => gap / capital),
    endStrokes: endStrokesOf(pieces, tallest),
  };
}

function endStrokesOf(pieces: readonly InkPiece[], tallest: number): LineShape["endStrokes"] {
  const isStroke = (piece: InkPiece | undefined): boolean =>
    piece !== undefined && piece.height >= STROKE_HEIGHT * tallest && piece.width <= STROKE_WIDTH * piece.height;
  const fromLeft = pieces.toSorted((a, b) => a.x - b.x);
  const fromRight = pieces.toSorted((a, b) => b.x + b.width - (a.x + a.width));
  return { head: isStroke(fromLeft[0]), tail: isStroke(fromRight[0]) };
}

/** Signs that begin or end with an upright stroke or are one. */
const UPRIGHT = /[1IiJjLlTtf|!/\\()[\]]/;

/**
 * Returns whether a line begins or ends with an upright stroke where the text has a wide sign: both readers lose a bare 1 before
 * "2/2020". Pure.
 */
export function hasUnreadStroke(text: string, { endStrokes }: LineShape): boolean {
  const signs = text.replace(/[^\p{L}\p{N}|!/\\()[\]]/gu, "");
  const isWide = (sign: string | undefined): boolean => sign !== undefined && !UPRIGHT.test(sign);
  return (endStrokes.head && isWide(signs[0])) || (endStrokes.tail && isWide(signs.at(-1)));
}

function gapsOf(pieces: readonly InkPiece[]): number[] {
  const gaps: number[] = [];
  let right = Number.NaN;
  for (const piece of pieces.toSorted((a, b) => a.x - b.x)) {
    if (piece.x > right) gaps.push(piece.x - right);
    right = Number.isNaN(right) ? piece.x + piece.width : Math.max(right, piece.x + piece.width);
  }
  return gaps;
}

/** Returns the middle one of some values, the upper of two; 0 of none. Pure. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const ONE_MARK = "ijåéèêíìóòúùáàâîôûëïćńśźżčšžřěğñİÅÉÈÊÍÓÚÁÀÂÎÔÛĆŃŚŹŻČŠŽĞÑ";
const TWO_MARKS = "äöüÄÖÜ";
/** Signs that may or may not count as marks, depending on the typeface. */
const MAYBE_MARKS = new Map([
  ..."'’`´^°*".split("").map((char) => [char, 1] as const),
  ...'"”“%:;?!'.split("").map((char) => [char, 2] as const),
]);
const TAILED = "gjpqyçşţ";
/** Signs and letters that reach below the line in some typefaces. */
const MAYBE_TAILED = "fQJ,;()[]{}§µ/|\\@$&_3479z";

/** How the marks and tails of the ink compare with those that a text's letters bring. */
export type MarkFit = "tooMany" | "justRight" | "tooFew";

/**
 * Returns whether the ink holds marks that the text does not explain (a lost accent, ring or cedilla), or fewer than its letters
 * bring (marks that melted into their letters: nothing can be said).
 *
 * Pure. A colon, a percent sign and the like count as marks, so signs never make marks "too many".
 */
export function compareMarks(text: string, shapes: readonly LineShape[]): MarkFit {
  const marks = { least: 0, most: 0, wide: 0 };
  const tails = { least: 0, most: 0 };
  for (const char of text.normalize("NFC")) {
    const certain = ONE_MARK.includes(char) ? 1 : TWO_MARKS.includes(char) ? 2 : 0;
    marks.least += certain;
    marks.most += certain + (MAYBE_MARKS.get(char) ?? 0);
    if (certain > 0 && char !== "i" && char !== "j") marks.wide++;
    marks.wide += MAYBE_MARKS.get(char) ?? 0;
    if (TAILED.includes(char)) tails.least++;
    if (TAILED.includes(char) || MAYBE_TAILED.includes(char)) tails.most++;
  }
  const marksAbove = shapes.reduce((sum, shape) => sum + shape.marksAbove, 0);
  const wideMarks = shapes.reduce((sum, shape) => sum + shape.wideMarks, 0);
  const tailsBelow = shapes.reduce((sum, shape) => sum + shape.tailsBelow, 0);
  const tallLetters = shapes.reduce((sum, shape) => sum + shape.tallLetters, 0);
  if (isCapitals(text) && tallLetters > marks.wide) return "tooMany";
  if (marksAbove > marks.most || wideMarks > marks.wide || tailsBelow > tails.most) return "tooMany";
  return marksAbove >= marks.least && tailsBelow >= tails.least ? "justRight" : "tooFew";
}

/**
 * Returns whether more pieces reach below the line than letters with a tail of their own: the rest may be cedillas, even where a
 * typeface lets other letters (z, f, Q) reach down. Pure.
 */
export function hasUnexplainedTails(text: string, shapes: readonly LineShape[]): boolean {
  const certain = [...text.normalize("NFC")].filter((char) => TAILED.includes(char) || char === ",").length;
  return shapes.reduce((sum, shape) => sum + shape.tailsBelow, 0) > certain;
}

function isCapitals(text: string): boolean {
  return text === text.toUpperCase() && text !== text.toLowerCase();
}

/** A gap this wide is a space even in loose print, in heights of a capital. */
const CERTAIN_SPACE = 0.75;
/** Spaces are at least this much wider than the widest gap inside a word. */
const SPACE_RATIO = 1.35;
/** The narrowest space of print and of handwriting-like letters measured 0.2 heights of a capital; gaps inside words reach 0.3. */
const LEAST_SPACE = 0.18;

/** Returns whether the text has as many spaces as the ink has wide gaps. Pure. */
export function hasPlausibleSpaces(text: string, shape: LineShape): boolean {
  const spaces = text.trim().split(/\s+/).length - 1;
  const gaps = shape.gaps.toSorted((a, b) => b - a);
  const widestInside = gaps[spaces] ?? 0;
  if (spaces === 0) return widestInside < CERTAIN_SPACE;
  const narrowestSpace = gaps[spaces - 1] ?? 0;
  return narrowestSpace > Math.max(LEAST_SPACE, widestInside * SPACE_RATIO);
}

/** A gap of this many heights of a capital and of so many usual gaps parts two words, whatever the readers say. */
const OUTLYING_GAP = { least: 0.4, times: 2 } as const;
/** With fewer gaps than this no gap is usual. */
const USUAL_FROM = 3;

/** Returns whether one of a line's gaps is far wider than the usual ones although the text has no space for it. Pure. */
export function hasUnreadSpace(text: string, { gaps }: LineShape): boolean {
  const spaces = text.trim().split(/\s+/).length - 1;
  const sorted = gaps.toSorted((a, b) => b - a).slice(spaces);
  if (sorted.length < USUAL_FROM) return false;
  const [widest = 0] = sorted;
  return widest >= OUTLYING_GAP.least && widest >= OUTLYING_GAP.times * (sorted[sorted.length >> 1] ?? 0);
}
