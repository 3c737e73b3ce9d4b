import type { BoxMeasures, MarkPiece } from "./measure-box.ts";

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
}

/*
 * Measured on 2,200 boxes of scans in nine kinds of damage and on 20,000 drawn ones:
 * unmarked boxes cover at most 0.063 and peak at most 0.29 (bleed-through; 0.19 without);
 * crosses, checks and slashes cover at least 0.15 and peak at least 0.65; faint pencil peaks at 0.33-0.56.
 */
const EMPTY_COVERAGE_BELOW = 0.05;
const EMPTY_PEAK_BELOW = 0.22;
const MARK_COVERAGE_FROM = 0.12;
const MARK_PEAK_FROM = 0.6;
/** On a page filled with pale ink a mark counts when it is as dark as this share of the page's other marks. */
const SAME_PEN_SHARE = 0.75;
/** Ink paler than this is never accepted, whatever the other marks: bleed-through peaked at 0.29, a copy's ghost at 0.4. */
const PALEST_PEAK = 0.45;
/** A mark passes the box's centre within this many box sizes; strokes from a neighbour only cut corners. */
const MAX_CENTRE_GAP = 0.28;
const MAX_CENTROID_OFFSET = 1;
/** A mark spans at least this share of the box's visible inside in both directions: lines and specks do not. */
const MIN_INSIDE_SPAN = 0.34;
/** A mark that spans less than this in both directions is a dot or a speck. */
const MIN_FREE_SPAN = 0.6;
const MAX_MARK_EXTENT = 4;
/** Neatly filled boxes cover all of the inside (0.998), the boldest blurred cross 0.88. */
const FILLED_COVERAGE_FROM = 0.93;
const FILLED_SOLID_FROM = 0.33;
/** Filled boxes end within 0.53 box sizes of the centre, scribbled-out ones reach 0.68 on two or more sides. */
const SCRIBBLE_REACH_FROM = 0.62;
/** Round pieces have empty corners: dots measured -0.6 or less, crosses, checks and slashes -0.3 or more. */
const ROUND_CORNER_EXCESS = -0.45;
const ROUND_BULK_FROM = 0.55;
const DOT_PEAK_FROM = 0.8;
const MAX_DOT_OFFSET = 0.16;
const MIN_DOT_SPAN = 0.45;
/** Share of the printed box's edge that must be found for the box to be readable; faxes measured 0.76, misaligned boxes 0.3. */
const MIN_PRINT_FOUND = 0.7;
/** More ink than this in the unmarked boxes of a page means that the page as a whole cannot be judged. */
const MAX_RESIDUE = 0.1;
/** A piece of ink this near (box sizes) may be a mark that missed the box. */
const NEAR_X = 2.2;
const NEAR_Y = 1.15;
const NEAR_MIN_EXTENT = 0.4;

function extentOf(piece: MarkPiece): number {
  return Math.max(piece.right - piece.left, piece.bottom - piece.top);
}

function isEnclosing(piece: MarkPiece): boolean {
  return piece.left < -0.4 && piece.right > 0.4 && piece.top < -0.4 && piece.bottom > 0.4;
}

/** Whether a piece outside the box may be meant for it: a mark beside it, a circle around it or around its word. */
function isNearMark(piece: MarkPiece): boolean {
  if (isEnclosing(piece)) return true;
  if (extentOf(piece) < NEAR_MIN_EXTENT) return false;
  return Math.abs(piece.centreX) <= NEAR_X && Math.abs(piece.centreY) <= NEAR_Y;
}

function fillVerdict(piece: MarkPiece): BoxVerdict {
  const reaches = [-piece.left, piece.right, -piece.top, piece.bottom].filter((reach) => reach > SCRIBBLE_REACH_FROM);
  return { mark: reaches.length >= 2 ? "scribbled" : "filled", confidence: reaches.length === 1 ? 0.6 : 0.8 };
}

function isOwnStroke(piece: MarkPiece): boolean {
  return (
    piece.centreGap <= MAX_CENTRE_GAP &&
    Math.abs(piece.centreX) <= MAX_CENTROID_OFFSET &&
    Math.abs(piece.centreY) <= MAX_CENTROID_OFFSET &&
    Math.min(piece.insideWidth, piece.insideHeight) >= MIN_INSIDE_SPAN &&
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
  const isLikely =
    piece.centreGap <= MAX_CENTRE_GAP && Math.max(piece.insideWidth, piece.insideHeight) >= MIN_INSIDE_SPAN && box.peakInk > 0.31;
  const isLine = piece.insideHeight < 0.3 || piece.insideWidth < 0.2;
  return { mark: isLikely && !isLine ? "maybeMarked" : "maybeEmpty", confidence: 0.6 };
}

/** Whether a mark was set beside the box, or touches only its edge. */
function isNearMarkOf(box: BoxMeasures, nearby: readonly MarkPiece[]): boolean {
  return nearby.some(isNearMark) || (box.inside !== undefined && box.inside.insideShare < 0.5 && isNearMark(box.inside));
}

/**
 * Judges one box by several measures against the page's own ink. Pure.
 *
 * @param nearby pieces outside the box that belong to no other box and to no text
 */
export function judgeBox(box: BoxMeasures, nearby: readonly MarkPiece[], page: PageInk): BoxVerdict {
  const isReadable = box.printFound >= MIN_PRINT_FOUND && page.residue <= MAX_RESIDUE && box.visibleShare > 0.1;
  if (box.inside !== undefined && box.coverage >= EMPTY_COVERAGE_BELOW) {
    const isFill = box.coverage >= FILLED_COVERAGE_FROM && box.inside.solidShare >= FILLED_SOLID_FROM;
    const verdict = isFill ? fillVerdict(box.inside) : inkVerdict(box, box.inside, page);
    return isReadable || verdict.mark !== "marked" ? verdict : { mark: "maybeMarked", confidence: 0.5 };
  }
  if (isNearMarkOf(box, nearby)) return { mark: "maybeMarked", confidence: 0.5 };
  const isBare = box.inside === undefined && box.coverage < EMPTY_COVERAGE_BELOW && box.peakInk < EMPTY_PEAK_BELOW;
  if (!isBare || !isReadable) return { mark: "maybeEmpty", confidence: 0.6 };
  return { mark: "empty", confidence: Math.min(0.999, 0.97 + 0.03 * (1 - box.peakInk / EMPTY_PEAK_BELOW)) };
}
