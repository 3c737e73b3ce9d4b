import { type Homography, mapPoint } from "./geometry.ts";
import type { GreyMap } from "./grey-map.ts";
import { type Patch, type PatchSet, withoutRules } from "./patches.ts";

/** Where a patch of the blank was found on the scan. */
export interface PatchMatch {
  readonly patch: Patch;
  /** Offset from the place that the map foretold, mm of the page. */
  readonly dxMm: number;
  readonly dyMm: number;
  /** Normalised correlation at the found and at the foretold place, -1 to 1. */
  readonly score: number;
  readonly scoreInPlace: number;
  /** Whether the best place lies at the end of the reach, so that a better one may lie beyond. */
  readonly isAtLimit: boolean;
  /** Correlation of words and corners alone at the foretold place, rules left out; null where the patch has none or they were not asked for. */
  readonly detail: number | null;
  /** Contrast of the words and corners seen there against that of the blank; 0 where `detail` is null. */
  readonly strength: number;
}

/** Offset that is added to a position of the page, mm, before it is mapped to the scan. */
export type Displacement = (xMm: number, yMm: number) => { readonly dxMm: number; readonly dyMm: number };

export interface PatchSearch {
  readonly scan: GreyMap;
  /** Millimetres of the page -> pixels of `scan`. */
  readonly toScan: Homography;
  /** Farthest offset looked at, pixels of the patch set. */
  readonly reachPx: number;
  readonly displacement?: Displacement;
  /** Whether words and corners are also judged by themselves; it takes as long as twenty places of the search. */
  readonly withDetail?: boolean;
}

/** Share of a patch's square that has to lie on the scan. */
const LEAST_INSIDE = 0.98;
/** Least spread of the pixels under a patch (of 255): flatter is bare paper without even noise. */
const LEAST_CONTRAST = 0.8;

/** Returns, for every patch that lies on the scan, its best place within reach. Pure. */
export function matchPatches(set: PatchSet, search: PatchSearch): PatchMatch[] {
  const side = set.sidePx + 2 * search.reachPx;
  const window = new Float32Array(side * side + 1);
  const matches: PatchMatch[] = [];
  for (const patch of set.patches) {
    if (sampleAround(patch, set, search, window, side) < LEAST_INSIDE * side * side) continue;
    matches.push(bestPlace(patch, set, search, window, side));
  }
  return matches;
}

/** Samples the scan around a patch's foretold place into the page's own orientation; returns how many pixels lay on the scan. */
function sampleAround(patch: Patch, set: PatchSet, search: PatchSearch, window: Float32Array, side: number): number {
  const { scan, toScan } = search;
  const step = 1 / set.pxPerMm;
  const moved = search.displacement?.(patch.xMm, patch.yMm) ?? { dxMm: 0, dyMm: 0 };
  const left = patch.xMm + moved.dxMm - (side / 2 - 0.5) * step;
  const top = patch.yMm + moved.dyMm - (side / 2 - 0.5) * step;
  let inside = 0;
  // Over one patch a projective map is straight to well below a tenth of a pixel: step along it by differences.
  const origin = mapPoint(toScan, left, top);
  const across = mapPoint(toScan, left + side * step, top);
  const down = mapPoint(toScan, left, top + side * step);
  const ux = (across.x - origin.x) / side;
  const uy = (across.y - origin.y) / side;
  const vx = (down.x - origin.x) / side;
  const vy = (down.y - origin.y) / side;
  const { width, height, data } = scan;
  for (let j = 0; j < side; j++) {
    let x = origin.x + j * vx - 0.5;
    let y = origin.y + j * vy - 0.5;
    for (let i = 0; i < side; i++, x += ux, y += uy) {
      const px = Math.floor(x);
      const py = Math.floor(y);
      if (px < 0 || py < 0 || px >= width - 1 || py >= height - 1) {
        window[j * side + i] = 255;
        continue;
      }
      inside++;
      const fx = x - px;
      const fy = y - py;
      const at = py * width + px;
      const upper = (data[at] ?? 0) * (1 - fx) + (data[at + 1] ?? 0) * fx;
      const lower = (data[at + width] ?? 0) * (1 - fx) + (data[at + width + 1] ?? 0) * fx;
      window[j * side + i] = upper * (1 - fy) + lower * fy;
    }
  }
  return inside;
}

function bestPlace(patch: Patch, set: PatchSet, search: PatchSearch, window: Float32Array, side: number): PatchMatch {
  const reach = search.reachPx;
  const span = 2 * reach + 1;
  const scores = new Float32Array(span * span);
  const offsets = windowOffsets(patch, set.sidePx, side);
  const pair = new Float64Array(2);
  let best = 0;
  for (let at = 0; at < scores.length; at++) {
    const dx = at % span;
    if (dx % 2 === 0) correlatePair(patch.values, offsets, { window, shift: ((at / span) | 0) * side + dx }, pair);
    const score = pair[dx % 2] ?? 0;
    scores[at] = score;
    if (score > (scores[best] ?? -1)) best = at;
  }
  const bx = best % span;
  const by = (best / span) | 0;
  const at = (x: number, y: number) => scores[y * span + x] ?? -1;
  const fx = bx > 0 && bx < span - 1 ? peakOffset(at(bx - 1, by), at(bx, by), at(bx + 1, by)) : 0;
  const fy = by > 0 && by < span - 1 ? peakOffset(at(bx, by - 1), at(bx, by), at(bx, by + 1)) : 0;
  return {
    patch,
    dxMm: (bx - reach + fx) / set.pxPerMm,
    dyMm: (by - reach + fy) / set.pxPerMm,
    score: scores[best] ?? -1,
    scoreInPlace: at(reach, reach),
    isAtLimit: bx === 0 || by === 0 || bx === span - 1 || by === span - 1,
    ...(search.withDetail ? detailScore(patch, set.sidePx, offsets, window, reach * side + reach) : NO_DETAIL),
  };
}

/** Indices of a patch's pixels in the sampled window at offset (0, 0). */
function windowOffsets(patch: Patch, sidePx: number, side: number): Uint32Array {
  const offsets = new Uint32Array(patch.at.length);
  for (let i = 0; i < offsets.length; i++) {
    const at = patch.at[i] ?? 0;
    offsets[i] = ((at / sidePx) | 0) * side + (at % sidePx);
  }
  return offsets;
}

/** A window's pixels from some place on, and one more behind the last place that is compared. */
interface ShiftedWindow {
  readonly window: Float32Array;
  readonly shift: number;
}

/** Sets the correlations of a patch with a window at a shift and one pixel to the right: two at once take 1.4 times as long as one. */
function correlatePair(values: Float32Array, offsets: Uint32Array, { window, shift }: ShiftedWindow, scores: Float64Array): void {
  let sum = 0;
  let squares = 0;
  let product = 0;
  let nextSum = 0;
  let nextSquares = 0;
  let nextProduct = 0;
  const count = offsets.length;
  for (let i = 0; i < count; i++) {
    const at = (offsets[i] ?? 0) + shift;
    const expected = values[i] ?? 0;
    const value = window[at] ?? 0;
    const next = window[at + 1] ?? 0;
    sum += value;
    squares += value * value;
    product += value * expected;
    nextSum += next;
    nextSquares += next * next;
    nextProduct += next * expected;
  }
  scores[0] = toCorrelation(sum, squares, product, count);
  scores[1] = toCorrelation(nextSum, nextSquares, nextProduct, count);
}

function toCorrelation(sum: number, squares: number, product: number, count: number): number {
  const energy = squares - (sum * sum) / count;
  return energy < LEAST_CONTRAST * LEAST_CONTRAST * count ? 0 : product / Math.sqrt(energy);
}

interface DetailScore {
  readonly detail: number | null;
  readonly strength: number;
}

const NO_DETAIL: DetailScore = { detail: null, strength: 0 };

function detailScore(patch: Patch, sidePx: number, offsets: Uint32Array, window: Float32Array, shift: number): DetailScore {
  if (!patch.detail) return NO_DETAIL;
  const seen = new Float32Array(offsets.length);
  let brightness = 1;
  for (let i = 0; i < seen.length; i++) {
    const value = window[(offsets[i] ?? 0) + shift] ?? 0;
    seen[i] = value;
    brightness += value / seen.length;
  }
  const detail = withoutRules(seen, patch.at, sidePx);
  let squares = 0;
  let product = 0;
  for (let i = 0; i < detail.length; i++) {
    const value = detail[i] ?? 0;
    squares += value * value;
    product += value * (patch.detail[i] ?? 0);
  }
  const strength = Math.sqrt(squares / detail.length) / brightness / patch.detailStrength;
  return { detail: squares < LEAST_CONTRAST * LEAST_CONTRAST * detail.length ? 0 : product / Math.sqrt(squares), strength };
}

/** Top of the parabola through three neighbouring scores, -0.5 to 0.5. */
function peakOffset(before: number, peak: number, after: number): number {
  const bend = before - 2 * peak + after;
  return bend >= -1e-6 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
}
