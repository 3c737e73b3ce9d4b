import { fitAffine, fitHomography, type Homography, mapPoint, type PointPair } from "./geometry.ts";
import type { PatchMatch } from "./match-patches.ts";

export interface RobustFit {
  /** Page mm as foretold -> page mm as found. */
  readonly correction: Homography;
  readonly inliers: readonly PatchMatch[];
}

export interface FitPlan {
  readonly model: "affine" | "projective";
  /** Farthest a match may lie from the fit, mm. */
  readonly toleranceMm: number;
  /** Matches below this correlation take no part. */
  readonly leastScore: number;
}

const ROUNDS = 160;

/**
 * Returns the map that most of the matches agree on, or null when no eight do.
 *
 * Pure: the samples come from a fixed sequence.
 */
export function fitMatches(matches: readonly PatchMatch[], plan: FitPlan): RobustFit | null {
  const usable = matches.filter((match) => match.score >= plan.leastScore && !match.isAtLimit);
  if (usable.length < 8) return null;
  let best: { support: number; correction: Homography } | null = null;
  let seed = 12345;
  const next = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return usable[(seed % 65521) % usable.length];
  };
  for (let round = 0; round < ROUNDS; round++) {
    const sample = [next(), next(), next()].filter((match) => match !== undefined);
    const correction = fitAffine(sample.map((match) => toPair(match)));
    if (!correction || !isPlausible(correction)) continue;
    const support = supportOf(usable, correction, sampleTolerance(plan));
    if (!best || support > best.support) best = { support, correction };
  }
  return best && refine(usable, best.correction, plan);
}

/** The samples are affine even where the truth is projective: they are judged more loosely, and the refinement bends them. */
function sampleTolerance(plan: FitPlan): number {
  return plan.model === "projective" ? 2 * plan.toleranceMm : plan.toleranceMm;
}

function refine(usable: readonly PatchMatch[], start: Homography, plan: FitPlan): RobustFit | null {
  let correction = start;
  let inliers: PatchMatch[] = [];
  let tolerance = sampleTolerance(plan);
  for (let round = 0; round < 4; round++) {
    inliers = usable.filter((match) => distanceMm(match, correction) <= tolerance);
    if (inliers.length < 8) return null;
    const pairs = inliers.map((match) => toPair(match));
    const fitted = plan.model === "projective" && round > 0 ? fitHomography(pairs) : fitAffine(pairs);
    if (!fitted) return null;
    correction = fitted;
    tolerance = plan.toleranceMm;
  }
  return { correction, inliers };
}

function toPair(match: PatchMatch): PointPair {
  const { xMm, yMm } = match.patch;
  return { x: xMm, y: yMm, u: xMm + match.dxMm, v: yMm + match.dyMm, weight: match.score * match.score };
}

function distanceMm(match: PatchMatch, correction: Homography): number {
  const { xMm, yMm } = match.patch;
  const p = mapPoint(correction, xMm, yMm);
  return Math.hypot(p.x - xMm - match.dxMm, p.y - yMm - match.dyMm);
}

function supportOf(matches: readonly PatchMatch[], [a, b, c, d, e, f]: Homography, toleranceMm: number): number {
  let support = 0;
  for (const { patch, dxMm, dyMm, score } of matches) {
    const x = a * patch.xMm + b * patch.yMm + c - patch.xMm - dxMm;
    const y = d * patch.xMm + e * patch.yMm + f - patch.yMm - dyMm;
    const distance = Math.sqrt(x * x + y * y);
    if (distance <= toleranceMm) support += score * (1 - distance / toleranceMm / 2);
  }
  return support;
}

/** A correction is small: it neither turns nor stretches the page by more than a tenth. */
function isPlausible(h: Homography): boolean {
  return Math.abs(h[0] - 1) < 0.1 && Math.abs(h[4] - 1) < 0.1 && Math.abs(h[1]) < 0.1 && Math.abs(h[3]) < 0.1;
}
