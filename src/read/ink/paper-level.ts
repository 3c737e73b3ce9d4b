import type { GreyRaster } from "../../model/page.ts";

/** Distance between the points where the paper's brightness is measured: 4 mm at 200 dpi follows a phone photo's shadow. */
const GRID_PX = 32;
/** Half the side of the window measured at each point: 8 mm across, so a filled 4 mm box never passes for paper. */
const REACH_PX = 32;
/** Share of a window's pixels that are darker than its paper level: above printed lines and text, below scanner noise. */
const PAPER_PERCENTILE = 0.8;
/** A window darker than this share of its brightest neighbour is ink, a hole or a dark edge, not paper in shadow. */
const MIN_NEIGHBOUR_SHARE = 0.45;
const BINS = 64;
const BIN_WIDTH = 4;
const SAMPLE_STEP_PX = 2;
/** The paper level changes slowly: one interpolation for eight pixels. */
const LEVEL_STEP_PX = 8;

/** Brightness of the bare paper, 1-255, at the points of a square grid; between them it is interpolated. */
export interface PaperLevel {
  readonly columns: number;
  readonly rows: number;
  readonly gridPx: number;
  readonly levels: Float32Array;
}

function cellHistograms(raster: GreyRaster, columns: number, rows: number): Uint16Array {
  const counts = new Uint16Array(columns * rows * BINS);
  const { widthPx, heightPx, data } = raster;
  for (let y = 0; y < heightPx; y += SAMPLE_STEP_PX) {
    const rowOffset = Math.floor(y / GRID_PX) * columns;
    for (let x = 0; x < widthPx; x += SAMPLE_STEP_PX) {
      const bin = (rowOffset + (x >> 5)) * BINS + ((data[y * widthPx + x] ?? 0) >> 2);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  return counts;
}

function percentileOf(histogram: Uint32Array, share: number): number {
  let total = 0;
  for (let bin = 0; bin < BINS; bin++) total += histogram[bin] ?? 0;
  let left = total * share;
  for (let bin = 0; bin < BINS; bin++) {
    const count = histogram[bin] ?? 0;
    if (left <= count) return bin * BIN_WIDTH + (count === 0 ? 0 : (left / count) * (BIN_WIDTH - 1));
    left -= count;
  }
  return 255;
}

/** Lifts grid points that lie in solid ink to the level of the paper around them. */
function withoutSolidInk(levels: Float32Array, columns: number, rows: number): Float32Array {
  const lifted = Float32Array.from(levels);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let brightest = 0;
      for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
          brightest = Math.max(brightest, levels[y * columns + x] ?? 0);
        }
      }
      const at = row * columns + column;
      if ((levels[at] ?? 0) < brightest * MIN_NEIGHBOUR_SHARE) lifted[at] = brightest;
    }
  }
  return lifted;
}

/** Returns how bright the bare paper is over the page: uneven light, shadow, stains and grey paper. Pure. */
export function paperLevelOf(raster: GreyRaster): PaperLevel {
  const cellColumns = Math.ceil(raster.widthPx / GRID_PX);
  const cellRows = Math.ceil(raster.heightPx / GRID_PX);
  const cells = cellHistograms(raster, cellColumns, cellRows);
  const columns = cellColumns + 1;
  const rows = cellRows + 1;
  const reach = REACH_PX / GRID_PX;
  const levels = new Float32Array(columns * rows);
  const window = new Uint32Array(BINS);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      window.fill(0);
      for (let y = Math.max(0, row - reach); y < Math.min(cellRows, row + reach); y++) {
        for (let x = Math.max(0, column - reach); x < Math.min(cellColumns, column + reach); x++) {
          const from = (y * cellColumns + x) * BINS;
          for (let bin = 0; bin < BINS; bin++) window[bin] = (window[bin] ?? 0) + (cells[from + bin] ?? 0);
        }
      }
      levels[row * columns + column] = Math.max(1, percentileOf(window, PAPER_PERCENTILE));
    }
  }
  return { columns, rows, gridPx: GRID_PX, levels: withoutSolidInk(levels, columns, rows) };
}

/** Returns the paper's brightness at a point of the raster that was measured. Pure. */
export function paperAt(paper: PaperLevel, x: number, y: number): number {
  const column = Math.min(Math.max(x / paper.gridPx, 0), paper.columns - 1.001);
  const row = Math.min(Math.max(y / paper.gridPx, 0), paper.rows - 1.001);
  const left = Math.floor(column);
  const top = Math.floor(row);
  const at = top * paper.columns + left;
  const right = column - left;
  const down = row - top;
  const { levels, columns } = paper;
  const upper = (levels[at] ?? 255) * (1 - right) + (levels[at + 1] ?? 255) * right;
  const lower = (levels[at + columns] ?? 255) * (1 - right) + (levels[at + columns + 1] ?? 255) * right;
  return upper * (1 - down) + lower * down;
}

/** A part of a page: where its left top corner lies in the frame (px at the frame's resolution) and its size in own pixels. */
export interface InkWindow {
  readonly frameX: number;
  readonly frameY: number;
  /** Own pixels per frame pixel. */
  readonly scale: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Returns how far each pixel is darker than the paper around it, 0 = paper, 255 = black, whatever the light. Pure. */
export function darknessOf(raster: GreyRaster, from: { readonly x: number; readonly y: number }, paper: PaperLevel, window: InkWindow) {
  const { widthPx, heightPx, scale } = window;
  const { data } = raster;
  const darkness = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const rowFrom = (y + from.y) * raster.widthPx + from.x;
    for (let start = 0; start < widthPx; start += LEVEL_STEP_PX) {
      const end = Math.min(widthPx, start + LEVEL_STEP_PX);
      const level = paperAt(paper, window.frameX + (start + end) / 2 / scale, window.frameY + y / scale);
      for (let x = start; x < end; x++) {
        const value = data[rowFrom + x] ?? 255;
        if (value < level) darkness[y * widthPx + x] = 255 * (1 - value / level);
      }
    }
  }
  return darkness;
}
