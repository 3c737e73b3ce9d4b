import type { Zone } from "../../model/form-layout.ts";
import type { GreyRaster, RectMm, RectPx } from "../../model/page.ts";
import type { InkPage } from "../ink/ink-page.ts";
import { PAPER, pxPerMmOf } from "./raster-ops.ts";

/** Zones are cut at the scan's own resolution within these bounds: more costs time and shows nothing new. */
const CUT_DPI = { least: 200, most: 300 } as const;

/** How far written text may leave its writing area and still be read, mm. */
const OVERFLOW_MM = { left: 1.0, right: 2.0, up: 0.9, down: 1.2 } as const;
/** Beside the last box of a row nothing else is printed: text that runs on there belongs to the box, mm. */
const OVERFLOW_AT_MARGIN_MM = 6;
/** Another zone within this distance to the right is the next box, mm. */
const NEXT_BOX_MM = 6;
/** Ink fainter than this share of the zone's own darkest ink is bleed-through, JPEG dirt or paper grain. */
const FAINT_SHARE = 0.32;
/** Ink darker than this share is full ink. */
const FULL_SHARE = 0.75;
/** Ink that covers at least this much of a zone sets its own darkness, mm²; a speck does not. */
const DARKEST_MM2 = 0.25;

/** A zone's own ink: what the person wrote, without the form's print, on white paper. */
export interface ZoneInk {
  readonly raster: GreyRaster;
  /** The writing area inside `raster`, px. */
  readonly area: RectPx;
  /** Darkness of the zone's darkest ink, 0-255. */
  readonly darkness: number;
  /** True when another zone begins behind the right edge: ink there is the next box's. */
  readonly hasNextBox: boolean;
}

/** Returns the rectangle that is cut for a zone: the writing area with room for text that leaves it slightly. Pure. */
export function readingRectOf(zone: Zone, hasNextBox = true): RectMm {
  const { rect } = zone;
  const right = hasNextBox ? OVERFLOW_MM.right : OVERFLOW_AT_MARGIN_MM;
  return {
    x: rect.x - OVERFLOW_MM.left,
    y: rect.y - OVERFLOW_MM.up,
    width: rect.width + OVERFLOW_MM.left + right,
    height: rect.height + OVERFLOW_MM.up + OVERFLOW_MM.down,
  };
}

function hasBoxBehind(zone: Zone, zones: readonly Zone[]): boolean {
  const right = zone.rect.x + zone.rect.width;
  const bottom = zone.rect.y + zone.rect.height;
  return zones.some(({ pageNumber, rect }) => {
    const isBehind = rect.x >= right - 1 && rect.x < right + NEXT_BOX_MM;
    return pageNumber === zone.pageNumber && isBehind && rect.y < bottom && rect.y + rect.height > zone.rect.y;
  });
}

/** Cuts a text zone's own ink from a page; faint ink (bleed-through) fades out, full ink becomes black. Pure. */
export function cutZoneInk(page: InkPage, zone: Zone): ZoneInk {
  const dpi = Math.min(CUT_DPI.most, Math.max(CUT_DPI.least, Math.round(page.page.sourceDpi)));
  const hasNextBox = hasBoxBehind(zone, page.page.layout.zones);
  const picture = page.zoneImage(readingRectOf(zone, hasNextBox), 0, dpi);
  const pxPerMm = pxPerMmOf(picture);
  const darkness = darknessOf(picture);
  const area = {
    x: Math.round(OVERFLOW_MM.left * pxPerMm),
    y: Math.round(OVERFLOW_MM.up * pxPerMm),
    width: Math.round(zone.rect.width * pxPerMm),
    height: Math.round(zone.rect.height * pxPerMm),
  };
  return { raster: { ...picture, data: stretched(picture.data, darkness) }, area, darkness, hasNextBox };
}

/** Darkness that DARKEST_MM2 of the zone reach. */
function darknessOf(picture: GreyRaster): number {
  const histogram = new Uint32Array(256);
  for (let at = 0; at < picture.data.length; at++) {
    const value = picture.data[at] ?? PAPER;
    histogram[value] = (histogram[value] ?? 0) + 1;
  }
  let left = Math.round(DARKEST_MM2 * pxPerMmOf(picture) ** 2);
  for (let value = 0; value < PAPER; value++) {
    left -= histogram[value] ?? 0;
    if (left <= 0) return PAPER - value;
  }
  return 0;
}

function stretched(data: Uint8Array, darkness: number): Uint8Array {
  const low = FAINT_SHARE * darkness;
  const high = Math.max(low + 1, FULL_SHARE * darkness);
  const stretchedOf = Uint8Array.from({ length: 256 }, (_, value) => {
    const share = (PAPER - value - low) / (high - low);
    return PAPER - Math.round(PAPER * Math.min(1, Math.max(0, share)));
  });
  const out = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at++) out[at] = stretchedOf[data[at] ?? PAPER] ?? PAPER;
  return out;
}
