import type { LayoutPage, Zone } from "../../model/form-layout.ts";
import type { RectMm } from "../../model/page.ts";
import { bestNear, type FoundPlace, findPicture, type Picture, type SearchedScan, toPicture, toSearchedScan } from "./find-picture.ts";
import type { FramedPage } from "./framed-page.ts";
import { reduceBy, toMap } from "./grey-map.ts";

/** How far the print around a zone has moved against the layout, mm. */
export interface LabelShift {
  readonly dxMm: number;
  readonly dyMm: number;
}

/** A label stands at most this far above its writing area, mm. */
const ABOVE_MM = 5.5;
/** The word of a tick box ends at most this far right of it, mm. */
const BESIDE_MM = 32;
/** Labels of less width than this are too short to be told from others, mm. */
const LEAST_WIDTH_MM = 6;
/** Rows are moved up or down by at most this much between versions of one form, mm. */
const REACH_Y_MM = 32;
/** A label counts as found from this likeness (correlation); a different label of similar length reaches 0.45. */
const LEAST_LIKENESS = 0.6;
/** Short words look like each other sooner. */
const SHORT_MM = 12;
const LEAST_SHORT_LIKENESS = 0.75;
/** A label that is this alike in its old place is not looked for elsewhere: labels in place measured 0.75 and more. */
const STAYS_FROM = 0.75;
/** A label that is nearly as alike in its old place has not moved. */
const STAY_MARGIN = 0.1;

interface Claim {
  readonly field: string;
  readonly shift: LabelShift;
  readonly label: RectMm;
  readonly likeness: number;
}

/**
 * Finds where the labels of a form's fields stand on a scan of another version of the form: by zone, how far each has moved.
 *
 * Pure. Fields whose label is not found, or found where another field's label fits better, are left out.
 */
export function findLabelShifts({ page, zones, scan, blank }: FramedPage): ReadonlyMap<Zone, LabelShift> {
  // At 100 dpi letters of 5 pt keep their shape; at 50 dpi half a pixel of shift hides them.
  const maps = { scan: toSearchedScan(reduceBy(toMap(scan), 2)), blank: toSearchedScan(reduceBy(toMap(blank), 2)) };
  const pxPerMm = blank.dpi / 25.4 / 2;
  const byField = Map.groupBy(zones, ({ field }) => field);
  const claims: Claim[] = [];
  for (const [field, own] of byField) {
    const label = labelOf(page, own, zones);
    if (label === null) continue;
    const claim = findLabel(label, maps, pxPerMm);
    if (claim !== null) claims.push({ field, label, ...claim });
  }
  const shifts = new Map<Zone, LabelShift>();
  for (const { field, shift } of withoutRivals(claims))
    for (const zone of byField.get(field) ?? []) shifts.set(zone, zone.kind === "text" ? shift : onBox(zone, shift, maps, pxPerMm));
  return shifts;
}

/** Returns the rectangle of the words that belong to a field: above its writing area, or beside and above its boxes; null without any. Pure. */
export function labelOf(page: LayoutPage, own: readonly Zone[], zones: readonly Zone[]): RectMm | null {
  const isText = own.every(({ kind }) => kind === "text" || kind === "signature");
  const isLoneTick = own.length === 1 && !isText;
  const left = Math.min(...own.map(({ rect }) => rect.x)) - 1.5;
  const top = Math.min(...own.map(({ rect }) => rect.y)) - (isLoneTick ? 1 : ABOVE_MM);
  const last = Math.max(...own.map(({ rect }) => rect.x + rect.width));
  const bottom = Math.max(...own.map(({ rect }) => rect.y + rect.height)) + (isText ? -1 : 1);
  const strangers = zones.filter((zone) => !own.includes(zone) && zone.rect.y < bottom && zone.rect.y + zone.rect.height > top);
  const nextX = Math.min(...strangers.map(({ rect }) => rect.x).filter((x) => x > last - 1), Number.POSITIVE_INFINITY);
  const right = Math.min(isText ? last : last + BESIDE_MM, nextX - 1);
  const words = page.words.filter(({ rect }) => {
    const isInside =
      rect.x >= left && (isText ? rect.x + rect.width : rect.x) <= right && rect.y >= top && rect.y + rect.height <= bottom + 1;
    return isInside && (!isText || own.every((zone) => rect.y + rect.height / 2 < zone.rect.y + 1));
  });
  if (words.length === 0) return null;
  const x = Math.min(...words.map(({ rect }) => rect.x));
  const y = Math.min(...words.map(({ rect }) => rect.y));
  const width = Math.max(...words.map(({ rect }) => rect.x + rect.width)) - x;
  const height = Math.max(...words.map(({ rect }) => rect.y + rect.height)) - y;
  return width < LEAST_WIDTH_MM ? null : { x: x - 0.4, y: y - 0.4, width: width + 0.8, height: height + 0.8 };
}

interface Maps {
  readonly scan: SearchedScan;
  readonly blank: SearchedScan;
}

function findLabel(label: RectMm, { scan, blank }: Maps, pxPerMm: number): { shift: LabelShift; likeness: number } | null {
  const picture = toPicture(blank.map, label, pxPerMm);
  if (picture === null) return null;
  const stay = bestNear(picture, scan.map, picture, Math.round(STAY_MM * pxPerMm));
  if (stay.likeness >= STAYS_FROM) return toShift(picture, stay, pxPerMm);
  const found = findPicture(picture, scan, { reachPx: Math.round(REACH_Y_MM * pxPerMm), blankVariance: blank.variance });
  const best = found.likeness < stay.likeness + STAY_MARGIN ? stay : found;
  if (best.likeness < (label.width < SHORT_MM ? LEAST_SHORT_LIKENESS : LEAST_LIKENESS)) return null;
  return toShift(picture, best, pxPerMm);
}

function toShift(picture: Picture, { x, y, likeness }: FoundPlace, pxPerMm: number): { shift: LabelShift; likeness: number } {
  return { shift: { dxMm: (x - picture.x) / pxPerMm, dyMm: (y - picture.y) / pxPerMm }, likeness };
}

/** A label this near to its old place is where it was, but for the paper's bends. */
const STAY_MM = 0.8;
/** A box may stand this much nearer to its word or farther from it than before, mm. */
const BOX_REACH_MM = 2;
const BOX_RIM_MM = 0.7;

/** Puts a box's shift right by its own printed frame, which may have moved against its word. */
function onBox(zone: Zone, shift: LabelShift, { scan, blank }: Maps, pxPerMm: number): LabelShift {
  const { x, y, width, height } = zone.rect;
  const frame = { x: x - BOX_RIM_MM, y: y - BOX_RIM_MM, width: width + 2 * BOX_RIM_MM, height: height + 2 * BOX_RIM_MM };
  const picture = zone.kind === "signature" ? null : toPicture(blank.map, frame, pxPerMm);
  if (picture === null) return shift;
  const from = { x: picture.x + Math.round(shift.dxMm * pxPerMm), y: picture.y + Math.round(shift.dyMm * pxPerMm) };
  const best = bestNear(picture, scan.map, from, Math.round(BOX_REACH_MM * pxPerMm));
  return { dxMm: (best.x - picture.x) / pxPerMm, dyMm: (best.y - picture.y) / pxPerMm };
}

/** Two labels cannot stand in one place: the one that fits worse goes. */
function withoutRivals(claims: readonly Claim[]): Claim[] {
  const kept: Claim[] = [];
  for (const claim of claims.toSorted((a, b) => b.likeness - a.likeness))
    if (!kept.some((other) => overlap(claim, other))) kept.push(claim);
  return kept;
}

function overlap(a: Claim, b: Claim): boolean {
  const left = Math.abs(a.label.x + a.shift.dxMm - b.label.x - b.shift.dxMm);
  const top = Math.abs(a.label.y + a.shift.dyMm - b.label.y - b.shift.dyMm);
  return left < 3 && top < 2;
}
