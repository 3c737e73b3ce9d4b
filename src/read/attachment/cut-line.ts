import type { GreyRaster } from "../../model/page.ts";
import type { PointPx, TextLine } from "./ports.ts";

/** How a crop is made. `widthPx` follows from the line's shape when it is absent. */
export interface CutOptions {
  readonly heightPx: number;
  readonly widthPx?: number;
  /** Crop the line turned by 180 degrees: its text starts at the other end. */
  readonly isTurned?: boolean;
  /** Share of the line's height added at both ends. */
  readonly extendEnds?: number;
  /** Share of the line's height added above and below; negative trims. */
  readonly extendSides?: number;
  /** Factor by which the crop is wider than the line's shape asks. */
  readonly stretch?: number;
}

/** A pixel is averaged over at most this many samples each way; more costs time and gains nothing that a reader sees. */
const MAX_SAMPLES = 4;

/** Returns the whole raster as one line. Pure. */
export function lineOf(raster: GreyRaster): TextLine {
  const { widthPx: right, heightPx: bottom } = raster;
  return {
    corners: [
      { x: 0, y: 0 },
      { x: right, y: 0 },
      { x: right, y: bottom },
      { x: 0, y: bottom },
    ],
    score: 1,
  };
}

/** Returns the line's length and height in pixels. Pure. */
export function sizeOfLine({ corners: [a, b, , d] }: TextLine): { readonly lengthPx: number; readonly heightPx: number } {
  return { lengthPx: Math.hypot(b.x - a.x, b.y - a.y), heightPx: Math.hypot(d.x - a.x, d.y - a.y) };
}

/** Returns the line in a raster that is `factor` times as large. Pure. */
export function scaleLine(line: TextLine, factor: number, offset: PointPx = { x: 0, y: 0 }): TextLine {
  const [a, b, c, d] = line.corners;
  const move = ({ x, y }: PointPx): PointPx => ({ x: x * factor + offset.x, y: y * factor + offset.y });
  return { corners: [move(a), move(b), move(c), move(d)], score: line.score };
}

/** Returns the upright crop of a line; outside the raster it is white. Pure. */
export function cutLine(raster: GreyRaster, line: TextLine, options: CutOptions): GreyRaster {
  const { lengthPx, heightPx: thickness } = sizeOfLine(line);
  const [a, b, , d] = line.corners;
  const along = unit(a, b, lengthPx);
  const down = unit(a, d, thickness);
  const ends = (options.extendEnds ?? 0) * thickness;
  const sides = (options.extendSides ?? 0) * thickness;
  const spanU = lengthPx + 2 * ends;
  const spanV = thickness + 2 * sides;
  const heightPx = options.heightPx;
  const widthPx = options.widthPx ?? Math.max(1, Math.round((spanU / spanV) * heightPx * (options.stretch ?? 1)));
  const stepU = spanU / widthPx;
  const stepV = spanV / heightPx;
  const sign = options.isTurned === true ? -1 : 1;
  const startU = sign === 1 ? -ends : lengthPx + ends;
  const startV = sign === 1 ? -sides : thickness + sides;
  const data = new Uint8Array(widthPx * heightPx);
  const samplesU = Math.min(MAX_SAMPLES, Math.max(1, Math.round(stepU)));
  const samplesV = Math.min(MAX_SAMPLES, Math.max(1, Math.round(stepV)));
  // Every row of the crop runs along the line from another start: its samples' offsets are the same.
  const alongX = new Float64Array(widthPx * samplesU);
  const alongY = new Float64Array(widthPx * samplesU);
  for (let at = 0; at < alongX.length; at++) {
    const u = startU + sign * (Math.floor(at / samplesU) + ((at % samplesU) + 0.5) / samplesU) * stepU;
    alongX[at] = a.x + u * along.x;
    alongY[at] = a.y + u * along.y;
  }
  const sums = new Float64Array(widthPx);
  for (let row = 0; row < heightPx; row++) {
    sums.fill(0);
    for (let sv = 0; sv < samplesV; sv++) {
      const v = startV + sign * (row + (sv + 0.5) / samplesV) * stepV;
      addSamples(raster, { alongX, alongY, downX: v * down.x, downY: v * down.y }, samplesU, sums);
    }
    for (let column = 0; column < widthPx; column++) data[row * widthPx + column] = Math.round((sums[column] ?? 0) / (samplesU * samplesV));
  }
  return { widthPx, heightPx, dpi: raster.dpi * (heightPx / spanV), data };
}

function unit(from: PointPx, to: PointPx, length: number): PointPx {
  return length === 0 ? { x: 0, y: 0 } : { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
}

const WHITE = 255;

/** A row of samples: sample i lies at (alongX[i] + downX, alongY[i] + downY). */
interface SampleRow {
  readonly alongX: Float64Array;
  readonly alongY: Float64Array;
  readonly downX: number;
  readonly downY: number;
}

/** Adds a row's samples to the sums of its pixels, `perPixel` to each. */
function addSamples(raster: GreyRaster, { alongX, alongY, downX, downY }: SampleRow, perPixel: number, sums: Float64Array): void {
  for (let column = 0, at = 0; column < sums.length; column++) {
    let sum = sums[column] ?? 0;
    for (const end = at + perPixel; at < end; at++) sum += sample(raster, (alongX[at] ?? 0) + downX - 0.5, (alongY[at] ?? 0) + downY - 0.5);
    sums[column] = sum;
  }
}

/** Bilinear; white outside. */
function sample({ widthPx, heightPx, data }: GreyRaster, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  if (left < -1 || top < -1 || left >= widthPx || top >= heightPx) return WHITE;
  const fx = x - left;
  const fy = y - top;
  const x0 = Math.max(0, left);
  const x1 = Math.min(widthPx - 1, left + 1);
  const y0 = Math.max(0, top) * widthPx;
  const y1 = Math.min(heightPx - 1, top + 1) * widthPx;
  const upper = (data[y0 + x0] ?? WHITE) * (1 - fx) + (data[y0 + x1] ?? WHITE) * fx;
  const lower = (data[y1 + x0] ?? WHITE) * (1 - fx) + (data[y1 + x1] ?? WHITE) * fx;
  return upper * (1 - fy) + lower * fy;
}
