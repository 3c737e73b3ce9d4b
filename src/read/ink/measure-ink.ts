import { findPieces } from "./find-pieces.ts";
import { MM_PER_INCH, type ZoneInk } from "./zone-ink.ts";

/** Ink weaker than this (255 = the page's print) is dirt or bleed-through; the faintest pencil measured about 90. */
export const INK_THRESHOLD = 64;
/** A piece smaller than a square with this side is a speck. */
const SPECK_SIDE_MM = 0.2;

/** How much ink a person or a printer put into a rectangle; the form's own print does not count. */
export interface InkMeasures {
  /** Share of the rectangle covered by ink, strokes under printed lines restored, 0-1. */
  readonly coverage: number;
  /** The same over the pixels that no printed line hides, 0-1. */
  readonly coverageWithoutLines: number;
  /** Share of the rectangle's pixels that no printed line hides, 0-1. */
  readonly visibleShare: number;
  /** Area of the largest connected piece, mm². */
  readonly largestPieceMm2: number;
  /** Connected pieces larger than a speck. */
  readonly pieces: number;
  /** Longest side of the box around the largest piece, mm. */
  readonly strokeExtentMm: number;
  /** Mean darkness of the inked pixels relative to the page's print, 0-1. */
  readonly meanDarkness: number;
}

/** Returns the plain measures of a zone's ink. Pure. */
export function measureInk(zone: ZoneInk, threshold: number = INK_THRESHOLD): InkMeasures {
  const { ink, printed, widthPx, heightPx } = zone;
  const pxPerMm = zone.dpi / MM_PER_INCH;
  let inked = 0;
  let visible = 0;
  let visibleInked = 0;
  let darkness = 0;
  for (let i = 0; i < ink.length; i++) {
    const value = ink[i] ?? 0;
    const isInk = value >= threshold;
    if (isInk) {
      inked++;
      darkness += value;
    }
    if (printed[i]) continue;
    visible++;
    if (isInk) visibleInked++;
  }
  const { pieces } = findPieces(ink, widthPx, heightPx, threshold);
  const largest = pieces[0];
  return {
    coverage: inked / Math.max(1, ink.length),
    coverageWithoutLines: visibleInked / Math.max(1, visible),
    visibleShare: visible / Math.max(1, ink.length),
    largestPieceMm2: largest === undefined ? 0 : largest.areaPx / pxPerMm ** 2,
    pieces: pieces.filter((piece) => piece.areaPx > (SPECK_SIDE_MM * pxPerMm) ** 2).length,
    strokeExtentMm: largest === undefined ? 0 : Math.max(largest.right - largest.left + 1, largest.bottom - largest.top + 1) / pxPerMm,
    meanDarkness: inked === 0 ? 0 : darkness / inked / 255,
  };
}
