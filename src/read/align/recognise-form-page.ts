import type { GreyRaster } from "../../model/page.ts";
import { isBilevel } from "../ink/is-bilevel.ts";
import type { FormPageMatch, RefusalReason } from "./aligned-page.ts";
import { toAlignedPage } from "./aligned-view.ts";
import { type Candidate, type LowScan, toLowScan } from "./find-candidates.ts";
import { findDrift } from "./find-drift.ts";
import { hasMovedLabel } from "./find-moved-label.ts";
import { findRoughLays } from "./find-rough-lays.ts";
import { toFramedPage } from "./framed-page.ts";
import { type ExactLay, layExactly, type RoughLay } from "./lay-page.ts";
import { qualityOf } from "./lay-quality.ts";
import { toOtherVersion } from "./other-version.ts";
import type { PreparedTemplate } from "./prepare-template.ts";

/** A rough lay nearly as well supported as the best is laid exactly too: versions of one form differ in a few rows only. */
const RIVAL_SHARE = 0.75;
/** Quality of a page that shares no more than its rules with a form: mirrored ink of the other side, a foreign form of equal pitch. */
const LEAST_FAMILY_QUALITY = 0.32;
/** Quality from which a page of the known version may be read: below it less than half of its print is where it belongs. */
const LEAST_QUALITY = 0.5;
/** Below this resolution letters of 2 mm have fewer than 7 pixels: a page may be recognised but not read. */
const LEAST_DPI = 85;

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
  const { isSuspected, isCrisp, displacedShare } = findDrift(lay);
  const laid = { scan: raster, candidate: rough.candidate, lay, quality };
  const page = toAlignedPage({ ...laid, drift: { drifted: isSuspected, isOtherVersion: false, displacedShare } });
  if (page.sourceDpi < LEAST_DPI) return toRefusal(rough.candidate, "tooSmall", quality);
  // Black-and-white scans and faxes lose thin print as a whole: there only print that stands elsewhere proves another version.
  const framed = toFramedPage(page);
  const isOtherVersion = (isSuspected && isCrisp && !isBilevel(raster)) || (framed !== null && hasMovedLabel(framed));
  if (isOtherVersion) return { kind: "aligned", page: toOtherVersion(page) };
  return quality < LEAST_QUALITY ? toRefusal(rough.candidate, "poorFit", quality) : { kind: "aligned", page };
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

function toRefusal(candidate: Candidate, reason: RefusalReason, quality: number): FormPageMatch {
  const { page, rotation } = candidate;
  return { kind: "refused", reason, layoutId: page.template.layout.id, pageNumber: page.pageNumber, rotation, quality };
}
