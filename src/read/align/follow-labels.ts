import type { Zone } from "../../model/form-layout.ts";
import type { GreyRaster, RectMm } from "../../model/page.ts";
import type { AlignedPage } from "./aligned-page.ts";
import { findLabelShifts, type LabelShift } from "./find-label-shifts.ts";
import { toFramedPage } from "./framed-page.ts";

/** Print around a writing area that moves with it, mm: its label and box; around a tick box also its word. */
const AROUND_TEXT_MM = { left: 2.5, right: 2.5, up: 5, down: 1.5 } as const;
const AROUND_BOX_MM = { left: 4, right: 14, up: 4, down: 4 } as const;
/** A writing area ends this far before the next field's on the same row, mm. */
const NEXT_FIELD_MM = 1.5;
const SAME_ROW_MM = 4;
const LEAST_WIDTH_MM = 8;
/** Shifts below this are the alignment's own matter, mm. */
const LEAST_SHIFT_MM = 0.8;

const STAYS: LabelShift = { dxMm: 0, dyMm: 0 };

interface Moved {
  readonly zone: Zone;
  readonly shift: LabelShift;
}

/**
 * Returns a page of another version of its form as if its fields stood where the layout has them: each field is looked for by its
 * printed label, and its surroundings are shown in the layout's place.
 *
 * Pure. What is read there is a help for a person, never more: the page stays drifted.
 */
export function followLabels(page: AlignedPage): AlignedPage {
  const framed = toFramedPage(page);
  if (framed === null) return page;
  const shifts = findLabelShifts(framed);
  const placed = framed.zones.map((zone): Moved => ({ zone, shift: shifts.get(zone) ?? shiftOfRow(zone, shifts) }));
  const isMoved = placed.some(({ shift }) => Math.hypot(shift.dxMm, shift.dyMm) >= LEAST_SHIFT_MM);
  return isMoved ? movedBack(page, placed) : page;
}

/** A field whose own label was not found goes up or down with its row, as long as that row kept its columns. */
function shiftOfRow(zone: Zone, shifts: ReadonlyMap<Zone, LabelShift>): LabelShift {
  for (const [other, shift] of shifts) {
    if (Math.abs(other.rect.y - zone.rect.y) < SAME_ROW_MM && Math.abs(shift.dxMm) < LEAST_SHIFT_MM) return shift;
  }
  return STAYS;
}

function movedBack(page: AlignedPage, placed: readonly Moved[]): AlignedPage {
  const at = (rect: RectMm): RectMm => shiftedBy(rect, shiftAt(placed, rect));
  const zones = page.layout.zones.map((zone) => {
    const own = placed.find((each) => each.zone === zone);
    return own === undefined || zone.kind !== "text" ? zone : { ...zone, rect: { ...zone.rect, width: widthOf(own, placed) } };
  });
  let raster: GreyRaster | undefined;
  return {
    ...page,
    layout: { ...page.layout, zones },
    get raster() {
      raster ??= withMoved(page, placed);
      return raster;
    },
    crop: (rect, dpi) => page.crop(at(rect), dpi),
    toSource: (rect) => page.toSource(at(rect)),
    localQuality: () => 0,
  };
}

/** A field that stands elsewhere may have another neighbour: its writing area ends before that one's. */
function widthOf(own: Moved, placed: readonly Moved[]): number {
  const rect = shiftedBy(own.zone.rect, own.shift);
  const ends = placed.flatMap(({ zone, shift }) => {
    const other = shiftedBy(zone.rect, shift);
    const isBehind = zone !== own.zone && Math.abs(other.y - rect.y) < SAME_ROW_MM && other.x > rect.x + LEAST_WIDTH_MM;
    return isBehind ? [other.x - NEXT_FIELD_MM - rect.x] : [];
  });
  return Math.min(rect.width, ...ends);
}

function shiftedBy(rect: RectMm, { dxMm, dyMm }: LabelShift): RectMm {
  return { ...rect, x: rect.x + dxMm, y: rect.y + dyMm };
}

/** Returns the shift of the field that a rectangle of the layout is about: the one that its centre lies in or next to. */
function shiftAt(placed: readonly Moved[], rect: RectMm): LabelShift {
  const centre = { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
  const distanceTo = ({ zone: { rect: own } }: Moved): number => {
    const dx = Math.max(own.x - centre.x, 0, centre.x - own.x - own.width);
    const dy = Math.max(own.y - centre.y, 0, centre.y - own.y - own.height);
    return Math.hypot(dx, dy);
  };
  let closest = { distance: Number.POSITIVE_INFINITY, shift: STAYS };
  for (const each of placed) {
    const distance = distanceTo(each);
    if (distance < closest.distance) closest = { distance, shift: each.shift };
  }
  return closest.shift;
}

/** The page's picture with each field's surroundings where the layout has them; the narrow ones of writing areas come last. */
function withMoved(page: AlignedPage, placed: readonly Moved[]): GreyRaster {
  const base = page.raster;
  const moved = { ...base, data: Uint8Array.from(base.data) };
  const pxPerMm = base.dpi / 25.4;
  for (const { zone, shift } of placed.toSorted((a, b) => Number(a.zone.kind === "text") - Number(b.zone.kind === "text"))) {
    const around = zone.kind === "text" ? AROUND_TEXT_MM : AROUND_BOX_MM;
    const rect = {
      x: zone.rect.x - around.left,
      y: zone.rect.y - around.up,
      width: zone.rect.width + around.left + around.right,
      height: zone.rect.height + around.up + around.down,
    };
    paste(page.crop(shiftedBy(rect, shift), base.dpi), moved, Math.round(rect.x * pxPerMm), Math.round(rect.y * pxPerMm));
  }
  return moved;
}

function paste(from: GreyRaster, to: GreyRaster, left: number, top: number): void {
  for (let y = Math.max(0, -top); y < from.heightPx && top + y < to.heightPx; y++) {
    for (let x = Math.max(0, -left); x < from.widthPx && left + x < to.widthPx; x++)
      to.data[(top + y) * to.widthPx + left + x] = from.data[y * from.widthPx + x] ?? 255;
  }
}
