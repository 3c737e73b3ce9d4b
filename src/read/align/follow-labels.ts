import type { Zone } from "../../model/form-layout.ts";
import type { RectMm } from "../../model/page.ts";
import type { AlignedPage } from "./aligned-page.ts";
import { blankCropOf } from "./aligned-view.ts";
import { boundByRulings } from "./bound-by-rulings.ts";
import { findLabelShifts, type LabelShift } from "./find-label-shifts.ts";
import { type FramedPage, toFramedPage } from "./framed-page.ts";
import { toMap } from "./grey-map.ts";
import { type MovedZone, moveBlank } from "./move-blank.ts";

/** Shifts below this are the alignment's own matter, mm. */
const LEAST_SHIFT_MM = 0.8;
const SAME_ROW_MM = 4;
const SAME_COLUMN_MM = 0.5;
const COLUMN_REACH_MM = 30;
/** Two fields of a row moved alike when their shifts differ by no more than this, mm. */
const SAME_SHIFT_MM = 1;
/** A field cannot stand where another's writing area covers this share of it. */
const MOST_COVERED = 0.3;

/**
 * Returns a page of another version of its form with the layout's fields where the page has them: each is looked for by its printed
 * label and ends at the rulings around it. Fields that are not found are named as lost.
 *
 * Pure. What is read there is a help for a person, never more: the page stays drifted.
 */
export function followLabels(page: AlignedPage): AlignedPage {
  const framed = toFramedPage(page);
  if (framed === null) return page;
  const shifts = findLabelShifts(framed);
  if (shifts.size === 0) return page;
  const placed = new Map(shifts);
  for (const zone of framed.zones.toSorted((a, b) => a.rect.y - b.rect.y)) {
    const shift = shifts.get(zone) ?? shiftOfRow(zone, shifts) ?? shiftOfColumn(zone, placed);
    if (shift !== null) placed.set(zone, shift);
  }
  const lostFields = [...new Set(framed.zones.filter((zone) => !placed.has(zone)).map(({ field }) => field))];
  const isMoved = placed.values().some(({ dxMm, dyMm }) => Math.hypot(dxMm, dyMm) >= LEAST_SHIFT_MM);
  const isChanged = isMoved || lostFields.length > 0;
  return isChanged ? movedTo(page, framed, placed, lostFields) : page;
}

/** Rows of a table stand under each other: a cell below another goes with it. */
function shiftOfColumn(zone: Zone, shifts: ReadonlyMap<Zone, LabelShift>): LabelShift | null {
  const above = [...shifts].filter(([{ kind, rect }]) => {
    const isSameColumn = Math.abs(rect.x - zone.rect.x) < SAME_COLUMN_MM && Math.abs(rect.width - zone.rect.width) < SAME_COLUMN_MM;
    return kind === zone.kind && isSameColumn && rect.y < zone.rect.y && zone.rect.y - rect.y < COLUMN_REACH_MM;
  });
  return above.toSorted(([a], [b]) => b.rect.y - a.rect.y)[0]?.[1] ?? null;
}

/** A field whose own label was not found goes with its row, unless its row went apart or another field stands there. */
function shiftOfRow(zone: Zone, shifts: ReadonlyMap<Zone, LabelShift>): LabelShift | null {
  const row = [...shifts].filter(([other]) => Math.abs(other.rect.y - zone.rect.y) < SAME_ROW_MM);
  const byNearness = row.toSorted(([a], [b]) => Math.abs(a.rect.x - zone.rect.x) - Math.abs(b.rect.x - zone.rect.x));
  const [nearest, next] = byNearness.map(([, shift]) => shift);
  if (nearest === undefined) return null;
  const isAlike = next !== undefined && Math.hypot(nearest.dxMm - next.dxMm, nearest.dyMm - next.dyMm) < SAME_SHIFT_MM;
  if (!isAlike && Math.abs(nearest.dxMm) >= LEAST_SHIFT_MM) return null;
  const rect = shiftedBy(zone.rect, nearest);
  const isTaken = [...shifts].some(
    ([other, shift]) => other.field !== zone.field && coverage(rect, shiftedBy(other.rect, shift)) > MOST_COVERED,
  );
  return isTaken ? null : nearest;
}

/** Returns a rectangle where its print has moved to. Pure. */
function shiftedBy(rect: RectMm, { dxMm, dyMm }: LabelShift): RectMm {
  return { ...rect, x: rect.x + dxMm, y: rect.y + dyMm };
}

function coverage(rect: RectMm, other: RectMm): number {
  const width = Math.min(rect.x + rect.width, other.x + other.width) - Math.max(rect.x, other.x);
  const height = Math.min(rect.y + rect.height, other.y + other.height) - Math.max(rect.y, other.y);
  return width <= 0 || height <= 0 ? 0 : (width * height) / (rect.width * rect.height);
}

function movedTo(page: AlignedPage, framed: FramedPage, placed: ReadonlyMap<Zone, LabelShift>, lostFields: readonly string[]): AlignedPage {
  const edgeMm = Math.max(...framed.zones.map(({ rect }) => rect.x + rect.width));
  const rects = new Map(placed.entries().map(([zone, shift]) => [zone, shiftedBy(zone.rect, shift)]));
  const moved = [...rects].map(([home, rect]): MovedZone => {
    const others = [...rects].filter(([other]) => other.field !== home.field).map(([, its]) => its);
    return { home, moved: { ...home, rect: home.kind === "text" ? boundByRulings(rect, others, edgeMm, framed.scan) : rect } };
  });
  const elsewhere = page.layout.zones.filter(({ pageNumber }) => pageNumber !== page.pageNumber);
  const blank = moveBlank(page.blank, framed.page, moved);
  const map = toMap(blank);
  return {
    ...page,
    layout: { ...page.layout, zones: [...moved.map((each) => each.moved), ...elsewhere] },
    raster: framed.scan,
    blank,
    blankCrop: (rect, dpi) => blankCropOf(map, blank.dpi, rect, dpi),
    drift: { ...page.drift, lostFields },
    localQuality: () => 0,
  };
}
