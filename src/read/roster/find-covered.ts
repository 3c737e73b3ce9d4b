import type { RectMm } from "../../model/page.ts";
import type { InkPage } from "../ink/ink-page.ts";
import { MM_PER_INCH } from "../ink/zone-ink.ts";
import { measureStrokes, type Stroke } from "../signature/measure-strokes.ts";
import { ROSTER_TICKS, type RosterRow } from "./roster-sheet.ts";

/** Ink from this darkness on counts (255 = the page's print): stamps are pale, folds and bleed-through paler. */
const THRESHOLD = 90;
/** No tick is longer, mm: the widest cross over a box of 5 mm measured 8.9, a scratched-out one 13.3. */
const LONGEST_TICK_MM = 10;
/** A piece this long, or straight and longer than this, is part of a stamp's frame or a drawn line, mm. */
const FRAME_EXTENT_MM = 16;
const LINE_EXTENT_MM = 9;
const STRAIGHT_MM = 0.6;
/** Letters of a stamp stand this near to its frame, mm. */
const AROUND_MM = 8;
/** Stamps reach into the tick columns from beside them, mm; on the right signatures begin. */
const LEFT_MM = 10;
const RIGHT_MM = 3;

function isFrame({ extentMm, spreadMm }: Stroke): boolean {
  return extentMm > FRAME_EXTENT_MM || (extentMm > LINE_EXTENT_MM && spreadMm < STRAIGHT_MM);
}

function tickArea(rows: readonly RosterRow[]): RectMm {
  const rects = rows.flatMap((row) => ROSTER_TICKS.map((tick) => row.ticks[tick].rect));
  const left = Math.min(...rects.map(({ x }) => x)) - LEFT_MM;
  const right = Math.min(...rows.map(({ signature }) => signature.rect.x)) + RIGHT_MM;
  const top = Math.min(...rows.map(({ whole }) => whole.y));
  const bottom = Math.max(...rows.map(({ whole }) => whole.y + whole.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * Returns the places of the tick columns that a stamp or a long line covers: a mark there may not be a tick.
 *
 * Pure. A letter of a stamp looks like a mark in the box that it happens to fall into.
 */
export function findCovered(ink: InkPage, rows: readonly RosterRow[]): RectMm[] {
  if (rows.length === 0) return [];
  const zone = ink.zone(tickArea(rows));
  const pxPerMm = zone.dpi / MM_PER_INCH;
  const box = { left: 0, top: 0, right: zone.widthPx, bottom: zone.heightPx };
  const picture = { ink: zone.ink, widthPx: zone.widthPx, heightPx: zone.heightPx, pxPerMm, box };
  const covering = measureStrokes(picture, THRESHOLD).filter((stroke) => stroke.extentMm > LONGEST_TICK_MM || isFrame(stroke));
  return covering.map((stroke) => {
    const around = isFrame(stroke) ? AROUND_MM : 0;
    const { left, right, top, bottom } = stroke;
    const [x, y] = [zone.originMm.x + left - around, zone.originMm.y + top - around];
    return { x, y, width: right - left + 2 * around, height: bottom - top + 2 * around };
  });
}

/** Returns whether two rectangles share a place. Pure. */
export function overlaps(a: RectMm, b: RectMm): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
