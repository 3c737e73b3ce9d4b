import type { RectMm } from "../../model/page.ts";
import type { InkPage } from "./ink-page.ts";
import { MM_PER_INCH, type ZoneInk } from "./zone-ink.ts";

/** Print this near to a rectangle tells what became of ink there: its box's lines and its label, mm. */
const NEAR_MM = 3;
/** A printed point is found where the scan has at least this share of the page's print darkness. */
const FOUND_SHARE = 0.4;

/** Whether the scan shows ink on a pixel or right beside it: thresholds and half pixels move a line's edges by as much. */
function hasInkAt({ darkness, widthPx, heightPx }: ZoneInk, at: number, least: number): boolean {
  const x = at % widthPx;
  const y = (at - x) / widthPx;
  for (let row = Math.max(0, y - 1); row <= Math.min(heightPx - 1, y + 1); row++) {
    for (let column = Math.max(0, x - 1); column <= Math.min(widthPx - 1, x + 1); column++) {
      if ((darkness[row * widthPx + column] ?? 0) >= least) return true;
    }
  }
  return false;
}

/** Fewer printed pixels than this tell nothing about a strip: at 200 dpi a hairline of 3 mm. */
const LEAST_PRINT_PX = 24;

/** Returns the share of the print in some rows of a zone's ink that the scan shows, 0-1; 1 where too little is printed. */
function shareKept(zone: ZoneInk, least: number, fromRow: number, toRow: number): number {
  let print = 0;
  let kept = 0;
  for (let at = fromRow * zone.widthPx; at < toRow * zone.widthPx; at++) {
    if (zone.printed[at] !== 2) continue;
    print++;
    if (hasInkAt(zone, at, least)) kept++;
  }
  return print < LEAST_PRINT_PX ? 1 : kept / print;
}

/**
 * Returns the share of the form's own print around a rectangle that is found on the scan, 0-1; 1 where nothing is printed. What is
 * printed beside it counts by itself, too: toner fades in bands that leave the label above whole.
 *
 * Pure. Where a scanner swallowed hairlines and small letters of the form it swallowed a pen's strokes, too.
 */
export function printKeptOf(ink: InkPage, rect: RectMm): number {
  const zone = ink.zone(rect, NEAR_MM);
  const least = ink.scale.printDarkness * FOUND_SHARE;
  const pxPerMm = zone.dpi / MM_PER_INCH;
  const top = Math.max(0, Math.round((rect.y - zone.originMm.y) * pxPerMm));
  const bottom = Math.min(zone.heightPx, top + Math.round(rect.height * pxPerMm));
  return Math.min(shareKept(zone, least, 0, zone.heightPx), shareKept(zone, least, top, bottom));
}
