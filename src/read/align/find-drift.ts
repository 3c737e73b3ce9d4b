import type { ExactLay } from "./lay-page.ts";
import { typicalScore } from "./lay-quality.ts";
import type { PatchMatch } from "./match-patches.ts";

/** A patch is out of place when it coincides less than this share of the page's typical patch. */
const OUT_OF_PLACE_SHARE = 0.35;
/** Print is as strong as the page's other print within these factors; fainter is faded or gone, stronger a stamp or a blot. */
const FAINTEST = 0.5;
const STRONGEST = 1.8;

/**
 * Other print: another version has at least this share of its patches out of place, this share with other print in
 * their place, and that much other print among what is out of place. Measured: other version 0.14, 0.067, 0.43 and
 * more; known version 0.03, 0.02 and less, or on some pages whose labels were lost to thresholding 0.4, 0.12, 0.24.
 */
const LEAST_OUT_OF_PLACE = 0.07;
const LEAST_OTHER_PRINT = 0.04;
const LEAST_PRINT_AMONG_OUT_OF_PLACE = 0.33;
/** Gone print: on a crisp page, whose patches fit well or not at all, print does not fade away in spots; it has moved. */
const CRISP_SCORE = 0.8;
const LEAST_GONE = 0.1;
/** Known forms that were suspected, on 90 faxes and black-and-white scans thresholded too high or too low, reached 0.69 to 0.85; grey scans 0.9 and more. */
const PROVING_SCORE = 0.88;
/** Where thin print was lost to thresholding, most of the equally thin print is gone too, not only some of it. */
const MOST_GONE_AMONG_EQUALS = 0.4;

/** What the print in its places says about the version. */
export interface DriftSuspicion {
  /** The print differs, or so much of it is lost that it may. */
  readonly isSuspected: boolean;
  /** The print in place coincides so well that what is missing cannot have been lost to a poor scan. */
  readonly isCrisp: boolean;
  /** Share of the blank's words and corners on the scan that are not where the layout says, 0-1. */
  readonly displacedShare: number;
}

/** Returns how far the print on the scan differs from the blank it was laid on. Pure. */
export function findDrift(lay: ExactLay): DriftSuspicion {
  const typical = typicalScore(lay);
  const judged = lay.matches.filter((match) => match.detail !== null);
  const total = Math.max(1, judged.length);
  const strength = typicalStrength(judged, typical);
  const outOfPlace = judged.filter((match) => (match.detail ?? 1) < OUT_OF_PLACE_SHARE * typical);
  const unblotted = outOfPlace.filter((match) => match.strength <= STRONGEST * strength);
  const otherPrint = unblotted.filter((match) => match.strength >= FAINTEST * strength);
  const hasOtherPrint =
    outOfPlace.length >= LEAST_OUT_OF_PLACE * total &&
    otherPrint.length >= LEAST_OTHER_PRINT * total &&
    otherPrint.length >= LEAST_PRINT_AMONG_OUT_OF_PLACE * outOfPlace.length;
  const hasLostPrint =
    typical >= CRISP_SCORE && unblotted.length >= LEAST_GONE * total && goneAmongEquals(unblotted, judged) <= MOST_GONE_AMONG_EQUALS;
  return { isSuspected: hasOtherPrint || hasLostPrint, isCrisp: typical >= PROVING_SCORE, displacedShare: unblotted.length / total };
}

/** Share of lost patches among all whose print is as thin as that of the middle lost one, or thinner. */
function goneAmongEquals(gone: readonly PatchMatch[], judged: readonly PatchMatch[]): number {
  const middle = gone.map((match) => match.patch.detailStrength).toSorted((a, b) => a - b)[gone.length >> 1] ?? 0;
  const isThin = (match: PatchMatch) => match.patch.detailStrength <= middle;
  return gone.filter(isThin).length / Math.max(1, judged.filter(isThin).length);
}

/** Median strength of the patches that are in place. */
function typicalStrength(matches: readonly PatchMatch[], typical: number): number {
  const strengths = matches.filter((match) => (match.detail ?? 0) >= 0.6 * typical).map((match) => match.strength);
  return strengths.toSorted((a, b) => a - b)[strengths.length >> 1] ?? 1;
}
