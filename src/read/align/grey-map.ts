import type { GreyRaster } from "../../model/page.ts";

/** Picture of one channel without a resolution: the working form of reduced scans and ink maps. */
export interface GreyMap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Returns the picture reduced by a whole factor, each pixel the mean of its square. Pure. */
export function reduceBy(source: GreyMap, factor: number): GreyMap {
  if (factor <= 1) return source;
  const width = Math.floor(source.width / factor);
  const height = Math.floor(source.height / factor);
  const data = new Uint8Array(width * height);
  const sums = new Uint32Array(width);
  const area = factor * factor;
  for (let y = 0; y < height; y++) {
    sums.fill(area >> 1);
    for (let dy = 0; dy < factor; dy++) addRow(sums, source, y * factor + dy, factor);
    const row = y * width;
    for (let x = 0; x < width; x++) data[row + x] = (sums[x] ?? 0) / area;
  }
  return { width, height, data };
}

function addRow(sums: Uint32Array, source: GreyMap, y: number, factor: number): void {
  const { data } = source;
  let at = y * source.width;
  const width = sums.length;
  if (factor === 2) {
    for (let x = 0; x < width; x++, at += 2) sums[x] = (sums[x] ?? 0) + (data[at] ?? 0) + (data[at + 1] ?? 0);
    return;
  }
  for (let x = 0; x < width; x++) {
    let sum = 0;
    for (let dx = 0; dx < factor; dx++) sum += data[at++] ?? 0;
    sums[x] = (sums[x] ?? 0) + sum;
  }
}

/** Returns the picture with each pixel the mean of its square of 3: as by a lens a little out of focus. Pure. */
export function soften({ width, height, data }: GreyMap): GreyMap {
  const across = new Uint16Array(data.length);
  for (let at = 1; at < data.length - 1; at++) across[at] = (data[at - 1] ?? 0) + (data[at] ?? 0) + (data[at + 1] ?? 0);
  const soft = Uint8Array.from(data);
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++)
      soft[at] = ((across[at - width] ?? 0) + (across[at] ?? 0) + (across[at + width] ?? 0)) / 9;
  }
  return { width, height, data: soft };
}

/** Returns the same pixels without their resolution. Pure. */
export function toMap(raster: GreyRaster): GreyMap {
  return { width: raster.widthPx, height: raster.heightPx, data: raster.data };
}

/** Returns the running maximum (or minimum) in a square of side 2 radius + 1. Pure. */
export function spread(source: GreyMap, radius: number, keep: "max" | "min"): GreyMap {
  const { width, height } = source;
  const flip = keep === "min" ? 255 : 0;
  const stride = width + 2 * radius;
  const padded = new Uint8Array(stride * (height + 2 * radius));
  for (let y = 0; y < height; y++) {
    const to = (y + radius) * stride + radius;
    for (let x = 0; x < width; x++) padded[to + x] = (source.data[y * width + x] ?? 0) ^ flip;
  }
  keepHighest(padded, 1, 2 * radius + 1);
  keepHighest(padded, stride, 2 * radius + 1);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data[y * width + x] = (padded[y * stride + x] ?? 0) ^ flip;
  }
  return { width, height, data };
}

/** Replaces every value by the highest of the `count` values from it on, `step` apart: what two have, then four, then eight... */
function keepHighest(values: Uint8Array, step: number, count: number): void {
  let seen = 1;
  while (seen < count) {
    const further = Math.min(seen, count - seen);
    const distance = further * step;
    const end = values.length - distance;
    for (let at = 0; at < end; at++) {
      const other = values[at + distance] ?? 0;
      if (other > (values[at] ?? 0)) values[at] = other;
    }
    seen += further;
  }
}
