import type { RectMm } from "../../model/page.ts";
import type { GreyMap } from "./grey-map.ts";

/**
 * A small square of the blank form that has corners or words in it, so that its place can be told in both directions.
 * Only printed pixels count: what lies in a fill-in zone is left out, a person writes there.
 */
export interface Patch {
  /** Centre, mm of the page. */
  readonly xMm: number;
  readonly yMm: number;
  /** Pixels that count, as index into the square of `sidePx`, and their values with mean 0 and length 1. */
  readonly at: Uint16Array;
  readonly values: Float32Array;
  /** The same without whatever runs straight across or down the patch (rules), length 1; null where only rules lie. */
  readonly detail: Float32Array | null;
  /** Root mean square of the detail over the mean brightness. */
  readonly detailStrength: number;
}

/** Patches of one page at one resolution. */
export interface PatchSet {
  readonly pxPerMm: number;
  readonly sidePx: number;
  readonly patches: readonly Patch[];
}

export interface PatchPlan {
  readonly pxPerMm: number;
  readonly sideMm: number;
  /** One patch at most in each cell of this size. */
  readonly cellMm: number;
}

/** Least smaller eigenvalue of the gradients in a patch, per pixel: below it lies one straight rule or plain paper. */
const LEAST_STRUCTURE = 14;
/** Least share of a patch's pixels that are not in a fill-in zone. */
const LEAST_SHARE = 0.25;

/** Returns the best patch of every cell of the page that has one. Pure. */
export function selectPatches(blank: GreyMap, writable: readonly RectMm[], plan: PatchPlan): PatchSet {
  const free = maskOf(blank, writable, plan.pxPerMm);
  const structure = structureOf(blank, free);
  const sidePx = Math.round(plan.sideMm * plan.pxPerMm);
  const cellPx = Math.max(2, Math.round(plan.cellMm * plan.pxPerMm));
  const patches: Patch[] = [];
  for (let y = 0; y < blank.height; y += cellPx) {
    for (let x = 0; x < blank.width; x += cellPx) {
      const centre = bestCentre(structure, { x, y, size: cellPx, sidePx });
      const patch = centre && cutPatch(blank, free, centre, sidePx, plan.pxPerMm);
      if (patch && !isCrowded(patch, patches, LEAST_DISTANCE_SHARE * plan.sideMm)) patches.push(patch);
    }
  }
  return { pxPerMm: plan.pxPerMm, sidePx, patches };
}

/** Neighbouring cells often choose one corner that lies between them: patches nearer than this share of their side say the same. */
const LEAST_DISTANCE_SHARE = 0.55;

function isCrowded(patch: Patch, chosen: readonly Patch[], distanceMm: number): boolean {
  return chosen.some((other) => Math.abs(other.xMm - patch.xMm) < distanceMm && Math.abs(other.yMm - patch.yMm) < distanceMm);
}

/** 1 where print is sure to be seen, 0 where a person may write. */
function maskOf(blank: GreyMap, writable: readonly RectMm[], pxPerMm: number): Uint8Array {
  const free = new Uint8Array(blank.width * blank.height).fill(1);
  for (const rect of writable) {
    const left = Math.max(0, Math.round(rect.x * pxPerMm));
    const right = Math.min(blank.width, Math.round((rect.x + rect.width) * pxPerMm));
    const top = Math.max(0, Math.round(rect.y * pxPerMm));
    const bottom = Math.min(blank.height, Math.round((rect.y + rect.height) * pxPerMm));
    for (let y = top; y < bottom; y++) if (right > left) free.fill(0, y * blank.width + left, y * blank.width + right);
  }
  return free;
}

/**
 * Sums of squared gradients up to and including each pixel: xx, yy, xy, in quarters.
 * They go round at 2^32; the difference over a patch, which is far less, comes out right.
 */
interface Structure {
  readonly width: number;
  readonly height: number;
  readonly xx: Int32Array;
  readonly yy: Int32Array;
  readonly xy: Int32Array;
}

function structureOf(blank: GreyMap, free: Uint8Array): Structure {
  const { width, height, data } = blank;
  const stride = width + 1;
  const xx = new Int32Array(stride * (height + 1));
  const yy = new Int32Array(stride * (height + 1));
  const xy = new Int32Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const above = Math.max(0, y - 1) * width;
    const below = Math.min(height - 1, y + 1) * width;
    let sumXx = 0;
    let sumYy = 0;
    let sumXy = 0;
    for (let x = 0; x < width; x++) {
      if (free[row + x]) {
        const gx = (data[row + Math.min(width - 1, x + 1)] ?? 0) - (data[row + Math.max(0, x - 1)] ?? 0);
        const gy = (data[below + x] ?? 0) - (data[above + x] ?? 0);
        sumXx = (sumXx + gx * gx) | 0;
        sumYy = (sumYy + gy * gy) | 0;
        sumXy = (sumXy + gx * gy) | 0;
      }
      const here = (y + 1) * stride + x + 1;
      xx[here] = (xx[here - stride] ?? 0) + sumXx;
      yy[here] = (yy[here - stride] ?? 0) + sumYy;
      xy[here] = (xy[here - stride] ?? 0) + sumXy;
    }
  }
  return { width, height, xx, yy, xy };
}

interface Cell {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly sidePx: number;
}

/** Candidates stand this share of a patch's side apart. */
const CANDIDATE_STEP = 1 / 6;

function bestCentre(structure: Structure, cell: Cell): { x: number; y: number } | null {
  const half = cell.sidePx >> 1;
  const step = Math.max(1, Math.round(cell.sidePx * CANDIDATE_STEP));
  let best: { x: number; y: number } | null = null;
  let bestValue = LEAST_STRUCTURE;
  for (let y = Math.max(half, cell.y); y < Math.min(cell.y + cell.size, structure.height - half); y += step) {
    for (let x = Math.max(half, cell.x); x < Math.min(cell.x + cell.size, structure.width - half); x += step) {
      const value = smallerEigenvalue(structure, x - half, y - half, cell.sidePx);
      if (value > bestValue) {
        bestValue = value;
        best = { x, y };
      }
    }
  }
  return best;
}

function smallerEigenvalue(structure: Structure, x: number, y: number, side: number): number {
  const stride = structure.width + 1;
  const right = Math.min(structure.width, x + side);
  const bottom = Math.min(structure.height, y + side);
  const corners = {
    rightBottom: bottom * stride + right,
    rightTop: y * stride + right,
    leftBottom: bottom * stride + x,
    leftTop: y * stride + x,
  };
  const xx = sumBetween(structure.xx, corners) / (4 * side * side);
  const yy = sumBetween(structure.yy, corners) / (4 * side * side);
  const xy = sumBetween(structure.xy, corners) / (4 * side * side);
  return (xx + yy) / 2 - Math.sqrt(((xx - yy) / 2) ** 2 + xy * xy);
}

/** Places of a rectangle's corners in a table of sums. */
interface Corners {
  readonly rightBottom: number;
  readonly rightTop: number;
  readonly leftBottom: number;
  readonly leftTop: number;
}

function sumBetween(table: Int32Array, { rightBottom, rightTop, leftBottom, leftTop }: Corners): number {
  return ((table[rightBottom] ?? 0) - (table[rightTop] ?? 0) - (table[leftBottom] ?? 0) + (table[leftTop] ?? 0)) | 0;
}

function cutPatch(blank: GreyMap, free: Uint8Array, centre: { x: number; y: number }, side: number, pxPerMm: number): Patch | null {
  const half = side >> 1;
  const at = new Uint16Array(side * side);
  const values = new Float32Array(side * side);
  let count = 0;
  for (let dy = 0; dy < side; dy++) {
    for (let dx = 0; dx < side; dx++) {
      const pixel = (centre.y - half + dy) * blank.width + centre.x - half + dx;
      if (!free[pixel]) continue;
      at[count] = dy * side + dx;
      values[count] = blank.data[pixel] ?? 255;
      count++;
    }
  }
  if (count < LEAST_SHARE * side * side) return null;
  const places = at.slice(0, count);
  const seen = values.slice(0, count);
  const unit = toUnitLength(seen);
  // The square covers [centre - half, centre - half + side) pixels, so its middle lies half a pixel off when the side is odd.
  const middle = side / 2 - half;
  if (!unit) return null;
  const detail = withoutRules(seen, places, side);
  return {
    xMm: (centre.x + middle) / pxPerMm,
    yMm: (centre.y + middle) / pxPerMm,
    at: places,
    values: unit,
    detail: energyOf(detail) < LEAST_DETAIL_SHARE * energyOf(withoutMean(seen)) ? null : toUnitLength(detail),
    detailStrength: Math.sqrt(energyOf(detail) / detail.length) / meanOf(seen),
  };
}

function toUnitLength(values: Float32Array): Float32Array | null {
  const centred = withoutMean(values);
  const energy = energyOf(centred);
  if (energy < 1) return null;
  const scale = 1 / Math.sqrt(energy);
  for (let i = 0; i < centred.length; i++) centred[i] = (centred[i] ?? 0) * scale;
  return centred;
}

function withoutMean(values: Float32Array): Float32Array {
  const mean = meanOf(values);
  const centred = new Float32Array(values.length);
  for (let i = 0; i < centred.length; i++) centred[i] = (values[i] ?? 0) - mean;
  return centred;
}

// Walking over typed arrays by index: an iterator makes an object for every number.
function meanOf(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return sum / values.length;
}

/** Least share of detail in a patch's contrast: with less, a tenth of a pixel of misfit of its rules outweighs the detail. */
const LEAST_DETAIL_SHARE = 0.15;
const CENTRING_ROUNDS = 3;

/**
 * Returns the values less their row and column means: a rule is a row or a column, words and corners stay.
 *
 * Pure. Rows and columns are centred in turn because masked pixels make them depend on each other.
 */
export function withoutRules(values: Float32Array, at: Uint16Array, side: number): Float32Array {
  const out = Float32Array.from(values);
  const rows = new Uint16Array(at.length);
  const columns = new Uint16Array(at.length);
  for (let i = 0; i < at.length; i++) {
    const place = at[i] ?? 0;
    columns[i] = place % side;
    rows[i] = (place / side) | 0;
  }
  for (let round = 0; round < CENTRING_ROUNDS; round++) {
    centreLines(out, rows, side);
    centreLines(out, columns, side);
  }
  return out;
}

/** Takes the mean of its line off every value; `lineOf` says in which of the lines each lies. */
function centreLines(values: Float32Array, lineOf: Uint16Array, lines: number): void {
  const sums = new Float64Array(lines);
  const counts = new Uint16Array(lines);
  for (let i = 0; i < values.length; i++) {
    const line = lineOf[i] ?? 0;
    sums[line] = (sums[line] ?? 0) + (values[i] ?? 0);
    counts[line] = (counts[line] ?? 0) + 1;
  }
  for (let line = 0; line < lines; line++) sums[line] = (sums[line] ?? 0) / Math.max(1, counts[line] ?? 0);
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) - (sums[lineOf[i] ?? 0] ?? 0);
}

function energyOf(values: Float32Array): number {
  let energy = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    energy += value * value;
  }
  return energy;
}
