import type { BoxMeasures } from "./measure-box.ts";
import type { MarkPiece } from "./measure-piece.ts";

/**
 * What one box shows:
 * - `marked`: a clear stroke mark of its own; `filled`: neatly filled in; `scribbled`: covered beyond its edges
 * - `empty`: clearly nothing
 * - `maybeMarked`, `maybeEmpty`: a person must look; the name is the better guess
 */
export type BoxMark = "marked" | "filled" | "scribbled" | "maybeMarked" | "maybeEmpty" | "empty";

export interface BoxVerdict {
  readonly mark: BoxMark;
  /** 0-1: how far the measures lie from the nearest other verdict. */
  readonly confidence: number;
}

/** What a page's own marks and paper look like; every box is judged against it. */
export interface PageInk {
  /** Typical darkest ink of the marks on this page, 0-1 of the page's print; 1 when it has too few to tell. */
  readonly penPeak: number;
  /** Typical ink in the boxes without a mark: noise and what is left of the print, 0-1. */
  readonly residue: number;
  /** Darkness that bare paper reaches by noise, 0-1 of the page's print. */
  readonly noise: number;
}

/*
 * Measured on 2,200 boxes of scans in nine kinds of damage and on 20,000 drawn ones:
 * unmarked boxes cover at most 0.063 and peak at most 0.29 (bleed-through; 0.19 without);
 * crosses, checks and slashes cover at least 0.15 and peak at least 0.65; faint pencil peaks at 0.33-0.56.
 */
const EMPTY_COVERAGE_BELOW = 0.05;
/**
 * In an empty box the darkest spot exceeds the mean by less than this on clean paper and by this more per noise; a line of
 * grey 215 on white, hardly visible, exceeds it by 0.12. Shading by a fold or a stain raises both.
 */
const EMPTY_CONTRAST_BELOW = 0.09;
const CONTRAST_PER_NOISE = 0.35;
const MAX_EMPTY_CONTRAST = 0.2;
const MARK_COVERAGE_FROM = 0.12;
const MARK_PEAK_FROM = 0.6;
/** On a page filled with pale ink a mark counts when it is as dark as this share of the page's other marks. */
const SAME_PEN_SHARE = 0.75;
/** Ink paler than this is never accepted, whatever the other marks: bleed-through peaked at 0.29, a copy's ghost at 0.4. */
const PALEST_PEAK = 0.45;
/** Ink paler than this comes more often from the back of the sheet than from a pen; the faintest pencil peaked at 0.33. */
const GHOST_PEAK_BELOW = 0.31;
/** A mark passes the box's centre within this many box sizes; strokes from a neighbour only cut corners. */
const MAX_CENTRE_GAP = 0.28;
const MAX_CENTROID_OFFSET = 1;
/** A mark spans at least this share of the box's visible inside in both directions: lines and specks do not. */
const MIN_INSIDE_SPAN = 0.34;
/** A mark that spans less than this in both directions is a dot or a speck. */
const MIN_FREE_SPAN = 0.5;
/** A straight line counts as a slash when it spans this much in both directions; a strike or a stamp's ring does not. */
const LINE_ROUNDNESS_BELOW = 0.22;
const MIN_LINE_SPAN = 0.6;
/** Strokes have solid cores at crossings only: the boldest blurred cross measured 0.23, holes and blots far more. */
const MAX_STROKE_SOLID = 0.3;
/** A line that crosses the whole box and is lower than this, box sizes, strikes it out. */
const MIN_MARK_EXTENT = 0.4;
const MAX_MARK_EXTENT = 4;
/** Neatly filled boxes cover all of the inside (0.998), the boldest blurred cross 0.88. */
const FILLED_COVERAGE_FROM = 0.93;
const FILLED_SOLID_FROM = 0.33;
/** Filled boxes end within 0.53 box sizes of the centre, scribbled-out ones reach 0.68 on two or more sides. */
const SCRIBBLE_REACH_FROM = 0.62;
/** Round pieces have empty corners: dots measured -0.6 or less, crosses, checks and slashes -0.3 or more. */
const ROUND_CORNER_EXCESS = -0.45;
const ROUND_BULK_FROM = 0.55;
const DOT_PEAK_FROM = 0.65;
const MAX_DOT_OFFSET = 0.16;
const MIN_DOT_SPAN = 0.38;
/** Share of the printed box's edge that must be found for the box to be readable; faxes measured 0.76, misaligned boxes 0.3. */
const MIN_PRINT_FOUND = 0.7;
/** More ink than this in the unmarked boxes of a page means that the page as a whole cannot be judged. */
const MAX_RESIDUE = 0.1;
/** Struck-out crosses reach 0.95 box sizes and more to both sides; an overflowing cross leaves the box above and below, too. */
const STRIKE_REACH = 0.75;
/** A piece of ink this near (box sizes) may be a mark that missed the box. */
const NEAR_X = 2.2;
const NEAR_Y = 1.5;
const NEAR_MIN_EXTENT = 0.4;
/** Crosses over a label leave ends of 0.45 mm² in all at least, on a fax; beside 795 empty boxes lay 0.19 mm² at most. */
const FRAGMENTS_FROM_MM2 = 0.3;
/** On a grey scan a cross over a label left four ends of 0.5 to 0.8 mm² each. */
const CROSS_ENDS_MM2 = 0.6;
/** Labels stand this near, box sizes: a cross on the first word of one, a note before or after a mark. */
const LABEL_X = 3.2;
/** A word or a cross beside a mark may take it back: 6 of 336 right marks had ink so near, all 5 withdrawn ones with a note. */
const NOTE_Y = 1.6;
const FRAGMENT_DARKNESS_FROM = 0.4;
/** Small letters in pencil are on the average this much paler than the same pencil's cross. */
const NOTE_PALER = 0.5;

function extentOf(piece: MarkPiece): number {
  return Math.max(piece.right - piece.left, piece.bottom - piece.top);
}

function isEnclosing(piece: MarkPiece): boolean {
  return piece.left < -0.4 && piece.right > 0.4 && piece.top < -0.4 && piece.bottom > 0.4;
}

function isNear(piece: MarkPiece): boolean {
  return Math.abs(piece.centreX) <= NEAR_X && Math.abs(piece.centreY) <= NEAR_Y;
}

function isAtLabel(piece: MarkPiece): boolean {
  return Math.abs(piece.centreX) <= LABEL_X && Math.abs(piece.centreY) <= NEAR_Y;
}

/** Whether ink beside a mark, of the same pen or as dark as print, may be a word or a sign that takes it back. */
function isNote(piece: MarkPiece, mark: MarkPiece): boolean {
  const isDark = piece.darkness >= Math.min(FRAGMENT_DARKNESS_FROM, mark.darkness * NOTE_PALER);
  return isDark && Math.abs(piece.centreX) <= LABEL_X && Math.abs(piece.centreY) <= NOTE_Y && extentOf(piece) >= NEAR_MIN_EXTENT;
}

/** Whether a mark reaches far out of the box on both sides and is flat: a line runs through it that may strike it out. */
function isStruckThrough({ left, right, top, bottom }: MarkPiece): boolean {
  const isWide = left < -STRIKE_REACH && right > STRIKE_REACH;
  return isWide && (top > -SCRIBBLE_REACH_FROM || bottom < SCRIBBLE_REACH_FROM);
}

/** Whether a piece outside the box may be meant for it: a mark beside it, a circle around it or around its word. */
function isNearMark(piece: MarkPiece): boolean {
  if (isEnclosing(piece)) return true;
  const isInReach = isNear(piece) || (isAtLabel(piece) && piece.darkness > GHOST_PEAK_BELOW);
  return isInReach && extentOf(piece) >= NEAR_MIN_EXTENT;
}

/** Area of the dark pieces that a test names: a mark set over the printed label shows only its ends. */
function fragmentsMm2(pieces: readonly MarkPiece[], isCounted: (piece: MarkPiece) => boolean): number {
  let areaMm2 = 0;
  for (const piece of pieces) if (isCounted(piece) && piece.darkness >= FRAGMENT_DARKNESS_FROM) areaMm2 += piece.areaMm2;
  return areaMm2;
}

/** Whether ink beside an empty box was rather meant for it; a piece of the same size on the label's end may belong to anything. */
function isMeantForBox(pieces: readonly MarkPiece[]): boolean {
  const isMark = (piece: MarkPiece): boolean => isEnclosing(piece) || (isNear(piece) && extentOf(piece) >= NEAR_MIN_EXTENT);
  return pieces.some((piece) => isMark(piece) && piece.darkness > GHOST_PEAK_BELOW) || fragmentsMm2(pieces, isNear) >= CROSS_ENDS_MM2;
}

function fillVerdict(piece: MarkPiece): BoxVerdict {
  const reaches = [-piece.left, piece.right, -piece.top, piece.bottom].filter((reach) => reach > SCRIBBLE_REACH_FROM);
  return { mark: reaches.length >= 2 ? "scribbled" : "filled", confidence: reaches.length === 1 ? 0.6 : 0.8 };
}

function isOwnStroke(piece: MarkPiece): boolean {
  const isLine = piece.roundness < LINE_ROUNDNESS_BELOW;
  return (
    piece.solidShare <= MAX_STROKE_SOLID &&
    Math.min(piece.right - piece.left, piece.bottom - piece.top) >= MIN_MARK_EXTENT &&
    piece.centreGap <= MAX_CENTRE_GAP &&
    Math.abs(piece.centreX) <= MAX_CENTROID_OFFSET &&
    Math.abs(piece.centreY) <= MAX_CENTROID_OFFSET &&
    Math.min(piece.insideWidth, piece.insideHeight) >= (isLine ? MIN_LINE_SPAN : MIN_INSIDE_SPAN) &&
    Math.max(piece.insideWidth, piece.insideHeight) >= MIN_FREE_SPAN &&
    extentOf(piece) <= MAX_MARK_EXTENT &&
    !piece.isCut
  );
}

/** A dot that is meant: round, as dark as print, in the middle of the box and half as wide as its inside. */
function isClearDot(box: BoxMeasures, piece: MarkPiece): boolean {
  return (
    box.peakInk >= DOT_PEAK_FROM &&
    Math.hypot(piece.centreX, piece.centreY) <= MAX_DOT_OFFSET &&
    Math.min(piece.insideWidth, piece.insideHeight) >= MIN_DOT_SPAN &&
    piece.insideShare > 0.95
  );
}

function inkVerdict(box: BoxMeasures, piece: MarkPiece, page: PageInk): BoxVerdict {
  const needed = Math.min(MARK_PEAK_FROM, Math.max(PALEST_PEAK, page.penPeak * SAME_PEN_SHARE));
  const isDark = box.peakInk >= needed;
  const isRound = piece.cornerExcess < ROUND_CORNER_EXCESS && piece.bulk > ROUND_BULK_FROM;
  const isClear = isRound ? isClearDot(box, piece) : isOwnStroke(piece);
  if (isDark && box.coverage >= MARK_COVERAGE_FROM && isClear) {
    return { mark: "marked", confidence: Math.min(0.999, 0.97 + 0.1 * (box.coverage - MARK_COVERAGE_FROM)) };
  }
  return { mark: isLikelyMark(box, piece) ? "maybeMarked" : "maybeEmpty", confidence: 0.6 };
}

/** The better guess for ink that is no clear mark: it crosses the middle and is neither a strike nor a hole nor a shadow. */
function isLikelyMark(box: BoxMeasures, piece: MarkPiece): boolean {
  const isStrike = Math.min(piece.right - piece.left, piece.bottom - piece.top) < MIN_MARK_EXTENT && extentOf(piece) > 1;
  if (piece.centreGap > MAX_CENTRE_GAP || isStrike || piece.solidShare > MAX_STROKE_SOLID) return false;
  return box.peakInk > GHOST_PEAK_BELOW && Math.max(piece.insideWidth, piece.insideHeight) >= MIN_INSIDE_SPAN;
}

/** Returns the pieces that may be a mark set beside the box or touching only its edge. */
function nearMarksOf(box: BoxMeasures, nearby: readonly MarkPiece[]): MarkPiece[] {
  const touching = box.inside !== undefined && box.inside.insideShare < 0.5 ? [box.inside] : [];
  const marks = [...nearby, ...touching].filter(isNearMark);
  return marks.length === 0 && fragmentsMm2(nearby, isAtLabel) >= FRAGMENTS_FROM_MM2 ? nearby.filter(isAtLabel) : marks;
}

/**
 * Whether a box shows any line or spot, however pale, that its paper's noise does not explain. Pure.
 *
 * @param noise darkness that bare paper reaches by noise, 0-1 of the page's print
 */
export function hasTrace(box: BoxMeasures, noise: number): boolean {
  const limit = Math.min(MAX_EMPTY_CONTRAST, EMPTY_CONTRAST_BELOW + CONTRAST_PER_NOISE * noise);
  return box.peakInk - box.meanInk >= limit;
}

/**
 * Judges one box by several measures against the page's own ink. Pure.
 *
 * @param nearby pieces outside the box that belong to no other box and to no text
 */
export function judgeBox(box: BoxMeasures, nearby: readonly MarkPiece[], page: PageInk): BoxVerdict {
  const isReadable = box.printFound >= MIN_PRINT_FOUND && page.residue <= MAX_RESIDUE && box.visibleShare > 0.1;
  const { inside } = box;
  if (inside !== undefined && box.coverage >= EMPTY_COVERAGE_BELOW) {
    const isFill = box.coverage >= FILLED_COVERAGE_FROM && inside.solidShare >= FILLED_SOLID_FROM;
    const verdict = isFill ? fillVerdict(inside) : inkVerdict(box, inside, page);
    if (verdict.mark !== "marked") return verdict;
    const isDoubtful = !isReadable || isStruckThrough(inside) || nearby.some((piece) => isNote(piece, inside));
    return isDoubtful ? { mark: "maybeMarked", confidence: 0.5 } : verdict;
  }
  const near = nearMarksOf(box, nearby);
  if (near.length > 0) {
    return { mark: isMeantForBox(near) ? "maybeMarked" : "maybeEmpty", confidence: 0.5 };
  }
  const isTrace = hasTrace(box, page.noise);
  if (box.inside !== undefined && isTrace) return { mark: isLikelyMark(box, box.inside) ? "maybeMarked" : "maybeEmpty", confidence: 0.6 };
  if (box.inside !== undefined || isTrace || !isReadable) return { mark: "maybeEmpty", confidence: 0.6 };
  return { mark: "empty", confidence: Math.min(0.999, 0.97 + 0.3 * (EMPTY_CONTRAST_BELOW - box.peakInk + box.meanInk)) };
}
