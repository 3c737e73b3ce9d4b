import type { Zone } from "../../model/form-layout.ts";
import { findPieces } from "../ink/find-pieces.ts";
import type { InkPage } from "../ink/ink-page.ts";
import { MM_PER_INCH } from "../ink/zone-ink.ts";
import { type BoxFrame, boxFrameOf, type MarkPiece, measurePiece, solidCores } from "./measure-piece.ts";

/** How far beyond the box marks are followed: the tail of an overflowing check mark measured 5.2 mm, a cross on its label began at 7. */
const MARGIN_MM = 9;
/** The box's printed edge lies within this of the widget's rectangle. */
const EDGE_REACH_MM = 0.5;
/** Half the side of the square that must fit into solid ink: wider than a felt pen's stroke. */
const SOLID_REACH_MM = 0.32;
/** A piece smaller than a square with this side is a speck of dirt. */
const SPECK_SIDE_MM = 0.28;

/** What was measured in and around one box. */
export interface BoxMeasures {
  readonly zone: Zone;
  /** Share of the box's visible inside covered by ink, 0-1. */
  readonly coverage: number;
  /** Mean ink of the box's visible inside, strong or weak, relative to the page's print, 0-1. */
  readonly meanInk: number;
  /** Darkest ink inside after smoothing over 3 x 3 px, 0-1: a thin faint line shows here first. */
  readonly peakInk: number;
  /** Share of the box's area that no printed line hides, 0-1. */
  readonly visibleShare: number;
  /** Share of the printed box that was found on the scan, 0-1: low = the blank does not lie on the print here. */
  readonly printFound: number;
  /** The piece with most ink inside the box. */
  readonly inside: MarkPiece | undefined;
  /** Pieces that do not reach into the box, large to small. */
  readonly outside: readonly MarkPiece[];
}

/** Returns the mean over 3 x 3 pixels, so that single noisy pixels do not count. */
function smoothed(picture: Uint8Array, widthPx: number, heightPx: number): Uint8Array {
  const soft = new Uint8Array(picture.length);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      let sum = 0;
      let count = 0;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(heightPx - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(widthPx - 1, x + 1); nx++) {
          sum += picture[ny * widthPx + nx] ?? 0;
          count++;
        }
      }
      soft[y * widthPx + x] = sum / count;
    }
  }
  return soft;
}

/** A printed point is found where the scan has at least this share of the page's print darkness. */
const FOUND_SHARE = 0.4;

function printFound(frame: BoxFrame, printDarkness: number): number {
  const { ink } = frame;
  const edge = Math.round((EDGE_REACH_MM * ink.dpi) / MM_PER_INCH);
  let print = 0;
  let found = 0;
  for (let y = Math.max(0, frame.top - edge); y < Math.min(ink.heightPx, frame.bottom + edge); y++) {
    for (let x = Math.max(0, frame.left - edge); x < Math.min(ink.widthPx, frame.right + edge); x++) {
      const at = y * ink.widthPx + x;
      if (ink.printed[at] !== 2) continue;
      print++;
      if ((ink.darkness[at] ?? 0) >= printDarkness * FOUND_SHARE) found++;
    }
  }
  return print === 0 ? 1 : found / print;
}

function measureInside(frame: BoxFrame, soft: Uint8Array, threshold: number) {
  const { ink } = frame;
  let visible = 0;
  let inked = 0;
  let sum = 0;
  let peak = 0;
  for (let y = Math.max(0, frame.top); y < Math.min(ink.heightPx, frame.bottom); y++) {
    for (let x = Math.max(0, frame.left); x < Math.min(ink.widthPx, frame.right); x++) {
      const at = y * ink.widthPx + x;
      if (ink.printed[at]) continue;
      visible++;
      sum += ink.ink[at] ?? 0;
      if ((ink.ink[at] ?? 0) >= threshold) inked++;
      peak = Math.max(peak, soft[at] ?? 0);
    }
  }
  const area = (frame.right - frame.left) * (frame.bottom - frame.top);
  return {
    coverage: inked / Math.max(1, visible),
    meanInk: sum / Math.max(1, visible) / 255,
    peakInk: peak / 255,
    visibleShare: visible / Math.max(1, area),
  };
}

/**
 * Measures the ink in and around one box. Pure.
 *
 * @param threshold ink below this (255 = the page's print) is noise on this page
 */
export function measureBox(page: InkPage, zone: Zone, threshold: number): BoxMeasures {
  const ink = page.zone(zone.rect, MARGIN_MM, 0);
  const frame = boxFrameOf(ink, zone.rect);
  const soft = smoothed(ink.ink, ink.widthPx, ink.heightPx);
  const { pieces, labels } = findPieces(soft, ink.widthPx, ink.heightPx, threshold);
  const pxPerMm = ink.dpi / MM_PER_INCH;
  const solid = solidCores(labels, ink.widthPx, ink.heightPx, Math.round(SOLID_REACH_MM * pxPerMm));
  const large = pieces.filter((piece) => piece.areaPx >= (SPECK_SIDE_MM * pxPerMm) ** 2);
  const marks = large.map((piece) => measurePiece(piece, labels, solid, frame));
  const reaching = marks.filter((mark) => mark.insideShare > 0);
  const inside = reaching.toSorted((a, b) => b.insideShare * b.areaMm2 - a.insideShare * a.areaMm2)[0];
  return {
    zone,
    ...measureInside(frame, soft, threshold),
    printFound: printFound(frame, page.scale.printDarkness),
    inside,
    outside: marks.filter((mark) => mark !== inside),
  };
}
