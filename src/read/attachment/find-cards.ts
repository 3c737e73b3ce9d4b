import type { GreyRaster, RectPx } from "../../model/page.ts";
import { reduceRaster } from "./reduce-raster.ts";
import { softenRaster } from "./soften-raster.ts";

/** An identity card's sides, mm (ISO/IEC 7810 ID-1), and how far a copy may be off. */
const CARD_LONG_MM = 85.6;
const CARD_SHORT_MM = 54;
const TOLERANCE = 0.12;
/** The picture in which cards are looked for: 1 px is about half a millimetre of an A4 page. */
const LOOK_SIDE_PX = 600;
/** The noise of a scan that was made far too dark is evened out over this, pixels of that picture. */
const NOISE_PX = 1;
/** A dark copy of a card is at least this much darker than the page's paper; on a scan far too dark all that is left is 0.55. */
const DARK_SHARE = 0.62;
/** A line half a millimetre thick is this dark in that picture. */
const OUTLINE_SHARE = 0.85;
/** Share of each side of a card at which its edge is seen; prints and folds that lie across it hide some. */
const LEAST_EDGE = 0.8;
/** An edge lies within this of the upright rectangle around the card (it leans and has round corners), mm. */
const EDGE_REACH_MM = 5;
const MM_PER_INCH = 25.4;

/**
 * Returns where a page shows dark or outlined rectangles of an identity card's size: copies that cannot be read.
 *
 * Pure. Which side such a card shows, and which way up, cannot be told.
 */
export function findCardShapes(raster: GreyRaster): RectPx[] {
  const small = reduceRaster(raster, LOOK_SIDE_PX);
  const factor = raster.widthPx / small.widthPx;
  // Thin bars and letters that touch a dark card are worn away first; the outline of a pale one would not outlast that.
  const solid = cardsIn(darkMask(softenRaster(small, NOISE_PX), DARK_SHARE, WEAR_PX), small, WEAR_PX);
  const shapes = solid.length > 0 ? solid : cardsIn(darkMask(small, OUTLINE_SHARE, 0), small, 0);
  return shapes.map(({ x, y, width, height }) => ({ x: x * factor, y: y * factor, width: width * factor, height: height * factor }));
}

function cardsIn(mask: Uint8Array, { widthPx, dpi }: GreyRaster, wearPx: number): RectPx[] {
  const pieces = findPieces(mask, widthPx);
  return pieces
    .filter((piece) => isCardSized(piece, dpi, wearPx) && hasFourEdges(piece, dpi))
    .map(({ left, top, right, bottom }) => ({ x: left, y: top, width: right - left + 1, height: bottom - top + 1 }));
}

/** Marks dark places; of solid areas what is left when `wearPx` are taken off all around. */
function darkMask({ widthPx, heightPx, data }: GreyRaster, share: number, wearPx: number): Uint8Array {
  const counts = new Uint32Array(256);
  for (const value of data) counts[value] = (counts[value] ?? 0) + 1;
  const limit = lightLevel(counts, data.length) * share;
  const mask = new Uint8Array(data.length);
  for (let y = wearPx; y < heightPx - wearPx; y++) {
    for (let x = wearPx; x < widthPx - wearPx; x++) {
      const at = y * widthPx + x;
      const corners = [at, at - wearPx, at + wearPx, at - wearPx * widthPx, at + wearPx * widthPx];
      mask[at] = corners.every((index) => (data[index] ?? 255) < limit) ? 1 : 0;
    }
  }
  return mask;
}

/** Bars of a page's edge are up to 2 mm thick. */
const WEAR_PX = 4;

function lightLevel(counts: Uint32Array, total: number): number {
  let sum = 0;
  for (let level = 255; level > 0; level--) {
    sum += counts[level] ?? 0;
    if (sum > total / 4) return level;
  }
  return 255;
}

interface Piece {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Where its pixels lie, in pixels of the picture. */
  readonly spots: { readonly x: number; readonly y: number }[];
}

function findPieces(mask: Uint8Array, width: number): Piece[] {
  const pieces: Piece[] = [];
  const stack: number[] = [];
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] !== 1) continue;
    const piece: Piece = { left: width, top: Infinity, right: 0, bottom: 0, spots: [] };
    mask[start] = 2;
    stack.push(start);
    for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
      const x = index % width;
      const y = (index - x) / width;
      piece.left = Math.min(piece.left, x);
      piece.right = Math.max(piece.right, x);
      piece.top = Math.min(piece.top, y);
      piece.bottom = Math.max(piece.bottom, y);
      piece.spots.push({ x, y });
      for (const next of [index - 1, index + 1, index - width, index + width]) {
        if (mask[next] !== 1) continue;
        mask[next] = 2;
        stack.push(next);
      }
    }
    pieces.push(piece);
  }
  return pieces;
}

function isCardSized({ left, top, right, bottom }: Piece, dpi: number, wearPx: number): boolean {
  const toMm = (px: number): number => ((px + 1 + 2 * wearPx) / dpi) * MM_PER_INCH;
  const [width, height] = [toMm(right - left), toMm(bottom - top)];
  return isAbout(Math.max(width, height), CARD_LONG_MM) && isAbout(Math.min(width, height), CARD_SHORT_MM);
}

function isAbout(value: number, expected: number): boolean {
  return Math.abs(value / expected - 1) <= TOLERANCE;
}

/** Tells whether a piece reaches its own rectangle nearly everywhere, as a card does and print of the same size does not. */
function hasFourEdges({ left, top, right, bottom, spots }: Piece, dpi: number): boolean {
  const reach = (EDGE_REACH_MM / MM_PER_INCH) * dpi;
  const seen = { left: new Set<number>(), right: new Set<number>(), top: new Set<number>(), bottom: new Set<number>() };
  for (const { x, y } of spots) {
    if (x - left <= reach) seen.left.add(y);
    if (right - x <= reach) seen.right.add(y);
    if (y - top <= reach) seen.top.add(x);
    if (bottom - y <= reach) seen.bottom.add(x);
  }
  const [width, height] = [right - left + 1, bottom - top + 1];
  const isSeen = (places: ReadonlySet<number>, length: number): boolean => places.size >= LEAST_EDGE * length;
  return isSeen(seen.left, height) && isSeen(seen.right, height) && isSeen(seen.top, width) && isSeen(seen.bottom, width);
}
