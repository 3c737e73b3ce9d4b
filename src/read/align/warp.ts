import type { Point } from "./geometry.ts";
import type { GreyMap } from "./grey-map.ts";

/** Side of the squares over which the map is taken as straight, pixels of the output. */
const TILE_PX = 32;
/** Fractions of a pixel are whole numbers of 1/256. */
const ONE = 256;
const HALF = ONE * (ONE >> 1);
const PAPER = 255;

export interface WarpPlan {
  readonly width: number;
  readonly height: number;
  /** Where a point of the output (continuous pixels) lies in the source (continuous pixels). */
  readonly toSource: (x: number, y: number) => Point;
  /** Value outside of the source; paper white when left out. */
  readonly outside?: number;
}

/**
 * Returns the source seen through a smooth map, bilinear between the source's pixels, one value outside of it.
 *
 * Pure. The caller reduces the source first when the output is less than half as fine.
 */
export function warp(source: GreyMap, plan: WarpPlan): GreyMap {
  const { width, height } = plan;
  const data = new Uint8Array(width * height);
  const columns = Math.ceil(width / TILE_PX);
  let upper = corners(plan, columns, 0);
  for (let top = 0; top < height; top += TILE_PX) {
    const lower = corners(plan, columns, top + TILE_PX);
    for (let column = 0; column < columns; column++) warpTile(source, plan, data, { left: column * TILE_PX, top, column, upper, lower });
    upper = lower;
  }
  return { width, height, data };
}

/** Source positions of the tile corners along one line of the output, x and y in turn. */
function corners(plan: WarpPlan, columns: number, y: number): Float64Array {
  const at = new Float64Array(2 * (columns + 1));
  for (let column = 0; column <= columns; column++) {
    const point = plan.toSource(column * TILE_PX, y);
    at[2 * column] = point.x;
    at[2 * column + 1] = point.y;
  }
  return at;
}

interface Tile {
  readonly left: number;
  readonly top: number;
  readonly column: number;
  readonly upper: Float64Array;
  readonly lower: Float64Array;
}

function warpTile(source: GreyMap, plan: WarpPlan, out: Uint8Array, tile: Tile): void {
  const { upper, lower } = tile;
  const right = Math.min(plan.width, tile.left + TILE_PX);
  const bottom = Math.min(plan.height, tile.top + TILE_PX);
  const at = 2 * tile.column;
  const line: Line = { at: 0, count: right - tile.left, x: 0, y: 0, stepX: 0, stepY: 0, outside: plan.outside ?? PAPER };
  for (let y = tile.top; y < bottom; y++) {
    const share = (y + 0.5 - tile.top) / TILE_PX;
    const startX = (upper[at] ?? 0) * (1 - share) + (lower[at] ?? 0) * share;
    const startY = (upper[at + 1] ?? 0) * (1 - share) + (lower[at + 1] ?? 0) * share;
    line.at = y * plan.width + tile.left;
    line.stepX = ((upper[at + 2] ?? 0) * (1 - share) + (lower[at + 2] ?? 0) * share - startX) / TILE_PX;
    line.stepY = ((upper[at + 3] ?? 0) * (1 - share) + (lower[at + 3] ?? 0) * share - startY) / TILE_PX;
    line.x = startX + line.stepX / 2 - 0.5;
    line.y = startY + line.stepY / 2 - 0.5;
    copyRow(source, out, line);
  }
}

/** One row of a tile: where its pixels go, and the straight line of the source that they come from. */
interface Line {
  at: number;
  readonly count: number;
  x: number;
  y: number;
  stepX: number;
  stepY: number;
  readonly outside: number;
}

function copyRow(source: GreyMap, out: Uint8Array, line: Line): void {
  const endX = line.x + (line.count - 1) * line.stepX;
  const endY = line.y + (line.count - 1) * line.stepY;
  const isInner =
    Math.min(line.x, endX) >= 0 &&
    Math.min(line.y, endY) >= 0 &&
    Math.max(line.x, endX) < source.width - 1 &&
    Math.max(line.y, endY) < source.height - 1;
  if (isInner && source.width < FIXED_LIMIT && source.height < FIXED_LIMIT) copyInnerRow(source, out, line);
  else copyEdgeRow(source, out, line);
}

/** Positions are whole numbers of 1/65536 pixel; larger pictures than this overflow 31 bits. */
const FIXED = 65536;
const FIXED_LIMIT = 32000;

function copyInnerRow(source: GreyMap, out: Uint8Array, line: Line): void {
  const { width, data } = source;
  const stepX = Math.round(line.stepX * FIXED);
  const stepY = Math.round(line.stepY * FIXED);
  let x = Math.round(line.x * FIXED);
  let y = Math.round(line.y * FIXED);
  const end = line.at + line.count;
  for (let i = line.at; i < end; i++, x += stepX, y += stepY) {
    const at = (y >> 16) * width + (x >> 16);
    const fx = (x >> 8) & 255;
    const fy = (y >> 8) & 255;
    const a = (data[at] ?? 0) * (ONE - fx) + (data[at + 1] ?? 0) * fx;
    const b = (data[at + width] ?? 0) * (ONE - fx) + (data[at + width + 1] ?? 0) * fx;
    out[i] = (a * (ONE - fy) + b * fy + HALF) >> 16;
  }
}

function copyEdgeRow(source: GreyMap, out: Uint8Array, line: Line): void {
  const { width, height, data } = source;
  for (let i = 0; i < line.count; i++) {
    const x = line.x + i * line.stepX;
    const y = line.y + i * line.stepY;
    if (x < -0.5 || y < -0.5 || x > width - 0.5 || y > height - 0.5) {
      out[line.at + i] = line.outside;
      continue;
    }
    const cx = x < 0 ? 0 : Math.min(x, width - 1);
    const cy = y < 0 ? 0 : Math.min(y, height - 1);
    const px = cx | 0;
    const py = cy | 0;
    const fx = ((cx - px) * ONE) | 0;
    const fy = ((cy - py) * ONE) | 0;
    const at = py * width + px;
    const right = px < width - 1 ? 1 : 0;
    const below = py < height - 1 ? width : 0;
    const a = (data[at] ?? 0) * (ONE - fx) + (data[at + right] ?? 0) * fx;
    const b = (data[at + below] ?? 0) * (ONE - fx) + (data[at + below + right] ?? 0) * fx;
    out[line.at + i] = (a * (ONE - fy) + b * fy + HALF) >> 16;
  }
}
