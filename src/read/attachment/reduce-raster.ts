import type { GreyRaster, RectPx } from "../../model/page.ts";

/** Returns the part of a raster; the rectangle is clipped to it. Pure. */
export function cropRaster(raster: GreyRaster, rect: RectPx): GreyRaster {
  const x = Math.max(0, Math.floor(rect.x));
  const y = Math.max(0, Math.floor(rect.y));
  const widthPx = Math.max(1, Math.min(raster.widthPx - x, Math.ceil(rect.width)));
  const heightPx = Math.max(1, Math.min(raster.heightPx - y, Math.ceil(rect.height)));
  const data = new Uint8Array(widthPx * heightPx);
  for (let row = 0; row < heightPx; row++) {
    const from = (y + row) * raster.widthPx + x;
    data.set(raster.data.subarray(from, from + widthPx), row * widthPx);
  }
  return { widthPx, heightPx, dpi: raster.dpi, data };
}

/**
 * Returns the raster with its longer side at most `longSidePx`, each pixel the mean of what it covers.
 *
 * Pure. A smaller raster comes back unchanged.
 */
export function reduceRaster(raster: GreyRaster, longSidePx: number): GreyRaster {
  const factor = longSidePx / Math.max(raster.widthPx, raster.heightPx);
  return factor >= 1 ? raster : scaleDown(raster, factor);
}

function scaleDown(raster: GreyRaster, factor: number): GreyRaster {
  const widthPx = Math.max(1, Math.round(raster.widthPx * factor));
  const heightPx = Math.max(1, Math.round(raster.heightPx * factor));
  const data = new Uint8Array(widthPx * heightPx);
  const sums = new Uint32Array(widthPx);
  const counts = countColumns(raster.widthPx, widthPx);
  const columnOf = Uint32Array.from({ length: raster.widthPx }, (_, x) => Math.floor((x * widthPx) / raster.widthPx));
  let row = 0;
  let rows = 0;
  for (let y = 0; y <= raster.heightPx; y++) {
    const target = Math.floor((y * heightPx) / raster.heightPx);
    if (target !== row) {
      for (let x = 0; x < widthPx; x++) data[row * widthPx + x] = (sums[x] ?? 0) / ((counts[x] ?? 1) * rows);
      sums.fill(0);
      rows = 0;
      row = target;
    }
    if (y === raster.heightPx) break;
    rows++;
    addRow(raster.data, y * raster.widthPx, columnOf, sums);
  }
  return { widthPx, heightPx, dpi: raster.dpi * factor, data };
}

function countColumns(from: number, to: number): Uint32Array {
  const counts = new Uint32Array(to);
  for (let x = 0; x < from; x++) {
    const column = Math.floor((x * to) / from);
    counts[column] = (counts[column] ?? 0) + 1;
  }
  return counts;
}

function addRow(data: Uint8Array, offset: number, columnOf: Uint32Array, sums: Uint32Array): void {
  for (let x = 0; x < columnOf.length; x++) {
    const column = columnOf[x] ?? 0;
    sums[column] = (sums[column] ?? 0) + (data[offset + x] ?? 0);
  }
}
