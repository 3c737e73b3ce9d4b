import type { GreyRaster, RectMm } from "../model/page.ts";

const MM_PER_INCH = 25.4;
/** Ink of a blank form: lines are drawn black or dark grey, shading is lighter. */
const DARK_BELOW = 140;
/** Letters are at most ~5 mm high and no letter holds a level stroke of 8 mm: longer runs are rules. */
const MIN_LEVEL_RULE_MM = 8;
const MIN_UPRIGHT_RULE_MM = 5.5;

function isDark(raster: GreyRaster, x: number, y: number): boolean {
  return x >= 0 && y >= 0 && x < raster.widthPx && y < raster.heightPx && (raster.data[y * raster.widthPx + x] ?? 255) < DARK_BELOW;
}

/** Length of the dark run through a pixel along one axis, stopped once `enoughPx` is reached. */
function runLength(raster: GreyRaster, x: number, y: number, stepX: number, stepY: number, enoughPx: number): number {
  if (!isDark(raster, x, y)) return 0;
  let length = 1;
  for (const sign of [1, -1]) {
    for (let step = 1; length < enoughPx && isDark(raster, x + sign * step * stepX, y + sign * step * stepY); step += 1) length += 1;
  }
  return length;
}

/** Returns whether a level rule of the form runs through a pixel. Pure. */
export function isOnLevelRule(raster: GreyRaster, x: number, y: number): boolean {
  const enough = Math.round((MIN_LEVEL_RULE_MM / MM_PER_INCH) * raster.dpi);
  return runLength(raster, x, y, 1, 0, enough) >= enough;
}

function isOnUprightRule(raster: GreyRaster, x: number, y: number): boolean {
  const enough = Math.round((MIN_UPRIGHT_RULE_MM / MM_PER_INCH) * raster.dpi);
  return runLength(raster, x, y, 0, 1, enough) >= enough;
}

function castRay(start: number, step: 1 | -1, limit: number, isRule: (at: number) => boolean): number | undefined {
  for (let at = start; at >= 0 && at < limit; at += step) if (isRule(at)) return at;
  return undefined;
}

/**
 * Returns the box of ruled lines around a point, or undefined when a side is open.
 *
 * Pure. The rectangle runs between the outer edges of the rules, in mm.
 */
export function findRuledBox(raster: GreyRaster, point: { readonly x: number; readonly y: number }): RectMm | undefined {
  const toPx = (mm: number): number => Math.round((mm / MM_PER_INCH) * raster.dpi);
  const toMm = (px: number): number => (px / raster.dpi) * MM_PER_INCH;
  const x = toPx(point.x);
  const y = toPx(point.y);
  const top = castRay(y, -1, raster.heightPx, (at) => isOnLevelRule(raster, x, at));
  const bottom = castRay(y, 1, raster.heightPx, (at) => isOnLevelRule(raster, x, at));
  const left = castRay(x, -1, raster.widthPx, (at) => isOnUprightRule(raster, at, y));
  const right = castRay(x, 1, raster.widthPx, (at) => isOnUprightRule(raster, at, y));
  if (top === undefined || bottom === undefined || left === undefined || right === undefined) return undefined;
  return { x: toMm(left), y: toMm(top), width: toMm(right - left + 1), height: toMm(bottom - top + 1) };
}
