import type { InkWindow } from "./paper-level.ts";

/** Blank pixels darker than this (0-255 darkness) are printed ink; below lie the soft edges of its raster and its tints. */
const PRINTED_DARKNESS = 70;
/** Points compared for one shift: more do not move the best shift, fewer let noise decide. */
const MAX_POINTS = 400;
/** Halo points lie this far from print (px at 200 dpi): outside a blurred line, inside the gap to the next. */
const HALO_PX = 4;
/** Loss of score per frame pixel of shift, so that a lone rule does not slide along itself. */
const SHIFT_PENALTY = 0.6;

/** Where the blank's print lies in a window of the scan, px of that window. */
export interface PrintMatch {
  readonly dx: number;
  readonly dy: number;
}

const FAR = 255;

/** Returns how far each pixel lies from the blank's print, px in the larger of both directions, 0 = on it, at most 255. Pure. */
export function distanceToPrint(blankDarkness: Uint8Array, widthPx: number, heightPx: number): Uint8Array {
  const distance = new Uint8Array(blankDarkness.length);
  for (let at = 0; at < distance.length; at++) distance[at] = (blankDarkness[at] ?? 0) > PRINTED_DARKNESS ? 0 : FAR;
  const before = new Uint8Array(widthPx + 2).fill(FAR);
  for (let y = 0; y < heightPx; y++) lowerRow(distance, y * widthPx, 1, before);
  before.fill(FAR);
  for (let y = heightPx - 1; y >= 0; y--) lowerRow(distance, (y + 1) * widthPx - 1, -1, before);
  return distance;
}

/**
 * Lowers each distance of a row to one more than the least of its neighbour behind and its three in the row before.
 *
 * @param before the row before in the direction of the walk, with one far pixel at both ends; becomes this row
 */
function lowerRow(distance: Uint8Array, from: number, step: 1 | -1, before: Uint8Array): void {
  const widthPx = before.length - 2;
  let behind = FAR;
  let a = FAR;
  let b = before[1] ?? FAR;
  for (let i = 0, at = from; i < widthPx; i++, at += step) {
    const c = before[i + 2] ?? FAR;
    before[i] = behind;
    let least = behind;
    if (a < least) least = a;
    if (b < least) least = b;
    if (c < least) least = c;
    const own = distance[at] ?? FAR;
    behind = least < own ? least + 1 : own;
    distance[at] = behind;
    a = b;
    b = c;
  }
  before[widthPx] = behind;
  before[0] = FAR;
}

function thinOut(indices: readonly number[]): Int32Array {
  const step = Math.max(1, indices.length / MAX_POINTS);
  const picked: number[] = [];
  for (let at = 0; at < indices.length; at += step) picked.push(indices[Math.floor(at)] ?? 0);
  return Int32Array.from(picked);
}

function pointsOf(distance: Uint8Array, window: InkWindow, reachPx: number): { print: Int32Array; halo: Int32Array } {
  const { widthPx, heightPx } = window;
  const haloPx = Math.max(2, Math.round(HALO_PX * window.scale));
  const print: number[] = [];
  const halo: number[] = [];
  for (let y = reachPx; y < heightPx - reachPx; y++) {
    for (let x = reachPx; x < widthPx - reachPx; x++) {
      const at = y * widthPx + x;
      if (distance[at] === 0) print.push(at);
      else if (distance[at] === haloPx) halo.push(at);
    }
  }
  return { print: thinOut(print), halo: thinOut(halo) };
}

function meanAt(darkness: Uint8Array, points: Int32Array, offset: number): number {
  let sum = 0;
  for (let i = 0; i < points.length; i++) sum += darkness[(points[i] ?? 0) + offset] ?? 0;
  return points.length === 0 ? 0 : sum / points.length;
}

/**
 * Returns the small shift at which the blank's print covers the scan's print best. Pure.
 *
 * @param distance how far each pixel of the window lies from the blank's print
 * @param reachPx how far to search in each direction, px of the window
 */
export function matchPrint(darkness: Uint8Array, distance: Uint8Array, window: InkWindow, reachPx: number): PrintMatch {
  const { print, halo } = pointsOf(distance, window, reachPx);
  let best = { dx: 0, dy: 0 };
  if (print.length === 0) return best;
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

/** Moves a picture by whole pixels; what comes in from outside is `outside`. Pure. */
export function shifted(picture: Uint8Array, window: InkWindow, { dx, dy }: PrintMatch, outside: number): Uint8Array {
  if (dx === 0 && dy === 0) return picture;
  const { widthPx, heightPx } = window;
  const moved = new Uint8Array(picture.length).fill(outside);
  for (let y = Math.max(0, dy); y < Math.min(heightPx, heightPx + dy); y++) {
    const from = (y - dy) * widthPx;
    const left = Math.max(0, dx);
    const right = Math.min(widthPx, widthPx + dx);
    moved.set(picture.subarray(from + left - dx, from + right - dx), y * widthPx + left);
  }
  return moved;
}
