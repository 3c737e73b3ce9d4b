import type { MarkSeen } from "../../model/attendance.ts";
import { MIN_LOCAL_QUALITY } from "../align/lay-quality.ts";
import type { InkPage } from "../ink/ink-page.ts";
import { MM_PER_INCH } from "../ink/zone-ink.ts";
import { measureStrokes, type Stroke } from "../signature/measure-strokes.ts";
import type { RosterRow } from "./roster-sheet.ts";

/** Ink from this darkness on counts (255 = the page's print); bleed-through stays below 90. */
const THRESHOLD = 96;
/** Pieces of letters extend at least this far, mm: a note across print leaves pieces of 0.8 to 1.4. */
const STROKE_EXTENT_MM = 0.8;
/** Writing is more ink than this, mm²: 96 of 100 untouched rows showed none at all, notes and strikes 2.3 and more. */
const WRITING_MM2 = 0.6;
/** A fold runs through the whole row. */
const THROUGH_SHARE = 0.97;

function isFold(stroke: Stroke, widthMm: number, heightMm: number): boolean {
  const isThrough = stroke.right - stroke.left > THROUGH_SHARE * widthMm || stroke.bottom - stroke.top > THROUGH_SHARE * heightMm;
  return isThrough && stroke.spreadMm < 0.35;
}

/** Returns whether somebody wrote, or struck something out, where only print belongs. Pure; never sure of a yes. */
export function hasWriting(ink: InkPage, { printed: rect, isSpare }: RosterRow): MarkSeen {
  // The few pale words of a spare row vanish on poor copies; where nothing is printed, ink speaks for itself.
  if (!isSpare && ink.page.localQuality(rect) < MIN_LOCAL_QUALITY) return "unsure";
  const zone = ink.zone(rect);
  const pxPerMm = zone.dpi / MM_PER_INCH;
  const box = { left: 0, top: 0, right: zone.widthPx, bottom: zone.heightPx };
  const strokes = measureStrokes({ ink: zone.ink, widthPx: zone.widthPx, heightPx: zone.heightPx, pxPerMm, box }, THRESHOLD);
  const writing = strokes.filter((stroke) => stroke.extentMm >= STROKE_EXTENT_MM && !isFold(stroke, rect.width, rect.height));
  let areaMm2 = 0;
  for (const stroke of writing) areaMm2 += stroke.areaMm2;
  return areaMm2 >= WRITING_MM2 ? "unsure" : "no";
}
