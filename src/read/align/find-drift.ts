import type { DriftEvidence } from "./aligned-page.ts";
import type { ExactLay } from "./lay-page.ts";
import { detailScores, typicalScore } from "./lay-quality.ts";

/** A patch is out of place when it coincides less than this share of the page's typical patch: something else is printed there. */
const OUT_OF_PLACE_SHARE = 0.35;
/** Share of patches out of place from which the printed form is another version: damaged pages of the known one stay below 0.02, two moved rows give 0.08. */
const DRIFTED_FROM = 0.06;

/** Returns how far the print on the scan differs from the blank it was laid on. Pure. */
export function findDrift(lay: ExactLay): DriftEvidence {
  const typical = typicalScore(lay);
  const scores = detailScores(lay);
  const outOfPlace = scores.filter((score) => score < OUT_OF_PLACE_SHARE * typical).length;
  const displacedShare = outOfPlace / Math.max(1, scores.length);
  return { drifted: displacedShare >= DRIFTED_FROM, displacedShare };
}
