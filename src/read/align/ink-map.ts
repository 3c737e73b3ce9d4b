import { type GreyMap, spread } from "./grey-map.ts";

/** Strokes up to twice this wide are ink; wider dark areas (shadow, table top, grey bars) are ground. mm. */
const STROKE_RADIUS_MM = 1.6;
/** Share of pixels taken as the paper's own noise: printed forms cover 8-15 % of the page with ink. */
const PAPER_QUANTILE = 0.6;
/** Share of pixels below full ink: the darkest strokes saturate so that a rule weighs like a heavy word. */
const FULL_INK_QUANTILE = 0.97;
/** Least contrast of full ink against its ground (of 255): flatter pages are blank. */
const LEAST_FULL_INK = 10;

/**
 * Returns dark strokes on their own ground, 0 = paper, 255 = full ink.
 *
 * Pure. Independent of light and contrast: closes the strokes away, takes what was closed relative to the ground,
 * drops the paper's noise and stretches the rest.
 */
export function toInkMap(grey: GreyMap, pxPerMm: number): GreyMap {
  const radius = Math.max(2, Math.round(STROKE_RADIUS_MM * pxPerMm));
  const ground = spread(spread(grey, radius, "max"), radius, "min");
  const count = grey.data.length;
  const ink = new Uint8Array(count);
  const histogram = new Uint32Array(256);
  for (let i = 0; i < count; i++) {
    const paper = ground.data[i] ?? 0;
    const depth = paper < 24 ? 0 : (255 * (paper - (grey.data[i] ?? 0))) / paper;
    ink[i] = depth;
    histogram[ink[i] ?? 0] = (histogram[ink[i] ?? 0] ?? 0) + 1;
  }
  const floor = 1.5 * quantileOf(histogram, count, PAPER_QUANTILE) + 2;
  const full = Math.max(quantileOf(histogram, count, FULL_INK_QUANTILE), floor + LEAST_FULL_INK);
  const stretch = new Uint8Array(256);
  for (let value = 0; value < 256; value++) stretch[value] = Math.min(255, Math.max(0, (255 * (value - floor)) / (full - floor)));
  for (let i = 0; i < count; i++) ink[i] = stretch[ink[i] ?? 0] ?? 0;
  return { width: grey.width, height: grey.height, data: ink };
}

function quantileOf(histogram: Uint32Array, count: number, share: number): number {
  let seen = 0;
  for (let value = 0; value < 256; value++) {
    seen += histogram[value] ?? 0;
    if (seen >= share * count) return value;
  }
  return 255;
}
