import type { GreyRaster } from "../../model/page.ts";
import { type Candidate, findCandidates, type LowScan, photographedSheet, type Sheet, scannedSheet } from "./find-candidates.ts";
import { findSheetQuads } from "./find-sheet-quad.ts";
import { layRoughly, type RoughLay } from "./lay-page.ts";
import type { PreparedPage } from "./prepare-template.ts";

/** Profiles tell little by themselves: of 120 form pages none stays below 0.64, but of 147 other pages some reach that too (ink of a form shining through a blank side). */
const LEAST_PROFILE_SCORE = 0.3;
/** Other places are tried from here on: all form pages lie above, most attachments below. */
const CLEAR_PROFILE_SCORE = 0.5;
/** Candidates tried: the right page was first or second on all of 120 form pages. */
const TRIED = 3;
/** Rough support reaches 0.18 on 147 pages that are no form page and starts at 0.50 on 120 that are, other versions included. */
const LEAST_SUPPORT = 0.24;
/** Below this support a scan's lay may as well be a photo's, taken for a scan: a clear photo of a whole form reached 0.29 so. */
const CLEAR_SUPPORT = 0.5;
/** Outlines of a sheet tried in a photo: where light and table allow, the first is right. */
const TRIED_OUTLINES = 3;

/**
 * Returns the form pages that a scan may be, laid roughly, best supported first; empty when it is none of them.
 *
 * Pure. Takes the picture as a scan of one sheet first; where that is not clear, as a photo of a sheet on a darker ground too.
 */
export function findRoughLays(raster: GreyRaster, low: LowScan, pages: readonly PreparedPage[]): RoughLay[] {
  const groups = [...Map.groupBy(pages, (page) => `${Math.round(page.widthMm)}x${Math.round(page.heightMm)}`).values()];
  const scanned = groups.flatMap((group) => laysOnSheet(low, group, (size) => scannedSheet(raster, low, size)));
  const isScan = scanned.some(({ support }) => support >= CLEAR_SUPPORT);
  return (isScan ? scanned : [...scanned, ...photographedLays(low, groups)]).toSorted((a, b) => b.support - a.support);
}

function photographedLays(low: LowScan, groups: readonly PreparedPage[][]): RoughLay[] {
  for (const quad of findSheetQuads(low.grey).slice(0, TRIED_OUTLINES)) {
    const lays = groups.flatMap((group) => laysOnSheet(low, group, (size) => photographedSheet(low, quad, size)));
    if (lays.length > 0) return lays;
  }
  return [];
}

function laysOnSheet(low: LowScan, pages: readonly PreparedPage[], toSheet: (size: PreparedPage) => Sheet | null): RoughLay[] {
  const [size] = pages;
  const sheet = size && toSheet(size);
  if (!size || !sheet) return [];
  const candidates = findCandidates(low, sheet, pages, size)
    .slice(0, TRIED)
    .filter((candidate) => candidate.score >= LEAST_PROFILE_SCORE);
  const lays = candidates.flatMap((candidate) => layRoughly(candidate, low) ?? []).filter(isSupported);
  return lays.length > 0 ? lays : layElsewhere(candidates, low);
}

function isSupported(rough: RoughLay): boolean {
  return rough.support >= LEAST_SUPPORT;
}

/** Tries the other places of candidates whose profiles are too good for an attachment. */
function layElsewhere(candidates: readonly Candidate[], low: LowScan): RoughLay[] {
  return candidates
    .filter((candidate) => candidate.score >= CLEAR_PROFILE_SCORE)
    .flatMap((candidate) => candidate.elsewhere.map((toLow) => ({ ...candidate, toLow })))
    .flatMap((candidate) => layRoughly(candidate, low) ?? [])
    .filter(isSupported);
}
