import type { GreyRaster, RectPx } from "../../model/page.ts";
import { reduceRaster } from "./reduce-raster.ts";

/** An identity card's sides, mm (ISO/IEC 7810 ID-1), and how far a copy may be off. */
const CARD_LONG_MM = 85.6;
const CARD_SHORT_MM = 54;
const TOLERANCE = 0.12;
/** The picture in which cards are looked for: 1 px is about half a millimetre of an A4 page. */
const LOOK_SIDE_PX = 600;
/** A dark copy of a card is at least this much darker than the page's paper. */
const DARK_SHARE = 0.5;
/** Share of its rectangle that a dark copy fills (it leans and has round corners). */
const LEAST_FILL = 0.8;
const MM_PER_INCH = 25.4;

/**
 * Returns where a page shows solid dark rectangles of an identity card's size: copies too dark to read.
 *
 * Pure. Which side such a card shows, and which way up, cannot be told.
 */
export function findDarkCards(raster: GreyRaster): RectPx[] {
  const small = reduceRaster(raster, LOOK_SIDE_PX);
  const isDark = darkMask(small);
  const factor = raster.widthPx / small.widthPx;
  return findPieces(isDark, small.widthPx)
    .map(({ left, top, right, bottom, pixels }) => ({ x: left, y: top, width: right - left + 1, height: bottom - top + 1, pixels }))
    .filter((piece) => isCard(piece, small.dpi))
    .map(({ x, y, width, height }) => ({ x: x * factor, y: y * factor, width: width * factor, height: height * factor }));
}

/** Marks the inside of solid dark areas: thin bars and letters that touch a card are worn away first. */
function darkMask({ widthPx, heightPx, data }: GreyRaster): Uint8Array {
  const counts = new Uint32Array(256);
  for (const value of data) counts[value] = (counts[value] ?? 0) + 1;
  const limit = lightLevel(counts, data.length) * DARK_SHARE;
  const mask = new Uint8Array(data.length);
  for (let y = WEAR_PX; y < heightPx - WEAR_PX; y++) {
    for (let x = WEAR_PX; x < widthPx - WEAR_PX; x++) {
      const at = y * widthPx + x;
      const corners = [at, at - WEAR_PX, at + WEAR_PX, at - WEAR_PX * widthPx, at + WEAR_PX * widthPx];
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
  pixels: number;
}

function findPieces(mask: Uint8Array, width: number): Piece[] {
  const pieces: Piece[] = [];
  const stack: number[] = [];
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] !== 1) continue;
    const piece: Piece = { left: width, top: Infinity, right: 0, bottom: 0, pixels: 0 };
    mask[start] = 2;
    stack.push(start);
    for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
      const x = index % width;
      const y = (index - x) / width;
      piece.left = Math.min(piece.left, x);
      piece.right = Math.max(piece.right, x);
      piece.top = Math.min(piece.top, y);
      piece.bottom = Math.max(piece.bottom, y);
      piece.pixels++;
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

function isCard({ width, height, pixels }: { width: number; height: number; pixels: number }, dpi: number): boolean {
  const worn = 2 * WEAR_PX;
  const toMm = (px: number): number => ((px + worn) / dpi) * MM_PER_INCH;
  const longMm = toMm(Math.max(width, height));
  const shortMm = toMm(Math.min(width, height));
  return isAbout(longMm, CARD_LONG_MM) && isAbout(shortMm, CARD_SHORT_MM) && pixels >= LEAST_FILL * width * height;
}

function isAbout(value: number, expected: number): boolean {
  return Math.abs(value / expected - 1) <= TOLERANCE;
}
