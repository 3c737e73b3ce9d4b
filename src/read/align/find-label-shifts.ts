import type { Zone } from "../../model/form-layout.ts";
import type { RectMm } from "../../model/page.ts";
import { anchorOf } from "./field-labels.ts";
import { bestNear, type FoundPlace, findPlaces, type Picture, type SearchedScan, toPicture, toSearchedScan } from "./find-picture.ts";
import type { FramedPage } from "./framed-page.ts";
import { type GreyMap, reduceBy, soften, toMap } from "./grey-map.ts";
import { once } from "./once.ts";

/** How far the print around a zone has moved against the layout, mm. */
export interface LabelShift {
  readonly dxMm: number;
  readonly dyMm: number;
}

/** Rows are moved up or down by at most this much between versions of one form, mm; what is not found there is looked for everywhere. */
const REACH_Y_MM = 32;
const ANYWHERE_MM = 297;
/** A label counts as found from this likeness (correlation); a different label of similar length reaches 0.45. */
const LEAST_LIKENESS = 0.6;
/** Short words look like each other sooner. */
const SHORT_MM = 12;
const LEAST_SHORT_LIKENESS = 0.7;
const LEAST_SOFT_LIKENESS = 0.75;
/** A label that is this alike is not looked for elsewhere: labels in place measured 0.75 and more. */
const CERTAIN_FROM = 0.75;
/** On a soft scan all words look alike: other labels reach 0.87 there, the label itself 0.9 and more. */
const CERTAIN_WHEN_SOFT_FROM = 0.89;
/** A label that is less sure must look this much more like its place than like any that is left over. */
const LEAST_LEAD = 0.06;
/** A label that is nearly as alike in its old place has not moved. */
const STAY_MARGIN = 0.1;
/** A label this near to its old place is where it was, but for the paper's bends. */
const STAY_MM = 0.8;
/** How many times the blank's print may have to be softened to look like the scan's. */
const SOFTEST = 3;

interface Claim {
  readonly zones: readonly Zone[];
  readonly label: RectMm;
  readonly certainFrom: number;
  readonly picture: Picture;
  readonly places: readonly FoundPlace[];
}

interface Maps {
  readonly scan: SearchedScan;
  readonly blank: SearchedScan;
  readonly pxPerMm: number;
  readonly isSoft: boolean;
}

/**
 * Finds where the labels of a form's fields stand on a scan of another version of the form: by zone, how far each has moved.
 *
 * Pure. A place belongs to the label that looks most like it; fields whose label is not found are left out.
 */
export function findLabelShifts({ page, zones, scan, blank }: FramedPage): ReadonlyMap<Zone, LabelShift> {
  // At 100 dpi letters of 5 pt keep their shape; at 50 dpi half a pixel of shift hides them.
  const pxPerMm = blank.dpi / 25.4 / 2;
  const anchors = [...Map.groupBy(zones, ({ field }) => field).values()].flatMap((own) => {
    const rect = anchorOf(page, own, zones);
    return rect === null ? [] : [{ own, rect }];
  });
  const seen = reduceBy(toMap(scan), 2);
  const { map, isSoft } = softenedLike(
    seen,
    reduceBy(toMap(blank), 2),
    anchors.map(({ rect }) => rect),
    pxPerMm,
  );
  const plain = toMaps(seen, map, pxPerMm, isSoft);
  const soft = once(() => toMaps(soften(seen), soften(map), pxPerMm, true));
  const shared = Map.groupBy(anchors, ({ rect }) => `${rect.x} ${rect.y}`);
  const claims = [...shared.values()].flatMap((its) => {
    const own = its.flatMap((each) => each.own);
    // Letters that a threshold frayed are found when both pictures are a little out of focus.
    return toClaim(own, its[0]?.rect, plain) ?? toClaim(own, its[0]?.rect, soft()) ?? [];
  });
  const fine = { scan: toMap(scan), blank: toMap(blank), pxPerMm: blank.dpi / 25.4 };
  const shifts = new Map<Zone, LabelShift>();
  for (const [{ zones: own, label, picture }, { x, y }] of withoutRivals(claims)) {
    const coarse = { dxMm: (x - picture.x) / pxPerMm, dyMm: (y - picture.y) / pxPerMm };
    const shift = refined(label, coarse, fine, FINE_MM)?.shift ?? coarse;
    const boxes = onBoxes(own, shift, fine);
    for (const zone of own) shifts.set(zone, boxes.get(zone) ?? shift);
  }
  return shifts;
}

function toMaps(scan: GreyMap, blank: GreyMap, pxPerMm: number, isSoft: boolean): Maps {
  return { scan: toSearchedScan(scan), blank: toSearchedScan(blank), pxPerMm, isSoft };
}

/** A blurred scan's letters look like those of a blurred blank. */
function softenedLike(scan: GreyMap, blank: GreyMap, labels: readonly RectMm[], pxPerMm: number): { map: GreyMap; isSoft: boolean } {
  let best = { map: blank, likeness: 0, isSoft: false };
  let map = blank;
  for (let round = 0; round <= SOFTEST; round++) {
    if (round > 0) map = soften(map);
    const likeness = medianInPlace(scan, map, labels, pxPerMm);
    if (likeness > best.likeness) best = { map, likeness, isSoft: round > 0 };
    else if (round > 0) break;
  }
  return best;
}

/** Likeness of the best third of the labels in their own places: these have not moved. */
function medianInPlace(scan: GreyMap, blank: GreyMap, labels: readonly RectMm[], pxPerMm: number): number {
  const found = labels.flatMap((label) => {
    const picture = toPicture(blank, label, pxPerMm);
    return picture === null ? [] : [bestNear(picture, scan, picture, Math.round(STAY_MM * pxPerMm)).likeness];
  });
  const better = found.toSorted((a, b) => b - a).slice(0, Math.ceil(found.length / 3));
  return better.reduce((sum, likeness) => sum + likeness, 0) / Math.max(1, better.length);
}

function toClaim(zones: readonly Zone[], label: RectMm | undefined, { scan, blank, pxPerMm, isSoft }: Maps): Claim | null {
  const certainFrom = isSoft ? CERTAIN_WHEN_SOFT_FROM : CERTAIN_FROM;
  const picture = label === undefined ? null : toPicture(blank.map, label, pxPerMm);
  if (picture === null || label === undefined) return null;
  const stay = bestNear(picture, scan.map, picture, Math.round(STAY_MM * pxPerMm));
  const staying = { ...stay, likeness: stay.likeness + STAY_MARGIN };
  const leastLikeness = isSoft ? LEAST_SOFT_LIKENESS : label.width < SHORT_MM ? LEAST_SHORT_LIKENESS : LEAST_LIKENESS;
  const within = (mm: number): FoundPlace[] =>
    findPlaces(picture, scan, { reachPx: Math.round(mm * pxPerMm), blankVariance: blank.variance, leastLikeness });
  const isCertain = (places: readonly FoundPlace[]): boolean => places.some(({ likeness }) => likeness >= certainFrom);
  const near = isCertain([stay]) ? [] : within(REACH_Y_MM);
  const found = isCertain([stay, ...near]) ? near : within(ANYWHERE_MM);
  const places = stay.likeness < leastLikeness ? found : [staying, ...found];
  return places.length === 0 ? null : { zones, label, certainFrom, picture, places };
}

/** Two labels cannot stand in one place: it goes to the one that fits better, the other to where it fits next best. */
function withoutRivals(claims: readonly Claim[]): ReadonlyMap<Claim, FoundPlace> {
  const offers = claims.flatMap((claim) => claim.places.map((place) => ({ claim, place })));
  const kept = new Map<Claim, FoundPlace>();
  for (const { claim, place } of offers.toSorted((a, b) => b.place.likeness - a.place.likeness)) {
    if (kept.has(claim) || kept.entries().some(([other, its]) => overlap(claim.picture, place, other.picture, its))) continue;
    kept.set(claim, place);
  }
  const isLeftOver = (claim: Claim, place: FoundPlace): boolean =>
    kept.entries().every(([other, its]) => !overlap(claim.picture, place, other.picture, its));
  const isSure = ([claim, { likeness }]: [Claim, FoundPlace]): boolean => {
    const next = claim.places.find((place) => isLeftOver(claim, place))?.likeness ?? 0;
    return likeness >= claim.certainFrom || likeness - next >= LEAST_LEAD;
  };
  return new Map([...kept].filter(isSure));
}

function overlap(a: Picture, at: FoundPlace, b: Picture, bt: FoundPlace): boolean {
  const across = Math.min(at.x + a.width, bt.x + b.width) - Math.max(at.x, bt.x);
  const down = Math.min(at.y + a.height, bt.y + b.height) - Math.max(at.y, bt.y);
  return across > 0.2 * Math.min(a.width, b.width) && down > 0.4 * Math.min(a.height, b.height);
}

/** The search at half the resolution places a label within this, mm. */
const FINE_MM = 0.4;
/** A box may stand this much nearer to its word or farther from it than before, mm. */
const BOX_REACH_MM = 1.6;
const BOX_RIM_MM = 0.7;
/** A box's printed frame is found from this likeness, with a mark in it; one blackened whole is not. */
const LEAST_BOX_LIKENESS = 0.45;
/** The boxes of one field keep their distances within this, mm. */
const SAME_BOX_MM = 0.6;

interface FineMaps {
  readonly scan: GreyMap;
  readonly blank: GreyMap;
  readonly pxPerMm: number;
}

function refined(
  rect: RectMm,
  { dxMm, dyMm }: LabelShift,
  maps: FineMaps,
  reachMm: number,
): { shift: LabelShift; likeness: number } | null {
  const { scan, blank, pxPerMm } = maps;
  const picture = toPicture(blank, rect, pxPerMm);
  if (picture === null) return null;
  const from = { x: picture.x + Math.round(dxMm * pxPerMm), y: picture.y + Math.round(dyMm * pxPerMm) };
  const { x, y, likeness } = bestNear(picture, scan, from, Math.round(reachMm * pxPerMm));
  return { shift: { dxMm: (x - picture.x) / pxPerMm, dyMm: (y - picture.y) / pxPerMm }, likeness };
}

/** Puts the shift of a field's boxes right by their own printed frames, which may have moved against the words. */
function onBoxes(zones: readonly Zone[], shift: LabelShift, maps: FineMaps): ReadonlyMap<Zone, LabelShift> {
  const boxes = zones.filter(({ kind }) => kind === "tick" || kind === "choice");
  const found = boxes.flatMap((zone) => {
    const { x, y, width, height } = zone.rect;
    const frame = { x: x - BOX_RIM_MM, y: y - BOX_RIM_MM, width: width + 2 * BOX_RIM_MM, height: height + 2 * BOX_RIM_MM };
    const best = refined(frame, shift, maps, BOX_REACH_MM);
    return best === null || best.likeness < LEAST_BOX_LIKENESS ? [] : [{ zone, ...best }];
  });
  const surest = found.toSorted((a, b) => b.likeness - a.likeness)[0]?.shift ?? shift;
  const isNear = (its: LabelShift): boolean => Math.hypot(its.dxMm - surest.dxMm, its.dyMm - surest.dyMm) <= SAME_BOX_MM;
  const own = new Map(found.map((each) => [each.zone, each.shift]));
  return new Map(boxes.map((zone) => [zone, isNear(own.get(zone) ?? surest) ? (own.get(zone) ?? surest) : surest]));
}
