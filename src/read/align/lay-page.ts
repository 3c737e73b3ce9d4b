import type { GreyRaster } from "../../model/page.ts";
import { type DisplacementField, fitField, toDisplacement } from "./displacement-field.ts";
import type { Candidate, LowScan } from "./find-candidates.ts";
import { fitMatches } from "./fit-matches.ts";
import { compose, type Homography, mapPoint, scaleAndShift } from "./geometry.ts";
import { type GreyMap, reduceBy, toMap } from "./grey-map.ts";
import { matchPatches, type PatchMatch } from "./match-patches.ts";
import type { PageSizeMm } from "./strip-profiles.ts";

/** A candidate laid by its large patches. */
export interface RoughLay {
  readonly candidate: Candidate;
  readonly toLow: Homography;
  /** Sum of the agreeing patches' correlations over the number of patches that lie on the scan, 0-1. */
  readonly support: number;
}

/** A page laid exactly. */
export interface ExactLay {
  /** Millimetres of the page -> pixels of the scan, before the field. */
  readonly toScan: Homography;
  readonly field: DisplacementField;
  /** Every patch on the scan, with its offset from plane and field together. */
  readonly matches: readonly PatchMatch[];
}

/** Reach of the first search: profiles place a page to about 2 mm, a photo's sheet to about 4. Pixels at 50 dpi. */
const ROUGH_REACH_PX = 6;
const ROUGH_PHOTO_REACH_PX = 10;
const ROUGH_TOLERANCE_MM = 1;
/** Correlation of pure noise under a patch stays below this. */
const LEAST_SCORE = 0.35;

/** Rounds of the rough search: a page whose scale was guessed wrong comes within reach by and by. */
const ROUGH_ROUNDS = 3;
/** A round that moves no corner of the page farther than this has settled, mm. */
const SETTLED_MM = 0.8;

/** Returns the candidate fitted by its large patches, or null when they do not agree. Pure. */
export function layRoughly(candidate: Candidate, low: LowScan): RoughLay | null {
  const { page, isPhoto } = candidate;
  const reachPx = isPhoto ? ROUGH_PHOTO_REACH_PX : ROUGH_REACH_PX;
  const plan = { model: isPhoto ? "projective" : "affine", toleranceMm: ROUGH_TOLERANCE_MM, leastScore: LEAST_SCORE } as const;
  let { toLow } = candidate;
  let support = 0;
  for (let round = 0; round < ROUGH_ROUNDS; round++) {
    const matches = matchPatches(page.coarse, { scan: low.grey, toScan: toLow, reachPx });
    const fit = fitMatches(matches, plan);
    if (!fit) return null;
    toLow = compose(toLow, fit.correction);
    support = supportOf(fit.inliers) / matches.length;
    if (support < HOPELESS_SUPPORT || farthestMove(fit.correction, page) <= SETTLED_MM) break;
  }
  return { candidate, toLow, support };
}

/** Pages that are no form page seldom reach this in the first round. */
const HOPELESS_SUPPORT = 0.12;

function supportOf(matches: readonly PatchMatch[]): number {
  let sum = 0;
  for (const match of matches) sum += match.score;
  return sum;
}

/** Farthest distance by which a correction moves a corner of the page, mm. */
function farthestMove(correction: Homography, page: PageSizeMm): number {
  const corners = [
    [0, 0],
    [page.widthMm, 0],
    [0, page.heightMm],
    [page.widthMm, page.heightMm],
  ] as const;
  const moves = corners.map(([x, y]) => {
    const moved = mapPoint(correction, x, y);
    return Math.hypot(moved.x - x, moved.y - y);
  });
  return Math.max(...moves);
}

/** Resolution of the exact search: the half-size blank's. */
const EXACT_DPI = 100;
/** The rough lay is right to 0.3 mm on scans; a photo's lens bends more. */
const EXACT_REACH_PX = 3;
const EXACT_PHOTO_REACH_PX = 5;
const EXACT_TOLERANCE_MM = 0.7;
const CHECK_REACH_PX = 1;

/** Returns the scan reduced to 85-170 dpi and the factor. Pure. */
export function toHalfScan(raster: GreyRaster, pxPerMm: number): { readonly grey: GreyMap; readonly factor: number } {
  const factor = Math.max(1, Math.floor((pxPerMm * 25.4) / (0.85 * EXACT_DPI)));
  return { grey: reduceBy(toMap(raster), factor), factor };
}

/** Returns the page laid by all its patches, plane first, then the bends; null when too few agree. Pure. */
export function layExactly(raster: GreyRaster, low: LowScan, rough: RoughLay): ExactLay | null {
  const toScan = compose(scaleAndShift(low.factor, 0, low.factor, 0), rough.toLow);
  const pxPerMm = Math.sqrt(Math.abs(toScan[0] * toScan[4] - toScan[1] * toScan[3]));
  const half = toHalfScan(raster, pxPerMm);
  const toHalf = (h: Homography) => compose(scaleAndShift(1 / half.factor, 0, 1 / half.factor, 0), h);
  const { page, isPhoto } = rough.candidate;
  const reachPx = isPhoto ? EXACT_PHOTO_REACH_PX : EXACT_REACH_PX;
  const found = matchPatches(page.fine, { scan: half.grey, toScan: toHalf(toScan), reachPx });
  const plane = fitMatches(found, { model: "projective", toleranceMm: EXACT_TOLERANCE_MM, leastScore: LEAST_SCORE });
  if (!plane) return null;
  const bends = found.map((match) => relativeTo(plane.correction, match));
  const field = fitField(bends, { widthMm: page.widthMm, heightMm: page.heightMm, leastScore: LEAST_SCORE });
  const planeToScan = compose(toScan, plane.correction);
  const matches = matchPatches(page.fine, {
    scan: half.grey,
    toScan: toHalf(planeToScan),
    reachPx: CHECK_REACH_PX,
    displacement: toDisplacement(field),
    withDetail: true,
  });
  return { toScan: planeToScan, field, matches };
}

/** What is left of a match's offset when the plane has moved the patch; a plane's correction is so small that its own scale does not matter. */
function relativeTo(plane: Homography, match: PatchMatch): PatchMatch {
  const { xMm, yMm } = match.patch;
  const moved = mapPoint(plane, xMm, yMm);
  return { ...match, dxMm: xMm + match.dxMm - moved.x, dyMm: yMm + match.dyMm - moved.y };
}
