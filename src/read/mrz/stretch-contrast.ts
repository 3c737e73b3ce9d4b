import type { GreyRaster } from "../../model/page.ts";

/** Shares of the darkest and lightest pixels that become black and white. */
const DARK_SHARE = 0.02;
const LIGHT_SHARE = 0.5;
/** Window for the local paper level, in crop heights. */
const WINDOW_HEIGHTS = 1.5;
/** Least distance between ink and paper, grey levels: below it a window is noise. */
const LEAST_SPAN = 12;

/**
 * Returns the crop of a line with paper white and ink black, level by level along the line.
 *
 * Pure. A copier's shadow or a tinted card changes slowly along a line, ink changes within a letter.
 */
export function stretchContrast(crop: GreyRaster): GreyRaster {
  const { widthPx, heightPx } = crop;
  const window = Math.max(8, Math.round(heightPx * WINDOW_HEIGHTS));
  const centres: { x: number; dark: number; light: number }[] = [];
  for (let x = 0; x < widthPx; x += Math.ceil(window / 2)) centres.push({ x, ...levelsOf(crop, x - window / 2, x + window / 2) });
  const data = new Uint8Array(crop.data.length);
  for (let x = 0; x < widthPx; x++) {
    const { dark, light } = levelsAt(centres, x);
    const gain = 255 / Math.max(LEAST_SPAN, light - dark);
    for (let y = 0; y < heightPx; y++) {
      const value = ((crop.data[y * widthPx + x] ?? 255) - dark) * gain;
      data[y * widthPx + x] = Math.min(255, Math.max(0, value));
    }
  }
  return { ...crop, data };
}

function levelsOf({ widthPx, heightPx, data }: GreyRaster, from: number, to: number): { dark: number; light: number } {
  const counts = new Uint32Array(256);
  const [left, right] = [Math.max(0, Math.floor(from)), Math.min(widthPx, Math.ceil(to))];
  for (let y = 0; y < heightPx; y++) {
    for (let x = left; x < right; x++) {
      const value = data[y * widthPx + x] ?? 255;
      counts[value] = (counts[value] ?? 0) + 1;
    }
  }
  const total = (right - left) * heightPx;
  return { dark: levelAt(counts, total * DARK_SHARE), light: levelAt(counts, total * LIGHT_SHARE) };
}

function levelAt(counts: Uint32Array, rank: number): number {
  let sum = 0;
  for (const [level, count] of counts.entries()) {
    sum += count;
    if (sum > rank) return level;
  }
  return 255;
}

function levelsAt(centres: readonly { x: number; dark: number; light: number }[], x: number): { dark: number; light: number } {
  const after = centres.findIndex((centre) => centre.x > x);
  const left = centres[after < 0 ? centres.length - 1 : Math.max(0, after - 1)];
  const right = centres[after < 0 ? centres.length - 1 : after];
  if (left === undefined || right === undefined) return { dark: 0, light: 255 };
  const share = right.x === left.x ? 0 : (x - left.x) / (right.x - left.x);
  return { dark: left.dark + (right.dark - left.dark) * share, light: left.light + (right.light - left.light) * share };
}
