import type { GreyRaster } from "../../model/page.ts";
import type { FormPageMatch, RefusalReason } from "./aligned-page.ts";
import { toAlignedPage } from "./aligned-view.ts";
import { type Candidate, findCandidates, type LowScan, scannedSheet, toLowScan } from "./find-candidates.ts";
import { findDrift } from "./find-drift.ts";
import { type ExactLay, layExactly, layRoughly, type RoughLay } from "./lay-page.ts";
import { qualityOf } from "./lay-quality.ts";
import type { PreparedPage, PreparedTemplate } from "./prepare-template.ts";

/** Profiles of attachments and letters correlate up to 0.50 with some form page, form pages from 0.35 (photos) or 0.63 (scans). */
const LEAST_PROFILE_SCORE = 0.3;
/** Few attachments reach this; form scans seldom stay below it. */
const CLEAR_PROFILE_SCORE = 0.5;
/** Candidates tried: the right page was always among the first three. */
const TRIED = 3;
/** Rough support of pages that are no form page reaches 0.14, of form pages it starts at 0.39 (another version, twice copied). */
const LEAST_SUPPORT = 0.24;
/** A rough lay nearly as well supported as the best is laid exactly too: versions of one form differ in a few rows only. */
const RIVAL_SHARE = 0.75;
/** Quality of a page that shares no more than its rules with a form: mirrored ink of the other side, a foreign form of equal pitch. */
const LEAST_FAMILY_QUALITY = 0.32;
/** Quality from which a page's zones may be read; other versions of the form start at 0.46. */
const LEAST_QUALITY = 0.36;

/**
 * Returns which form page a scan shows and lays it onto that page's layout.
 *
 * Pure. Null when the scan is no page of these forms; `refused` when it is one but does not fit well enough to be read.
 */
export function recogniseFormPage(raster: GreyRaster, templates: readonly PreparedTemplate[]): FormPageMatch | null {
  const low = toLowScan(raster);
  const pages = templates.flatMap((template) => template.pages);
  const best = layBest(raster, low, findRoughLays(raster, low, pages));
  if (!best || best.quality < LEAST_FAMILY_QUALITY) return null;
  const { rough, lay, quality } = best;
  if (quality < LEAST_QUALITY) return toRefusal(rough.candidate, "poorFit", quality);
  return { kind: "aligned", page: toAlignedPage({ scan: raster, candidate: rough.candidate, lay, quality, drift: findDrift(lay) }) };
}

interface LaidCandidate {
  readonly rough: RoughLay;
  readonly lay: ExactLay;
  readonly quality: number;
}

function layBest(raster: GreyRaster, low: LowScan, roughs: readonly RoughLay[]): LaidCandidate | null {
  const leastSupport = RIVAL_SHARE * (roughs[0]?.support ?? 0);
  let best: LaidCandidate | null = null;
  for (const rough of roughs) {
    if (rough.support < leastSupport) break;
    const lay = layExactly(raster, low, rough);
    const quality = lay ? qualityOf(lay) : 0;
    if (lay && quality > (best?.quality ?? 0)) best = { rough, lay, quality };
  }
  return best;
}

/** Returns the supported lays, best first. */
function findRoughLays(raster: GreyRaster, low: LowScan, pages: readonly PreparedPage[]): RoughLay[] {
  const found: RoughLay[] = [];
  for (const group of bySize(pages)) {
    const [first] = group;
    if (!first) continue;
    const candidates = findCandidates(low, scannedSheet(raster, low, first), group, first)
      .slice(0, TRIED)
      .filter((candidate) => candidate.score >= LEAST_PROFILE_SCORE);
    const rough = candidates.flatMap((candidate) => layRoughly(candidate, low, false) ?? []);
    if (rough.some(isSupported)) found.push(...rough.filter(isSupported));
    else found.push(...layElsewhere(candidates, low));
  }
  return found.toSorted((a, b) => b.support - a.support);
}

function isSupported(rough: RoughLay): boolean {
  return rough.support >= LEAST_SUPPORT;
}

/** Tries the other places of candidates whose profiles are too good for an attachment. */
function layElsewhere(candidates: readonly Candidate[], low: LowScan): RoughLay[] {
  return candidates
    .filter((candidate) => candidate.score >= CLEAR_PROFILE_SCORE)
    .flatMap((candidate) => candidate.elsewhere.map((toLow) => ({ ...candidate, toLow })))
    .flatMap((candidate) => layRoughly(candidate, low, false) ?? [])
    .filter(isSupported);
}

function bySize(pages: readonly PreparedPage[]): PreparedPage[][] {
  return [...Map.groupBy(pages, (page) => `${Math.round(page.widthMm)}x${Math.round(page.heightMm)}`).values()];
}

function toRefusal(candidate: Candidate, reason: RefusalReason, quality: number): FormPageMatch {
  const { page, rotation } = candidate;
  return { kind: "refused", reason, layoutId: page.template.layout.id, pageNumber: page.pageNumber, rotation, quality };
}
