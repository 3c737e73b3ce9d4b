import type { GreyRaster, RectPx } from "../../model/page.ts";

/** White paper. */
export const PAPER = 255;

/** Returns a raster's pixels per millimetre of paper. Pure. */
export function pxPerMmOf(raster: GreyRaster): number {
  return raster.dpi / 25.4;
}

/** Returns a part of a raster; what lies outside is white. Pure. */
export function cutRaster(raster: GreyRaster, rect: RectPx): GreyRaster {
  const data = new Uint8Array(rect.width * rect.height).fill(PAPER);
  const fromX = Math.max(0, rect.x);
  const toX = Math.min(raster.widthPx, rect.x + rect.width);
  for (let y = 0; y < rect.height; y++) {
    const sourceY = rect.y + y;
    if (sourceY < 0 || sourceY >= raster.heightPx || toX <= fromX) continue;
    const row = raster.data.subarray(sourceY * raster.widthPx + fromX, sourceY * raster.widthPx + toX);
    data.set(row, y * rect.width + fromX - rect.x);
  }
  return { widthPx: rect.width, heightPx: rect.height, dpi: raster.dpi, data };
}

/** Positions and weights of one axis: each target pixel is a weighted mean of `count` source pixels from `first`. */
interface Axis {
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly weights: Float32Array;
  readonly width: number;
}

/** A tent filter that widens when shrinking: no pixel is skipped, so thin strokes survive. */
function axisOf(source: number, target: number): Axis {
  const ratio = source / target;
  const radius = Math.max(1, ratio);
  const width = Math.ceil(radius) * 2 + 1;
  const first = new Int32Array(target);
  const count = new Int32Array(target);
  const weights = new Float32Array(target * width);
  for (let index = 0; index < target; index++) {
    const centre = (index + 0.5) * ratio - 0.5;
    const from = Math.max(0, Math.ceil(centre - radius));
    const to = Math.min(source - 1, Math.floor(centre + radius));
    let sum = 0;
    for (let at = from; at <= to; at++) sum += Math.max(0, 1 - Math.abs(at - centre) / radius);
    first[index] = from;
    count[index] = to - from + 1;
    for (let at = from; at <= to; at++) weights[index * width + at - from] = Math.max(0, 1 - Math.abs(at - centre) / radius) / sum;
  }
  return { first, count, weights, width };
}

/** Returns the raster at another size; shrinking averages, enlarging interpolates. Pure. */
export function resizeRaster(raster: GreyRaster, widthPx: number, heightPx: number): GreyRaster {
  if (widthPx === raster.widthPx && heightPx === raster.heightPx) return raster;
  const across = axisOf(raster.widthPx, widthPx);
  const down = axisOf(raster.heightPx, heightPx);
  const middle = new Float32Array(widthPx * raster.heightPx);
  for (let y = 0; y < raster.heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const from = y * raster.widthPx + (across.first[x] ?? 0);
      let sum = 0;
      for (let k = 0; k < (across.count[x] ?? 0); k++) sum += (raster.data[from + k] ?? 0) * (across.weights[x * across.width + k] ?? 0);
      middle[y * widthPx + x] = sum;
    }
  }
  const data = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      let sum = 0;
      for (let k = 0; k < (down.count[y] ?? 0); k++) {
        sum += (middle[((down.first[y] ?? 0) + k) * widthPx + x] ?? 0) * (down.weights[y * down.width + k] ?? 0);
      }
      data[y * widthPx + x] = Math.round(sum);
    }
  }
  return { widthPx, heightPx, dpi: (raster.dpi * widthPx) / raster.widthPx, data };
}
