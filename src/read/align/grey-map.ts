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

/** Returns the same pixels without their resolution. Pure. */
export function toMap(raster: GreyRaster): GreyMap {
  return { width: raster.widthPx, height: raster.heightPx, data: raster.data };
}

/** Returns the running maximum (or minimum) in a square of side 2 radius + 1. Pure. */
export function spread(source: GreyMap, radius: number, keep: "max" | "min"): GreyMap {
  const across = spreadLines(source.data, { count: source.height, length: source.width, step: 1, stride: source.width }, radius, keep);
  const data = spreadLines(across, { count: source.width, length: source.height, step: source.width, stride: 1 }, radius, keep);
  return { width: source.width, height: source.height, data };
}

interface Lines {
  readonly count: number;
  readonly length: number;
  readonly step: number;
  readonly stride: number;
}

/** van Herk / Gil-Werman: three comparisons a pixel whatever the radius. */
function spreadLines(source: Uint8Array, lines: Lines, radius: number, keep: "max" | "min"): Uint8Array {
  const window = 2 * radius + 1;
  const blocks = Math.ceil((lines.length + 2 * radius) / window);
  const flip = keep === "min" ? 255 : 0;
  const values = new Uint8Array(blocks * window);
  const forward = new Uint8Array(blocks * window);
  const backward = new Uint8Array(blocks * window);
  const out = new Uint8Array(source.length);
  for (let line = 0; line < lines.count; line++) {
    let at = line * lines.stride;
    for (let i = 0; i < lines.length; i++, at += lines.step) values[radius + i] = (source[at] ?? 0) ^ flip;
    for (let block = 0; block < blocks; block++) runMaxima(values, forward, backward, block * window, window);
    at = line * lines.stride;
    for (let i = 0; i < lines.length; i++, at += lines.step) {
      const a = backward[i] ?? 0;
      const b = forward[i + window - 1] ?? 0;
      out[at] = Math.max(a, b) ^ flip;
    }
  }
  return out;
}

/** Maxima from the block's start up to each value, and from each value up to the block's end. */
function runMaxima(values: Uint8Array, forward: Uint8Array, backward: Uint8Array, start: number, length: number): void {
  let highest = 0;
  for (let i = start; i < start + length; i++) {
    const value = values[i] ?? 0;
    if (value > highest) highest = value;
    forward[i] = highest;
  }
  highest = 0;
  for (let i = start + length - 1; i >= start; i--) {
    const value = values[i] ?? 0;
    if (value > highest) highest = value;
    backward[i] = highest;
  }
}
