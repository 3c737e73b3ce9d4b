import type { Zone } from "../../model/form-layout.ts";
import type { GreyRaster } from "../../model/page.ts";
import { darknessOf, type InkWindow, type PaperLevel } from "./paper-level.ts";
import { distanceToPrint, matchPrint, shifted } from "./print-match.ts";
import type { InkScale } from "./remove-print.ts";

/** Zones looked at to learn the page's print; spread over the page they cover its light and its focus. */
const MAX_ZONES = 20;
/** Margin around a zone that shows its box and label, frame px (3 mm). */
const MARGIN_PX = 24;
/** Longest side of a looked-at window, frame px. */
const MAX_SIDE_PX = 128;
const REACH_PX = 3;
const MAX_SPREAD_PX = 5;
/** Print has faded into the paper where its darkness falls below this share of its core. */
const FADED_SHARE = 0.2;
/** On a page whose print is paler than this the paper noise would be taken for ink. */
const MIN_PRINT_DARKNESS = 24;
const PRINT_PERCENTILE = 0.7;
const RING_PERCENTILE = 0.75;
/**
 * The paper level is the 80th percentile of brightness, so half of the noisy paper lies 0.84 sigma or more below it;
 * 99 in 100 bare pixels lie within 3.2 sigma, which is 3.8 times that median. The median ignores what was written.
 */
const NOISE_PER_MEDIAN = 3.8;

function percentileOf(histogram: Uint32Array, share: number): number {
  let total = 0;
  for (const count of histogram) total += count;
  let left = total * share;
  for (let value = 0; value < histogram.length; value++) {
    left -= histogram[value] ?? 0;
    if (left <= 0) return value;
  }
  return 0;
}

function windowAround(zone: Zone, raster: GreyRaster): InkWindow {
  const pxPerMm = raster.dpi / 25.4;
  const x = Math.max(0, Math.round(zone.rect.x * pxPerMm) - MARGIN_PX);
  const y = Math.max(0, Math.round(zone.rect.y * pxPerMm) - MARGIN_PX);
  const width = Math.min(MAX_SIDE_PX, Math.round(zone.rect.width * pxPerMm) + 2 * MARGIN_PX, raster.widthPx - x);
  const height = Math.min(MAX_SIDE_PX, Math.round(zone.rect.height * pxPerMm) + 2 * MARGIN_PX, raster.heightPx - y);
  return { frameX: x, frameY: y, scale: 1, widthPx: Math.max(0, width), heightPx: Math.max(0, height) };
}

/** Returns the blank's darkness in a window (its paper is pure white). Pure. */
export function blankDarknessOf(blank: GreyRaster, from: { readonly x: number; readonly y: number }, window: InkWindow): Uint8Array {
  const { data } = blank;
  const darkness = new Uint8Array(window.widthPx * window.heightPx);
  for (let y = 0; y < window.heightPx; y++) {
    const rowFrom = (y + from.y) * blank.widthPx + from.x;
    for (let x = 0; x < window.widthPx; x++) darkness[y * window.widthPx + x] = 255 - (data[rowFrom + x] ?? 255);
  }
  return darkness;
}

/** Adds the scan's darkness by distance from the blank's print: rings[0] = on it, rings[n] = n px away, last = paper. */
function addRings(rings: readonly Uint32Array[], darkness: Uint8Array, blankDarkness: Uint8Array, window: InkWindow): void {
  const distance = distanceToPrint(blankDarkness, window.widthPx, window.heightPx);
  const toPrint = shifted(distance, window, matchPrint(darkness, distance, window, REACH_PX), 255);
  for (let at = 0; at < darkness.length; at++) {
    const ring = rings[Math.min(toPrint[at] ?? 255, MAX_SPREAD_PX + 1)];
    const value = darkness[at] ?? 0;
    if (ring !== undefined) ring[value] = (ring[value] ?? 0) + 1;
  }
}

/** Learns from the printed form itself how dark its ink, how noisy its paper and how wide its lines are on this scan. Pure. */
export function inkScaleOf(raster: GreyRaster, blank: GreyRaster, zones: readonly Zone[], paper: PaperLevel): InkScale {
  const step = Math.max(1, zones.length / MAX_ZONES);
  const rings = Array.from({ length: MAX_SPREAD_PX + 2 }, () => new Uint32Array(256));
  for (let i = 0; i < zones.length; i += step) {
    const zone = zones[Math.floor(i)];
    if (zone === undefined) continue;
    const window = windowAround(zone, raster);
    const from = { x: window.frameX, y: window.frameY };
    addRings(rings, darknessOf(raster, from, paper, window), blankDarknessOf(blank, from, window), window);
  }
  const levels = rings.map((ring) => percentileOf(ring, RING_PERCENTILE));
  const printDarkness = Math.max(MIN_PRINT_DARKNESS, percentileOf(rings[0] ?? new Uint32Array(1), PRINT_PERCENTILE));
  const paperNoise = NOISE_PER_MEDIAN * percentileOf(rings[MAX_SPREAD_PX + 1] ?? new Uint32Array(1), 0.5);
  const faded = Math.max(paperNoise, FADED_SHARE * printDarkness);
  const firstFaded = levels.findIndex((level, distance) => distance > 0 && level <= faded);
  return { printDarkness, paperNoise, spreadPx: firstFaded < 1 ? MAX_SPREAD_PX : Math.min(MAX_SPREAD_PX, firstFaded) };
}
