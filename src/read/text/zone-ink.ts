import type { Zone } from "../../model/form-layout.ts";
import type { GreyRaster, RectMm } from "../../model/page.ts";
import type { AlignedPage } from "../align/aligned-page.ts";
import { PAPER } from "./raster-ops.ts";

/** Resolution at which zones are cut: a 10 pt letter is then about 42 px high, what both readers like. */
export const READ_DPI = 300;
const PX_PER_MM = READ_DPI / 25.4;

/** How far written text may leave its writing area and still be read, mm. */
export const OVERFLOW_MM = { left: 1.0, right: 2.0, up: 0.9, down: 1.2 } as const;
/** Reach of the blank form's ink when it is taken away: alignment is good to about 0.3 mm, print spreads 0.1 mm. */
const BLANK_REACH_MM = 0.3;
/** Darkness (0-255) from which a pixel of the blank form counts as printed. */
const BLANK_INK = 70;
/** Ink fainter than this share of the zone's own darkest ink is bleed-through, JPEG dirt or paper grain. */
const FAINT_SHARE = 0.32;
/** Ink darker than this share is full ink. */
const FULL_SHARE = 0.75;

/** A zone's own ink: what the person wrote, without the form's print, on white paper. */
export interface ZoneInk {
  readonly raster: GreyRaster;
  /** The writing area inside `raster`, px. */
  readonly area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Darkness of the zone's darkest ink against its paper, 0-255; compare with the darkness of the form's own print. */
  readonly darkness: number;
  /** Where the blank form's ink was taken away, so that gaps in letters may be the form's fault; same size as `raster`. */
  readonly removed: Uint8Array;
}

/** Returns the rectangle that is cut for a zone: the writing area with room for text that leaves it slightly. Pure. */
export function readingRectOf(zone: Zone): RectMm {
  const { rect } = zone;
  return {
    x: rect.x - OVERFLOW_MM.left,
    y: rect.y - OVERFLOW_MM.up,
    width: rect.width + OVERFLOW_MM.left + OVERFLOW_MM.right,
    height: rect.height + OVERFLOW_MM.up + OVERFLOW_MM.down,
  };
}

/** Cuts a text zone from a page and takes away the blank form's ink, uneven light and bleed-through. Pure. */
export function cutZoneInk(page: AlignedPage, zone: Zone): ZoneInk {
  const rect = readingRectOf(zone);
  const scan = page.crop(rect, READ_DPI);
  const blank = page.blankCrop(rect, READ_DPI);
  const removed = printedMask(blank);
  const dark = darknessOf(scan);
  for (let index = 0; index < dark.length; index++) if (removed[index] === 1) dark[index] = 0;
  const darkness = percentileOf(dark, scan.widthPx * scan.heightPx);
  const area = {
    x: Math.round(OVERFLOW_MM.left * PX_PER_MM),
    y: Math.round(OVERFLOW_MM.up * PX_PER_MM),
    width: Math.round(zone.rect.width * PX_PER_MM),
    height: Math.round(zone.rect.height * PX_PER_MM),
  };
  const raster = { widthPx: scan.widthPx, heightPx: scan.heightPx, dpi: READ_DPI, data: stretched(dark, darkness) };
  return { raster, area, darkness, removed };
}

/** Marks every pixel within reach of the blank form's ink. */
function printedMask(blank: GreyRaster): Uint8Array {
  const { widthPx, heightPx, data } = blank;
  const reach = Math.round(BLANK_REACH_MM * PX_PER_MM);
  const across = new Uint8Array(data.length);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      if (255 - (data[y * widthPx + x] ?? 255) < BLANK_INK) continue;
      across.fill(1, y * widthPx + Math.max(0, x - reach), y * widthPx + Math.min(widthPx, x + reach + 1));
    }
  }
  const mask = new Uint8Array(data.length);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      if (across[y * widthPx + x] !== 1) continue;
      for (let row = Math.max(0, y - reach); row <= Math.min(heightPx - 1, y + reach); row++) mask[row * widthPx + x] = 1;
    }
  }
  return mask;
}

/** Width of the strips along which the paper's brightness is followed: shadows change slowly, letters do not. */
const STRIP_MM = 8;
/** Share of a strip's pixels that are darker than bare paper at most. */
const PAPER_PERCENTILE = 0.8;

/** Darkness of each pixel against the paper around it, 0-255, whatever the light. */
function darknessOf(scan: GreyRaster): Uint8Array {
  const { widthPx, heightPx, data } = scan;
  const strip = Math.round(STRIP_MM * PX_PER_MM);
  const count = Math.max(1, Math.round(widthPx / strip));
  const levels: number[] = [];
  for (let index = 0; index < count; index++) {
    const histogram = new Uint32Array(256);
    const from = Math.floor((index * widthPx) / count);
    const to = Math.floor(((index + 1) * widthPx) / count);
    for (let y = 0; y < heightPx; y++) for (let x = from; x < to; x++) tally(histogram, data[y * widthPx + x]);
    levels.push(valueAt(histogram, PAPER_PERCENTILE));
  }
  const dark = new Uint8Array(data.length);
  for (let x = 0; x < widthPx; x++) {
    const at = Math.min(count - 1, Math.max(0, ((x + 0.5) * count) / widthPx - 0.5));
    const left = levels[Math.floor(at)] ?? PAPER;
    const right = levels[Math.min(count - 1, Math.floor(at) + 1)] ?? left;
    const level = Math.max(1, left + (right - left) * (at % 1));
    for (let y = 0; y < heightPx; y++) {
      const value = data[y * widthPx + x] ?? PAPER;
      if (value < level) dark[y * widthPx + x] = Math.round(255 * (1 - value / level));
    }
  }
  return dark;
}

function tally(histogram: Uint32Array, value = 0): void {
  histogram[value] = (histogram[value] ?? 0) + 1;
}

function valueAt(histogram: Uint32Array, share: number): number {
  let left = share * histogram.reduce((sum, count) => sum + count, 0);
  for (let value = 0; value < histogram.length; value++) {
    left -= histogram[value] ?? 0;
    if (left <= 0) return value;
  }
  return PAPER;
}

/** Ink that covers at least this much of a zone sets its own darkness, mm²; a speck does not. */
const DARKEST_MM2 = 0.25;

/** Darkness that DARKEST_MM2 of the zone reach. */
function percentileOf(dark: Uint8Array, pixels: number): number {
  const histogram = new Uint32Array(256);
  for (const value of dark) tally(histogram, value);
  let left = Math.min(pixels, Math.round(DARKEST_MM2 * PX_PER_MM * PX_PER_MM));
  for (let value = 255; value > 0; value--) {
    left -= histogram[value] ?? 0;
    if (left <= 0) return value;
  }
  return 0;
}

/** Dark text on white paper: faint ink fades out, full ink becomes black. */
function stretched(dark: Uint8Array, darkness: number): Uint8Array {
  const low = FAINT_SHARE * darkness;
  const high = Math.max(low + 1, FULL_SHARE * darkness);
  const out = new Uint8Array(dark.length);
  for (let index = 0; index < dark.length; index++) {
    const share = ((dark[index] ?? 0) - low) / (high - low);
    out[index] = PAPER - Math.round(PAPER * Math.min(1, Math.max(0, share)));
  }
  return out;
}
