import type { InkPicture } from "./measure-strokes.ts";

/** Ink this far outside the outer line still belongs to the stamp, mm. */
export const STAMP_MARGIN_MM = 1.1;

/** A stamp's outline; points are px of the picture it was found in. */
export interface StampOutline {
  readonly kind: "ring" | "frame";
  /** Share of the outline that was found, 0-1. */
  readonly share: number;
  contains(x: number, y: number): boolean;
  /** Whether a point lies on one of the outline's own lines. */
  isOutline(x: number, y: number): boolean;
}

/** A picture reduced to half its resolution, in which outlines are looked for. */
export interface StampField {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pxPerMm: number;
  readonly inked: Uint8Array;
  /** 1 where the form's own print hides what lies beneath. */
  readonly printed: Uint8Array;
  readonly points: readonly (readonly [number, number])[];
}

/** Returns the picture at half its resolution: lines survive, a quarter of the points is left. Pure. */
export function stampFieldOf(picture: InkPicture, printed: Uint8Array, threshold: number): StampField {
  const widthPx = Math.ceil(picture.widthPx / 2);
  const heightPx = Math.ceil(picture.heightPx / 2);
  const inked = new Uint8Array(widthPx * heightPx);
  const hidden = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < picture.heightPx; y++) {
    for (let x = 0; x < picture.widthPx; x++) {
      const from = y * picture.widthPx + x;
      const to = (y >> 1) * widthPx + (x >> 1);
      if ((picture.ink[from] ?? 0) >= threshold) inked[to] = 1;
      if (printed[from]) hidden[to] = 1;
    }
  }
  const points: [number, number][] = [];
  for (let at = 0; at < inked.length; at++) if (inked[at]) points.push([at % widthPx, Math.floor(at / widthPx)]);
  return { widthPx, heightPx, pxPerMm: picture.pxPerMm / 2, inked, printed: hidden, points };
}

/** Returns whether ink lies within a reach of a point: 1 yes, 0 no, -1 cannot be seen. Pure. */
export function probe(field: StampField, x: number, y: number, reachPx: number): number {
  const cx = Math.round(x);
  const cy = Math.round(y);
  if (cx < 0 || cy < 0 || cx >= field.widthPx || cy >= field.heightPx) return -1;
  for (let ny = Math.max(0, cy - reachPx); ny <= Math.min(field.heightPx - 1, cy + reachPx); ny++) {
    for (let nx = Math.max(0, cx - reachPx); nx <= Math.min(field.widthPx - 1, cx + reachPx); nx++) {
      if (field.inked[ny * field.widthPx + nx]) return 1;
    }
  }
  return field.printed[cy * field.widthPx + cx] ? -1 : 0;
}
