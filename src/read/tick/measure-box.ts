import type { Zone } from "../../model/form-layout.ts";
import type { RectMm } from "../../model/page.ts";
import { findPieces, type InkPiece } from "../ink/find-pieces.ts";
import type { InkPage } from "../ink/ink-page.ts";
import { MM_PER_INCH, type ZoneInk } from "../ink/zone-ink.ts";

/** How far beyond the box marks are followed: the tail of an overflowing check mark measured 5.2 mm. */
const MARGIN_MM = 5.5;
/** The box's printed edge lies within this of the widget's rectangle. */
const EDGE_REACH_MM = 0.5;
/** Half the side of the square that must fit into solid ink: wider than a felt pen's stroke. */
const SOLID_REACH_MM = 0.32;
/** A piece smaller than a square with this side is a speck of dirt. */
const SPECK_SIDE_MM = 0.28;

/** One piece of ink near a box; places and sizes in box widths and heights from the box's centre. */
export interface MarkPiece {
  readonly areaMm2: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly centreX: number;
  readonly centreY: number;
  /** Share of the piece's pixels that lie inside the box and beside its printed edges, 0-1. */
  readonly insideShare: number;
  /** Extent of the part inside the box relative to what can be seen of the box, 0-1. */
  readonly insideWidth: number;
  readonly insideHeight: number;
  /** Spread of the piece across its long axis relative to along it: 0 = a straight line, 1 = even. */
  readonly roundness: number;
  /** Least distance of the piece from the box's centre, box sizes. */
  readonly centreGap: number;
  /** Share of the piece that is solid, not strokes, 0-1. */
  readonly solidShare: number;
  /** Share of the piece's bounding box that it fills, 0-1. */
  readonly bulk: number;
  /** Ink in the corners of the bounding box minus that at the middle of its sides, -1 to 1: a dot is below -0.3, a cross above 0. */
  readonly cornerExcess: number;
  /** Mean darkness relative to the page's print, 0-1. */
  readonly darkness: number;
  /** The piece runs on beyond what was looked at. */
  readonly isCut: boolean;
}

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

interface Frame {
  readonly ink: ZoneInk;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function frameOf(ink: ZoneInk, rect: RectMm): Frame {
  const pxPerMm = ink.dpi / MM_PER_INCH;
  const left = Math.round((rect.x - ink.originMm.x) * pxPerMm) + ink.match.dx;
  const top = Math.round((rect.y - ink.originMm.y) * pxPerMm) + ink.match.dy;
  return { ink, left, top, right: left + Math.round(rect.width * pxPerMm), bottom: top + Math.round(rect.height * pxPerMm) };
}

function isInside({ left, top, right, bottom }: Frame, x: number, y: number): boolean {
  return x >= left && x < right && y >= top && y < bottom;
}

/** Returns the mean over 3 x 3 pixels, so that single noisy pixels do not count. */
export function smoothed(picture: Uint8Array, widthPx: number, heightPx: number): Uint8Array {
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

/** Returns where a square of the reach fits into the inked pixels: 1 at the square's centre. */
function solidCores(labels: Int32Array, widthPx: number, heightPx: number, reach: number): Uint8Array {
  const solid = new Uint8Array(labels.length);
  for (let y = reach; y < heightPx - reach; y++) {
    for (let x = reach; x < widthPx - reach; x++) {
      const at = y * widthPx + x;
      if (labels[at] === 0) continue;
      let isSolid = true;
      for (let ny = y - reach; isSolid && ny <= y + reach; ny++) {
        for (let nx = x - reach; nx <= x + reach; nx++) {
          if (labels[ny * widthPx + nx] === 0) {
            isSolid = false;
            break;
          }
        }
      }
      if (isSolid) solid[at] = 1;
    }
  }
  return solid;
}

/** Parts of a side of the bounding box in which ink is counted. */
const GRID = 4;

function cornerExcess(piece: InkPiece, labels: Int32Array, widthPx: number): number {
  const width = piece.right - piece.left + 1;
  const height = piece.bottom - piece.top + 1;
  const inked = [0, 0];
  const total = [0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isEdgeX = x < width / GRID || x >= width - width / GRID;
      const isEdgeY = y < height / GRID || y >= height - height / GRID;
      if (!isEdgeX && !isEdgeY) continue;
      const kind = isEdgeX && isEdgeY ? 0 : 1;
      total[kind] = (total[kind] ?? 0) + 1;
      if (labels[(piece.top + y) * widthPx + piece.left + x] === piece.label) inked[kind] = (inked[kind] ?? 0) + 1;
    }
  }
  return (inked[0] ?? 0) / Math.max(1, total[0] ?? 1) - (inked[1] ?? 0) / Math.max(1, total[1] ?? 1);
}

/** Sums of a cloud of points from which its shape follows. */
class Moments {
  #count = 0;
  #x = 0;
  #y = 0;
  #xx = 0;
  #yy = 0;
  #xy = 0;

  add(x: number, y: number): void {
    this.#count++;
    this.#x += x;
    this.#y += y;
    this.#xx += x * x;
    this.#yy += y * y;
    this.#xy += x * y;
  }

  /** Standard deviation across the long axis relative to that along it, 0-1. */
  roundness(): number {
    if (this.#count < 3) return 0;
    const meanX = this.#x / this.#count;
    const meanY = this.#y / this.#count;
    const varX = this.#xx / this.#count - meanX ** 2;
    const varY = this.#yy / this.#count - meanY ** 2;
    const half = Math.hypot((varX - varY) / 2, this.#xy / this.#count - meanX * meanY);
    const middle = (varX + varY) / 2;
    return middle + half <= 0 ? 0 : Math.sqrt(Math.max(0, middle - half) / (middle + half));
  }
}

function measurePiece(piece: InkPiece, labels: Int32Array, solid: Uint8Array, frame: Frame): MarkPiece {
  const { ink, left, top, right, bottom } = frame;
  const width = right - left;
  const height = bottom - top;
  const centreX = (left + right - 1) / 2;
  const centreY = (top + bottom - 1) / 2;
  let inside = 0;
  let solidCount = 0;
  let sumX = 0;
  let sumY = 0;
  let gap = Number.POSITIVE_INFINITY;
  const moments = new Moments();
  let inLeft = right;
  let inRight = left - 1;
  let inTop = bottom;
  let inBottom = top - 1;
  for (let y = piece.top; y <= piece.bottom; y++) {
    for (let x = piece.left; x <= piece.right; x++) {
      const at = y * ink.widthPx + x;
      if (labels[at] !== piece.label) continue;
      moments.add(x, y);
      sumX += x;
      sumY += y;
      solidCount += solid[at] ?? 0;
      gap = Math.min(gap, Math.hypot((x - centreX) / width, (y - centreY) / height));
      if (ink.printed[at] || !isInside(frame, x, y)) continue;
      inside++;
      inLeft = Math.min(inLeft, x);
      inRight = Math.max(inRight, x);
      inTop = Math.min(inTop, y);
      inBottom = Math.max(inBottom, y);
    }
  }
  const visible = visibleSpan(frame);
  return {
    areaMm2: piece.areaPx / (ink.dpi / MM_PER_INCH) ** 2,
    left: (piece.left - centreX) / width,
    right: (piece.right - centreX) / width,
    top: (piece.top - centreY) / height,
    bottom: (piece.bottom - centreY) / height,
    centreX: (sumX / piece.areaPx - centreX) / width,
    centreY: (sumY / piece.areaPx - centreY) / height,
    insideShare: inside / piece.areaPx,
    insideWidth: inside === 0 ? 0 : Math.min(1, (inRight - inLeft + 1) / visible.width),
    insideHeight: inside === 0 ? 0 : Math.min(1, (inBottom - inTop + 1) / visible.height),
    roundness: moments.roundness(),
    centreGap: gap,
    solidShare: solidCount / piece.areaPx,
    cornerExcess: cornerExcess(piece, labels, ink.widthPx),
    bulk: piece.areaPx / ((piece.right - piece.left + 1) * (piece.bottom - piece.top + 1)),
    darkness: piece.meanInk / 255,
    isCut: piece.left === 0 || piece.top === 0 || piece.right === ink.widthPx - 1 || piece.bottom === ink.heightPx - 1,
  };
}

/** Returns the width and height of the box's inside between its printed edges, px. */
function visibleSpan(frame: Frame): { width: number; height: number } {
  const { ink, left, top, right, bottom } = frame;
  const middleY = Math.round((top + bottom - 1) / 2);
  const middleX = Math.round((left + right - 1) / 2);
  let width = 0;
  for (let x = left; x < right; x++) if (!ink.printed[middleY * ink.widthPx + x]) width++;
  let height = 0;
  for (let y = top; y < bottom; y++) if (!ink.printed[y * ink.widthPx + middleX]) height++;
  return { width: Math.max(1, width), height: Math.max(1, height) };
}

/** A printed point is found where the scan has at least this share of the page's print darkness. */
const FOUND_SHARE = 0.4;

function printFound(frame: Frame, printDarkness: number): number {
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

function measureInside(frame: Frame, soft: Uint8Array, threshold: number) {
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
  const frame = frameOf(ink, zone.rect);
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
