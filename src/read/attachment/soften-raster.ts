import type { GreyRaster } from "../../model/page.ts";

/**
 * Returns the raster with every pixel the mean of the square around it, twice over (a near-Gaussian).
 *
 * Pure. The recogniser learnt from photographs: on black-and-white scans its fillers "<" read as A and letters
 * go missing (0.39 mean confidence), softened by 2 px at 48 px height it reads them like a grey scan (0.97).
 */
export function softenRaster(raster: GreyRaster, radiusPx: number): GreyRaster {
  if (radiusPx <= 0) return raster;
  const { widthPx, heightPx } = raster;
  let data: Float32Array = Float32Array.from(raster.data);
  for (let pass = 0; pass < 2; pass++) {
    data = boxAlong(data, { lines: heightPx, length: widthPx, lineStep: widthPx, step: 1 }, radiusPx);
    data = boxAlong(data, { lines: widthPx, length: heightPx, lineStep: 1, step: widthPx }, radiusPx);
  }
  return { ...raster, data: Uint8Array.from(data, Math.round) };
}

interface Axis {
  readonly lines: number;
  readonly length: number;
  readonly lineStep: number;
  readonly step: number;
}

/** Running mean along one axis; the edge pixel goes on outside. */
function boxAlong(data: Float32Array, { lines, length, lineStep, step }: Axis, radius: number): Float32Array {
  const result = new Float32Array(data.length);
  const count = 2 * radius + 1;
  for (let line = 0; line < lines; line++) {
    const from = line * lineStep;
    const at = (index: number): number => data[from + Math.min(length - 1, Math.max(0, index)) * step] ?? 0;
    let sum = 0;
    for (let index = -radius; index <= radius; index++) sum += at(index);
    for (let index = 0; index < length; index++) {
      result[from + index * step] = sum / count;
      sum += at(index + radius + 1) - at(index - radius);
    }
  }
  return result;
}
