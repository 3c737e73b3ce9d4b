import { findPieces, type InkPiece } from "../ink/find-pieces.ts";
import { PointCloud } from "../ink/point-cloud.ts";

/** Half the side of the square that must fit into solid ink: wider than the boldest pen, smaller than a punch hole. */
const SOLID_REACH_MM = 0.7;
/** A piece smaller than a square with this side is a speck of dirt. */
const SPECK_SIDE_MM = 0.35;

/** One connected piece of ink in a signature box, mm from the left top corner of the picture. */
export interface Stroke {
  readonly areaMm2: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Longest side of the upright box around it, mm. */
  readonly extentMm: number;
  /** Standard deviation across its own long axis, mm: near 0 for a straight line. */
  readonly spreadMm: number;
  /** Share that is solid, 0-1: strokes have next to none, holes and blots most. */
  readonly solidShare: number;
  /** Mean darkness relative to the page's print, 0-1. */
  readonly darkness: number;
  /** Share of the pixels inside the signature's rectangle, 0-1. */
  readonly insideShare: number;
  /** Longest side of the part inside the rectangle, mm. */
  readonly insideExtentMm: number;
}

/** A picture of ink and the rectangle in it that counts, px. */
export interface InkPicture {
  readonly ink: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pxPerMm: number;
  readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
}

function isSolid(labels: Int32Array, label: number, at: number, widthPx: number, reach: number): boolean {
  for (const dy of [-reach, 0, reach]) {
    for (const dx of [-reach, 0, reach]) if (labels[at + dy * widthPx + dx] !== label) return false;
  }
  return true;
}

function measureStroke(piece: InkPiece, labels: Int32Array, picture: InkPicture): Stroke {
  const { widthPx, pxPerMm, box } = picture;
  const reach = Math.round(SOLID_REACH_MM * pxPerMm);
  const cloud = new PointCloud();
  let solid = 0;
  const inside = new PointCloud();
  for (let y = piece.top; y <= piece.bottom; y++) {
    for (let x = piece.left; x <= piece.right; x++) {
      const at = y * widthPx + x;
      if (labels[at] !== piece.label) continue;
      cloud.add(x, y);
      if (isSolid(labels, piece.label, at, widthPx, reach)) solid++;
      if (x >= box.left && x < box.right && y >= box.top && y < box.bottom) inside.add(x, y);
    }
  }
  return {
    areaMm2: piece.areaPx / pxPerMm ** 2,
    left: piece.left / pxPerMm,
    top: piece.top / pxPerMm,
    right: (piece.right + 1) / pxPerMm,
    bottom: (piece.bottom + 1) / pxPerMm,
    extentMm: Math.max(piece.right - piece.left + 1, piece.bottom - piece.top + 1) / pxPerMm,
    spreadMm: cloud.spread().across / pxPerMm,
    solidShare: solid / piece.areaPx,
    darkness: piece.meanInk / 255,
    insideShare: inside.count / piece.areaPx,
    insideExtentMm: Math.max(inside.extent().width, inside.extent().height) / pxPerMm,
  };
}

/** Returns the pieces of ink that reach into the picture's box, large to small, specks left out. Pure. */
export function measureStrokes(picture: InkPicture, threshold: number): Stroke[] {
  const { pieces, labels } = findPieces(picture.ink, picture.widthPx, picture.heightPx, threshold);
  const speckPx = (SPECK_SIDE_MM * picture.pxPerMm) ** 2;
  return pieces
    .filter((piece) => piece.areaPx >= speckPx)
    .map((piece) => measureStroke(piece, labels, picture))
    .filter((stroke) => stroke.insideShare > 0);
}
