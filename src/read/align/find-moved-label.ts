import type { RectMm } from "../../model/page.ts";
import { labelOf } from "./field-labels.ts";
import { bestNear, findPicture, type Picture, type SearchedScan, toPicture, toSearchedScan } from "./find-picture.ts";
import type { FramedPage } from "./framed-page.ts";
import { type GreyMap, reduceBy, toMap } from "./grey-map.ts";

/** A label that is this alike in its place has not moved; labels in place reach 0.75, worn ones less. */
const IN_PLACE_FROM = 0.7;
/**
 * A label has moved when it looks like this somewhere else, and there more like itself than in its own place and than the blank
 * does. Measured on 60 altered forms and on 90 known ones worn and thresholded hard: labels that had moved 0.78 to 0.97, and no
 * more than 0.55 elsewhere; labels of the known form that were lost found nothing above 0.66 that the blank does not have there too.
 */
const LEAST_LIKENESS = 0.75;
const LEAST_LEAD = 0.22;
/** Shorter labels are found in other words. */
const LEAST_WIDTH_MM = 9;
/** Within this distance a label is in its place: the paper's bends, mm. */
const STAY_MM = 0.8;
/** Rows looked at above and below, mm. */
const REACH_MM = 32;
/** Of the labels that are not in place so many are looked for, least alike first: each takes 25 ms. */
const MOST_SEARCHED = 10;

interface LostLabel {
  readonly picture: Picture;
  readonly stay: number;
}

/**
 * Returns whether a field's printed label is gone from its place and stands somewhere else on the page: proof of another version of
 * the form, which no stamp, stain or poor threshold can forge.
 *
 * Pure. False does not prove the version: what is printed the same in both cannot tell them apart.
 */
export function hasMovedLabel({ page, zones, scan, blank }: FramedPage): boolean {
  // At 100 dpi letters of 5 pt keep their shape, as for `findLabelShifts`.
  const [seen, own] = [reduceBy(toMap(scan), 2), reduceBy(toMap(blank), 2)];
  const pxPerMm = blank.dpi / 25.4 / 2;
  const lost = [...Map.groupBy(zones, ({ field }) => field).values()]
    .flatMap((its) => lostLabel(labelOf(page, its, zones), { seen, own, pxPerMm }))
    .toSorted((a, b) => a.stay - b.stay)
    .slice(0, MOST_SEARCHED);
  if (lost.length === 0) return false;
  const search = { scan: toSearchedScan(seen), blank: toSearchedScan(own), pxPerMm };
  return lost.some((label) => isElsewhere(label, search));
}

interface Maps {
  readonly seen: GreyMap;
  readonly own: GreyMap;
  readonly pxPerMm: number;
}

function lostLabel(label: RectMm | null, { seen, own, pxPerMm }: Maps): LostLabel[] {
  if (label === null || label.width < LEAST_WIDTH_MM) return [];
  const picture = toPicture(own, label, pxPerMm);
  if (picture === null) return [];
  const stay = bestNear(picture, seen, picture, Math.round(STAY_MM * pxPerMm)).likeness;
  return stay >= IN_PLACE_FROM ? [] : [{ picture, stay }];
}

interface Search {
  readonly scan: SearchedScan;
  readonly blank: SearchedScan;
  readonly pxPerMm: number;
}

function isElsewhere({ picture, stay }: LostLabel, { scan, blank, pxPerMm }: Search): boolean {
  const found = findPicture(picture, scan, { reachPx: Math.round(REACH_MM * pxPerMm), blankVariance: blank.variance });
  if (found.likeness < LEAST_LIKENESS || found.likeness < stay + LEAST_LEAD) return false;
  const onBlank = bestNear(picture, blank.map, found, Math.round(STAY_MM * pxPerMm)).likeness;
  return found.likeness >= onBlank + LEAST_LEAD;
}
