import type { Homography } from "./geometry.ts";
import type { GreyMap } from "./grey-map.ts";

/** Paper kept around the page so that a shifted page stays inside, mm. */
export const CANVAS_MARGIN_MM = 20;
/** Vertical strips whose rows are summed, and bands whose columns are summed: about 35 mm each on A4. */
const STRIPS = 6;
const BANDS = 8;
/** Samples a millimetre taken from the ink map. */
const SAMPLES_PER_MM = 2;

/**
 * Sums of ink along rows (one profile a strip) and along columns (one profile a band), one value a millimetre.
 * Each profile has mean 0 and length 1, or is all zero where there is no ink.
 */
export interface StripProfiles {
  readonly rows: readonly Float32Array[];
  readonly columns: readonly Float32Array[];
}

/** What lies around the page in the picture: more paper, or a table whose texture would pass for ink. */
export type Surroundings = "paper" | "table";

/** Width of the shadow along the edge of a sheet on a table, mm. */
const EDGE_MM = 2;

export interface PageSizeMm {
  readonly widthMm: number;
  readonly heightMm: number;
}

/**
 * Returns the profiles of what lies on a page and its margin.
 *
 * Pure. `toInk` maps millimetres of the page (origin top left, margin negative) to pixels of the ink map.
 */
export function stripProfilesOf(ink: GreyMap, toInk: Homography, page: PageSizeMm, surroundings: Surroundings = "paper"): StripProfiles {
  const sheetOnly = surroundings === "table";
  const width = Math.round(page.widthMm + 2 * CANVAS_MARGIN_MM);
  const height = Math.round(page.heightMm + 2 * CANVAS_MARGIN_MM);
  const rows = Array.from({ length: STRIPS }, () => new Float32Array(height));
  const columns = Array.from({ length: BANDS }, () => new Float32Array(width));
  const step = 1 / SAMPLES_PER_MM;
  for (let j = 0; j < height * SAMPLES_PER_MM; j++) {
    const yMm = (j + 0.5) * step - CANVAS_MARGIN_MM;
    if (sheetOnly && !isWithin(yMm, page.heightMm)) continue;
    const rowIndex = (j * step) | 0;
    const band = columns[partOf(yMm, page.heightMm, BANDS)];
    let u = toInk[0] * (0.5 * step - CANVAS_MARGIN_MM) + toInk[1] * yMm + toInk[2];
    let v = toInk[3] * (0.5 * step - CANVAS_MARGIN_MM) + toInk[4] * yMm + toInk[5];
    let w = toInk[6] * (0.5 * step - CANVAS_MARGIN_MM) + toInk[7] * yMm + toInk[8];
    for (let i = 0; i < width * SAMPLES_PER_MM; i++, u += toInk[0] * step, v += toInk[3] * step, w += toInk[6] * step) {
      const px = Math.floor(u / w);
      const py = Math.floor(v / w);
      if (px < 0 || py < 0 || px >= ink.width || py >= ink.height) continue;
      const value = ink.data[py * ink.width + px] ?? 0;
      if (value === 0 || (sheetOnly && !isWithin((i + 0.5) * step - CANVAS_MARGIN_MM, page.widthMm))) continue;
      const columnIndex = (i * step) | 0;
      const strip = rows[partOf((i + 0.5) * step - CANVAS_MARGIN_MM, page.widthMm, STRIPS)];
      if (strip) strip[rowIndex] = (strip[rowIndex] ?? 0) + value;
      if (band) band[columnIndex] = (band[columnIndex] ?? 0) + value;
    }
  }
  return { rows: rows.map(standardised), columns: columns.map(standardised) };
}

/** Whether a position lies on the sheet and not on the shadow along its edge. */
function isWithin(mm: number, lengthMm: number): boolean {
  return mm > EDGE_MM && mm < lengthMm - EDGE_MM;
}

function partOf(mm: number, lengthMm: number, parts: number): number {
  return Math.min(parts - 1, Math.max(0, Math.floor((mm * parts) / lengthMm)));
}

/** Evens out heavy rules and light words (square root), then takes mean 0 and length 1. */
function standardised(profile: Float32Array): Float32Array {
  const smooth = new Float32Array(profile.length);
  for (let i = 0; i < profile.length; i++) {
    smooth[i] = Math.sqrt(0.25 * (profile[i - 1] ?? 0) + 0.5 * (profile[i] ?? 0) + 0.25 * (profile[i + 1] ?? 0));
  }
  return toUnit(smooth);
}

/** Mean 0, length 1; all zero when flat. */
function toUnit(values: Float32Array): Float32Array {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let energy = 0;
  for (const value of values) energy += (value - mean) ** 2;
  if (energy < 1e-6) return new Float32Array(values.length);
  const scale = 1 / Math.sqrt(energy);
  return values.map((value) => (value - mean) * scale);
}

/** Returns the profiles of the same page turned by 180 degrees. Pure. */
export function turnedHalf(profiles: StripProfiles): StripProfiles {
  return { rows: backwards(profiles.rows), columns: backwards(profiles.columns) };
}

function backwards(list: readonly Float32Array[]): Float32Array[] {
  return list.toReversed().map((profile) => profile.toReversed());
}

/** Scales tried between a layout and a scan of the same nominal size: scanners and copiers stay within 3 %. */
const SCALES = [0.96, 0.97, 0.98, 0.99, 1, 1.01, 1.02, 1.03, 1.04];
/** Shifts tried, mm. */
const MAX_SHIFT_MM = 20;

/** A layout page's profiles at every scale that is tried, ready to be compared. */
export interface ScaledProfiles {
  readonly rows: readonly (readonly Float32Array[])[];
  readonly columns: readonly (readonly Float32Array[])[];
}

/** Returns a page's profiles stretched about the page's middle to each scale. Pure. */
export function toScaledProfiles(profiles: StripProfiles): ScaledProfiles {
  return { rows: atEachScale(profiles.rows), columns: atEachScale(profiles.columns) };
}

function atEachScale(list: readonly Float32Array[]): Float32Array[][] {
  return SCALES.map((scale) => list.map((profile) => stretched(profile, scale)));
}

function stretched(profile: Float32Array, scale: number): Float32Array {
  const out = new Float32Array(profile.length);
  const middle = profile.length / 2;
  for (let i = 0; i < profile.length; i++) {
    const at = middle + (i + 0.5 - middle) / scale - 0.5;
    const left = Math.floor(at);
    const share = at - left;
    out[i] = (1 - share) * (profile[left] ?? 0) + share * (profile[left + 1] ?? 0);
  }
  return toUnit(out);
}

/** How a page lies along one axis: position on the scan = middle + scale (position - middle) + shift. */
export interface AxisFit {
  readonly scale: number;
  readonly shiftMm: number;
  /** Mean correlation of the profiles, -1 to 1. */
  readonly score: number;
}

/** The best place along one axis, and the best that lies elsewhere. */
export interface AxisFits {
  readonly best: AxisFit;
  readonly second: AxisFit;
}

/** Places of one axis that differ by less are one place, mm. */
const DISTINCT_SHIFT_MM = 3;

/** Returns the best scale and shift of one axis, and the best that lies elsewhere: a cut page can fit a column too far. Pure. */
export function fitAxis(scan: readonly Float32Array[], layout: readonly (readonly Float32Array[])[]): AxisFits {
  const shifts = 2 * MAX_SHIFT_MM + 1;
  const bestOfShift: AxisFit[] = [];
  for (let index = 0; index < shifts; index++) bestOfShift.push(bestScale(scan, layout, index - MAX_SHIFT_MM));
  const best = highest(bestOfShift);
  return { best, second: highest(bestOfShift.filter((fit) => Math.abs(fit.shiftMm - best.shiftMm) > DISTINCT_SHIFT_MM)) };
}

/** Every second scale, then the two beside the best: neighbouring scales differ by half a profile step at the page's edge. */
function bestScale(scan: readonly Float32Array[], layout: readonly (readonly Float32Array[])[], shiftMm: number): AxisFit {
  let best = 0;
  let bestScore = -1;
  const consider = (at: number) => {
    const profiles = layout[at];
    const score = profiles ? correlationAt(scan, profiles, shiftMm) : -1;
    if (score > bestScore) {
      bestScore = score;
      best = at;
    }
  };
  for (let at = 0; at < layout.length; at += 2) consider(at);
  const coarse = best;
  consider(coarse - 1);
  consider(coarse + 1);
  return { scale: SCALES[best] ?? 1, shiftMm, score: bestScore };
}

function highest(fits: readonly AxisFit[]): AxisFit {
  let best: AxisFit = { scale: 1, shiftMm: 0, score: -1 };
  for (const fit of fits) if (fit.score > best.score) best = fit;
  return best;
}

function correlationAt(scan: readonly Float32Array[], layout: readonly Float32Array[], shift: number): number {
  let total = 0;
  for (let part = 0; part < scan.length; part++) {
    const seen = scan[part];
    const expected = layout[part];
    if (!seen || !expected) continue;
    const from = Math.max(0, -shift);
    const to = Math.min(expected.length, seen.length - shift);
    total += dotProduct(expected, seen, { from, to, shift });
  }
  return total / scan.length;
}

/** Sum of products of two profiles, the second read `shift` later; four sums in turn, as one alone waits for each addition. */
function dotProduct(a: Float32Array, b: Float32Array, { from, to, shift }: { from: number; to: number; shift: number }): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let i = from;
  for (; i + 3 < to; i += 4) {
    first += (a[i] ?? 0) * (b[i + shift] ?? 0);
    second += (a[i + 1] ?? 0) * (b[i + 1 + shift] ?? 0);
    third += (a[i + 2] ?? 0) * (b[i + 2 + shift] ?? 0);
    fourth += (a[i + 3] ?? 0) * (b[i + 3 + shift] ?? 0);
  }
  for (; i < to; i++) first += (a[i] ?? 0) * (b[i + shift] ?? 0);
  return first + second + third + fourth;
}
