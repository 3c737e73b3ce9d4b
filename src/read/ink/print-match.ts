import type { InkWindow } from "./paper-level.ts";

/** Blank pixels darker than this (0-255 darkness) are printed ink; below lie the soft edges of its raster. */
const PRINTED_DARKNESS = 100;
/** Points compared for one shift: more do not move the best shift, fewer let noise decide. */
const MAX_POINTS = 500;
/** Halo points lie this far from print (px at 200 dpi): outside a blurred line, inside the gap to the next. */
const HALO_PX = 4;
/** Loss of score per frame pixel of shift, so that a lone rule does not slide along itself. */
const SHIFT_PENALTY = 0.6;

/** Where the blank's print lies in a window of the scan, px of that window. */
export interface PrintMatch {
  readonly dx: number;
  readonly dy: number;
}

/** Widens a mask by `radius` pixels in every direction (square). Pure. */
export function dilate(mask: Uint8Array, widthPx: number, heightPx: number, radius: number): Uint8Array {
  if (radius <= 0) return mask;
  const wide = new Uint8Array(mask.length);
  for (let y = 0; y < heightPx; y++) {
    let reach = -1;
    for (let x = 0; x < Math.min(radius, widthPx); x++) if (mask[y * widthPx + x]) reach = x + radius;
    for (let x = 0; x < widthPx; x++) {
      const ahead = x + radius;
      if (ahead < widthPx && mask[y * widthPx + ahead]) reach = ahead + radius;
      if (x <= reach) wide[y * widthPx + x] = 1;
    }
  }
  const full = new Uint8Array(mask.length);
  for (let x = 0; x < widthPx; x++) {
    let reach = -1;
    for (let y = 0; y < Math.min(radius, heightPx); y++) if (wide[y * widthPx + x]) reach = y + radius;
    for (let y = 0; y < heightPx; y++) {
      const ahead = y + radius;
      if (ahead < heightPx && wide[ahead * widthPx + x]) reach = ahead + radius;
      if (y <= reach) full[y * widthPx + x] = 1;
    }
  }
  return full;
}

/** Returns the mask of the blank's printed pixels. Pure. */
export function printedMask(blankDarkness: Uint8Array, threshold: number = PRINTED_DARKNESS): Uint8Array {
  const mask = new Uint8Array(blankDarkness.length);
  for (let i = 0; i < mask.length; i++) if ((blankDarkness[i] ?? 0) > threshold) mask[i] = 1;
  return mask;
}

function thinOut(indices: readonly number[]): number[] {
  const step = Math.max(1, indices.length / MAX_POINTS);
  const picked: number[] = [];
  for (let at = 0; at < indices.length; at += step) picked.push(indices[Math.floor(at)] ?? 0);
  return picked;
}

function pointsOf(mask: Uint8Array, window: InkWindow, reachPx: number): { print: number[]; halo: number[] } {
  const { widthPx, heightPx } = window;
  const halo = Math.max(2, Math.round(HALO_PX * window.scale));
  const near = dilate(mask, widthPx, heightPx, halo - 1);
  const far = dilate(mask, widthPx, heightPx, halo);
  const print: number[] = [];
  const beside: number[] = [];
  for (let y = reachPx; y < heightPx - reachPx; y++) {
    for (let x = reachPx; x < widthPx - reachPx; x++) {
      const at = y * widthPx + x;
      if (mask[at]) print.push(at);
      else if (far[at] && !near[at]) beside.push(at);
    }
  }
  return { print: thinOut(print), halo: thinOut(beside) };
}

function meanAt(darkness: Uint8Array, points: readonly number[], offset: number): number {
  let sum = 0;
  for (const point of points) sum += darkness[point + offset] ?? 0;
  return points.length === 0 ? 0 : sum / points.length;
}

/**
 * Returns the small shift at which the blank's print covers the scan's print best. Pure.
 *
 * @param reachPx how far to search in each direction, px of the window
 */
export function matchPrint(darkness: Uint8Array, mask: Uint8Array, window: InkWindow, reachPx: number): PrintMatch {
  const { print, halo } = pointsOf(mask, window, reachPx);
  if (print.length === 0) return { dx: 0, dy: 0 };
  let best = { dx: 0, dy: 0 };
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let dy = -reachPx; dy <= reachPx; dy++) {
    for (let dx = -reachPx; dx <= reachPx; dx++) {
      const offset = dy * window.widthPx + dx;
      const contrast = meanAt(darkness, print, offset) - meanAt(darkness, halo, offset);
      const score = contrast - (SHIFT_PENALTY * (Math.abs(dx) + Math.abs(dy))) / window.scale;
      if (score > bestScore) {
        bestScore = score;
        best = { dx, dy };
      }
    }
  }
  return best;
}

/** Moves a picture by whole pixels; what comes in from outside is 0. Pure. */
export function shifted(picture: Uint8Array, widthPx: number, heightPx: number, { dx, dy }: { dx: number; dy: number }): Uint8Array {
  if (dx === 0 && dy === 0) return picture;
  const moved = new Uint8Array(picture.length);
  for (let y = Math.max(0, dy); y < Math.min(heightPx, heightPx + dy); y++) {
    const from = (y - dy) * widthPx;
    const left = Math.max(0, dx);
    const right = Math.min(widthPx, widthPx + dx);
    moved.set(picture.subarray(from + left - dx, from + right - dx), y * widthPx + left);
  }
  return moved;
}
