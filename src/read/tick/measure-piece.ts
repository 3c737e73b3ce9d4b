import type { RectMm } from "../../model/page.ts";
import type { InkPiece } from "../ink/find-pieces.ts";
import { PointCloud } from "../ink/point-cloud.ts";
import { MM_PER_INCH, type ZoneInk } from "../ink/zone-ink.ts";

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

/** A box in the picture of the ink around it, px. */
export interface BoxFrame {
  readonly ink: ZoneInk;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Returns where a box lies in the ink around it, at the place where its print was found. Pure. */
export function boxFrameOf(ink: ZoneInk, rect: RectMm): BoxFrame {
  const pxPerMm = ink.dpi / MM_PER_INCH;
  const left = Math.round((rect.x - ink.originMm.x) * pxPerMm) + ink.match.dx;
  const top = Math.round((rect.y - ink.originMm.y) * pxPerMm) + ink.match.dy;
  return { ink, left, top, right: left + Math.round(rect.width * pxPerMm), bottom: top + Math.round(rect.height * pxPerMm) };
}

function isInside({ left, top, right, bottom }: BoxFrame, x: number, y: number): boolean {
  return x >= left && x < right && y >= top && y < bottom;
}

/** Returns where a square of the reach fits into the inked pixels: 1 at the square's centre. Pure. */
export function solidCores(labels: Int32Array, widthPx: number, heightPx: number, reach: number): Uint8Array {
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

/** Measures one piece of ink against a box. Pure. */
export function measurePiece(piece: InkPiece, labels: Int32Array, solid: Uint8Array, frame: BoxFrame): MarkPiece {
  const { ink, left, top, right, bottom } = frame;
  const width = right - left;
  const height = bottom - top;
  const middle = { x: (left + right - 1) / 2, y: (top + bottom - 1) / 2 };
  const cloud = new PointCloud();
  const inside = new PointCloud();
  let solidCount = 0;
  let gap = Number.POSITIVE_INFINITY;
  for (let y = piece.top; y <= piece.bottom; y++) {
    for (let x = piece.left; x <= piece.right; x++) {
      const at = y * ink.widthPx + x;
      if (labels[at] !== piece.label) continue;
      cloud.add(x, y);
      solidCount += solid[at] ?? 0;
      gap = Math.min(gap, Math.hypot((x - middle.x) / width, (y - middle.y) / height));
      if (!ink.printed[at] && isInside(frame, x, y)) inside.add(x, y);
    }
  }
  const visible = visibleSpan(frame);
  const spread = cloud.spread();
  return {
    areaMm2: piece.areaPx / (ink.dpi / MM_PER_INCH) ** 2,
    left: (piece.left - middle.x) / width,
    right: (piece.right - middle.x) / width,
    top: (piece.top - middle.y) / height,
    bottom: (piece.bottom - middle.y) / height,
    centreX: (cloud.centre().x - middle.x) / width,
    centreY: (cloud.centre().y - middle.y) / height,
    insideShare: inside.count / piece.areaPx,
    insideWidth: Math.min(1, inside.extent().width / visible.width),
    insideHeight: Math.min(1, inside.extent().height / visible.height),
    roundness: spread.along === 0 ? 0 : spread.across / spread.along,
    centreGap: gap,
    solidShare: solidCount / piece.areaPx,
    cornerExcess: cornerExcess(piece, labels, ink.widthPx),
    bulk: piece.areaPx / ((piece.right - piece.left + 1) * (piece.bottom - piece.top + 1)),
    darkness: piece.meanInk / 255,
    isCut: piece.left === 0 || piece.top === 0 || piece.right === ink.widthPx - 1 || piece.bottom === ink.heightPx - 1,
  };
}

/** Returns the width and height of the box's inside between its printed edges, px. */
function visibleSpan(frame: BoxFrame): { width: number; height: number } {
  const { ink, left, top, right, bottom } = frame;
  const middleY = Math.round((top + bottom - 1) / 2);
  const middleX = Math.round((left + right - 1) / 2);
  let width = 0;
  for (let x = left; x < right; x++) if (!ink.printed[middleY * ink.widthPx + x]) width++;
  let height = 0;
  for (let y = top; y < bottom; y++) if (!ink.printed[y * ink.widthPx + middleX]) height++;
  return { width: Math.max(1, width), height: Math.max(1, height) };
}
