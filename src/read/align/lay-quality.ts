import type { RectMm } from "../../model/page.ts";
import type { ExactLay } from "./lay-page.ts";
import type { PatchMatch } from "./match-patches.ts";

/**
 * Below this the blank's ink around a zone does not coincide with the scan: the zone must not be read.
 * Measured: 0.5 % of the zones of scans of the known version fall below it, 4-10 % under heavy stamps, blots or coarse
 * fax thresholding; of 14,000 zones of pages damaged on purpose none above it lay more than 1.6 pixels (200 dpi) off.
 */
export const MIN_LOCAL_QUALITY = 0.5;

/** Patches this far around a zone speak for it, mm: its own frame and label. */
const NEIGHBOURHOOD_MM = 5;
/** Where no words or corners are that near, those within this distance speak: the header of a table's column. */
const WIDE_NEIGHBOURHOOD_MM = 25;
/** Correlation of a good patch on the worst legible page: no page is measured against less. */
const LEAST_TYPICAL = 0.4;

/**
 * Returns how well the words and corners of each patch coincide with the scan, -1 to 1; patches of rules alone are left out.
 *
 * Pure. Rules say little: forms of one family share their ruled grid and differ in their words.
 */
export function detailScores(lay: ExactLay): number[] {
  return lay.matches.flatMap((match) => (match.detail === null ? [] : [match.detail]));
}

/** Returns the score that the page's well-placed patches reach: sharpness and contrast decide it. Pure. */
export function typicalScore(lay: ExactLay): number {
  const scores = detailScores(lay).toSorted((a, b) => b - a);
  return Math.max(LEAST_TYPICAL, scores[Math.floor(scores.length / 4)] ?? 0);
}

/** Returns 0-1: mean agreement of the patches with their places, a blur or low contrast of the whole page aside. Pure. */
export function qualityOf(lay: ExactLay): number {
  const typical = typicalScore(lay);
  const scores = detailScores(lay);
  let sum = 0;
  for (const score of scores) sum += agreement(score, typical);
  return scores.length === 0 ? 0 : sum / scores.length;
}

/**
 * Returns 0-1 for one zone: the mean of the less agreeing half of the patches around it; 0 where none lies on the scan.
 *
 * Pure. Patches of rules alone are heard only beside words and corners: along its rules a page can slip unnoticed.
 */
export function localQualityOf(lay: ExactLay, rect: RectMm): number {
  const typical = typicalScore(lay);
  const near = patchesNear(lay, rect, NEIGHBOURHOOD_MM);
  const hasDetail = near.some((match) => match.detail !== null);
  const wide = hasDetail ? [] : patchesNear(lay, rect, WIDE_NEIGHBOURHOOD_MM).filter((match) => match.detail !== null);
  if (!hasDetail && wide.length === 0) return 0;
  const values = [...near, ...wide].map((match) => agreement(match.detail ?? match.scoreInPlace, typical)).toSorted((a, b) => a - b);
  const lower = values.slice(0, Math.ceil(values.length / 2));
  let sum = 0;
  for (const value of lower) sum += value;
  return sum / lower.length;
}

function patchesNear(lay: ExactLay, rect: RectMm, reachMm: number): PatchMatch[] {
  return lay.matches.filter(({ patch }) => {
    const dx = Math.max(rect.x - patch.xMm, 0, patch.xMm - rect.x - rect.width);
    const dy = Math.max(rect.y - patch.yMm, 0, patch.yMm - rect.y - rect.height);
    return Math.hypot(dx, dy) <= reachMm;
  });
}

function agreement(score: number, typical: number): number {
  return Math.min(1, Math.max(0, score / typical));
}
