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
  for (let row = 0; row < heightPx; row++) {
    for (let column = 0; column < widthPx; column++) {
      let sum = 0;
      for (let sv = 0; sv < samplesV; sv++) {
        const v = startV + sign * (row + (sv + 0.5) / samplesV) * stepV;
        for (let su = 0; su < samplesU; su++) {
          const u = startU + sign * (column + (su + 0.5) / samplesU) * stepU;
          sum += sample(raster, a.x + u * along.x + v * down.x - 0.5, a.y + u * along.y + v * down.y - 0.5);
        }
      }
      data[row * widthPx + column] = Math.round(sum / (samplesU * samplesV));
    }
  }
  return { widthPx, heightPx, dpi: raster.dpi * (heightPx / spanV), data };
}

function unit(from: PointPx, to: PointPx, length: number): PointPx {
  return length === 0 ? { x: 0, y: 0 } : { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
}

const WHITE = 255;

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
