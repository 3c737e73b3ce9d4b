import type { GreyRaster, RectPx } from "../../model/page.ts";
import { reduceRaster } from "./reduce-raster.ts";

/** The picture in which content is looked for: 400 px are 34 dpi on an A4 page, a line of print is one dark row. */
const LOOK_SIDE_PX = 400;
/** Cells in which the paper's own level is taken, pixels of that picture. */
const CELL_PX = 16;
/** Ink is darker than its paper by this share of the paper's level (bleed-through of the other side: up to 0.2). */
const FAINT_SHARE = 0.045;
/** Marks that reach into this margin of the page are edges of the lid, punch holes and dirt unless they go on inside. */
const MARGIN_SHARE = 0.03;
/** A mark at the margin is content when at least this share of it lies off the margin. */
const INNER_SHARE = 0.25;
/** A long mark from the margin that is thinner than this share of the page is an edge or a fold's shadow. */
const BAR_SHARE = 0.05;
/** A block is this long each way at least (15 mm of an A4 page), this filled (folds and rings 0.15 at most) and this dark. */
const BLOCK_SIDE_SHARE = 0.05;
const BLOCK_FILL = 0.25;
const BLOCK_DEPTH = 0.5;
/** Pieces smaller than this are specks, pixels of that picture. */
const SPECK_PX = 4;

/** What is on a page, before anything is read. */
export interface PageContent {
  /** Around all marks, in pixels of the page; null on an empty page. */
  readonly bounds: RectPx | null;
  /** Share of the page's cells that hold marks. */
  readonly markedShare: number;
  /** Contrast of the strongest marks, 0-1. */
  readonly contrast: number;
  /** Share of the page's cells in dark blocks off its margin: pictures, cards; print, folds and shadows from the edge are none. */
  readonly blockShare: number;
}

/** Returns where a page has marks that are no edge, no punch hole and no speck. Pure; about 15 ms for A4 at 300 dpi. */
export function findContent(raster: GreyRaster): PageContent {
  const small = reduceRaster(raster, LOOK_SIDE_PX);
  const depth = inkDepth(small);
  const pieces = findPieces(depth, small.widthPx, small.heightPx).filter((piece) => isContent(piece, small));
  if (pieces.length === 0) return { bounds: null, markedShare: 0, contrast: 0, blockShare: 0 };
  const left = Math.min(...pieces.map((piece) => piece.left));
  const top = Math.min(...pieces.map((piece) => piece.top));
  const right = Math.max(...pieces.map((piece) => piece.right));
  const bottom = Math.max(...pieces.map((piece) => piece.bottom));
  let marked = 0;
  for (const piece of pieces) marked += piece.pixels;
  let inBlocks = 0;
  for (const piece of pieces) if (isBlock(piece, small)) inBlocks += piece.pixels;
  const factor = raster.widthPx / small.widthPx;
  const contrasts = pieces.map((piece) => piece.depth).toSorted((a, b) => b - a);
  return {
    bounds: { x: left * factor, y: top * factor, width: (right - left + 1) * factor, height: (bottom - top + 1) * factor },
    markedShare: marked / (small.widthPx * small.heightPx),
    contrast: contrasts[Math.floor(contrasts.length / 10)] ?? 0,
    blockShare: inBlocks / (small.widthPx * small.heightPx),
  };
}

/** Returns by how much each pixel is darker than the paper around it, 0-1. */
function inkDepth(raster: GreyRaster): Float32Array {
  const paper = paperLevels(raster);
  const depth = new Float32Array(raster.data.length);
  for (let at = 0; at < depth.length; at++) depth[at] = Math.max(0, 1 - (raster.data[at] ?? 0) / Math.max(1, paper[at] ?? 255));
  return depth;
}

/** The paper's level at each pixel: the lightest tenth of the cells around. */
function paperLevels({ widthPx, heightPx, data }: GreyRaster): Float32Array {
  const columns = Math.ceil(widthPx / CELL_PX);
  const rows = Math.ceil(heightPx / CELL_PX);
  const cells = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) cells[row * columns + column] = lightTenth(data, widthPx, heightPx, column, row);
  }
  const levels = new Float32Array(data.length);
  for (let y = 0; y < heightPx; y++) {
    const row = Math.floor(y / CELL_PX);
    for (let column = 0; column < columns; column++) {
      const from = y * widthPx + column * CELL_PX;
      levels.fill(lightestAround(cells, columns, rows, column, row), from, Math.min(from + CELL_PX, (y + 1) * widthPx));
    }
  }
  return levels;
}

function lightTenth(data: Uint8Array, widthPx: number, heightPx: number, column: number, row: number): number {
  const counts = new Uint16Array(256);
  const right = Math.min(widthPx, (column + 1) * CELL_PX);
  const bottom = Math.min(heightPx, (row + 1) * CELL_PX);
  for (let y = row * CELL_PX; y < bottom; y++) {
    for (let x = column * CELL_PX; x < right; x++) {
      const value = data[y * widthPx + x] ?? 255;
      counts[value] = (counts[value] ?? 0) + 1;
    }
  }
  let lighter = Math.floor(((right - column * CELL_PX) * (bottom - row * CELL_PX)) / 10);
  for (let value = 255; value > 0; value--) {
    lighter -= counts[value] ?? 0;
    if (lighter < 0) return value;
  }
  return 0;
}

function lightestAround(cells: Float32Array, columns: number, rows: number, column: number, row: number): number {
  let lightest = 0;
  for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
    for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
      lightest = Math.max(lightest, cells[r * columns + c] ?? 0);
    }
  }
  return lightest;
}

interface Piece {
  left: number;
  top: number;
  right: number;
  bottom: number;
  pixels: number;
  /** Pixels that lie off the page's margin. */
  inner: number;
  /** Depth of its darkest pixel. */
  depth: number;
}

function findPieces(depth: Float32Array, width: number, height: number): Piece[] {
  const seen = new Uint8Array(depth.length);
  const stack: number[] = [];
  const pieces: Piece[] = [];
  for (let start = 0; start < depth.length; start++) {
    if (seen[start] === 1 || (depth[start] ?? 0) < FAINT_SHARE) continue;
    const piece: Piece = { left: width, top: height, right: 0, bottom: 0, pixels: 0, inner: 0, depth: 0 };
    seen[start] = 1;
    stack.push(start);
    for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
      const x = index % width;
      const y = (index - x) / width;
      grow(piece, x, y, depth[index] ?? 0);
      if (isInner(x, y, width, height)) piece.inner++;
      for (const { dx, dy } of NEIGHBOURS) {
        const nx = x + dx;
        const ny = y + dy;
        const next = ny * width + nx;
        if (nx < 0 || ny < 0 || nx >= width || ny >= height || seen[next] === 1 || (depth[next] ?? 0) < FAINT_SHARE) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
    pieces.push(piece);
  }
  return pieces;
}

const NEIGHBOURS = [
  { dx: 1, dy: 0 },
  { dx: -1, dy: 0 },
  { dx: 0, dy: 1 },
  { dx: 0, dy: -1 },
] as const;

function grow(piece: Piece, x: number, y: number, depth: number): void {
  piece.left = Math.min(piece.left, x);
  piece.right = Math.max(piece.right, x);
  piece.top = Math.min(piece.top, y);
  piece.bottom = Math.max(piece.bottom, y);
  piece.pixels++;
  piece.depth = Math.max(piece.depth, depth);
}

function isInner(x: number, y: number, width: number, height: number): boolean {
  const marginX = width * MARGIN_SHARE;
  const marginY = height * MARGIN_SHARE;
  return x >= marginX && x < width - marginX && y >= marginY && y < height - marginY;
}

/** Edges of the lid and of the sheet hug the margin; holes are round dots near it. */
function isContent(piece: Piece, { widthPx, heightPx }: GreyRaster): boolean {
  if (piece.pixels < SPECK_PX) return false;
  const touchesMargin = piece.inner < piece.pixels;
  if (touchesMargin && piece.inner < Math.max(SPECK_PX, INNER_SHARE * piece.pixels)) return false;
  const width = piece.right - piece.left + 1;
  const height = piece.bottom - piece.top + 1;
  const isBar =
    Math.min(width, height) <= BAR_SHARE * Math.max(widthPx, heightPx) && Math.max(width, height) > 0.5 * Math.max(widthPx, heightPx);
  return !(touchesMargin && isBar) && !isPunchHole(piece, width, height, widthPx);
}

/** A block is no line of print, no fold and no ring of a cup: it is high and wide, and filled. */
function isBlock(piece: Piece, { widthPx, heightPx }: GreyRaster): boolean {
  const [width, height] = [piece.right - piece.left + 1, piece.bottom - piece.top + 1];
  const leastSide = BLOCK_SIDE_SHARE * Math.max(widthPx, heightPx);
  const isFilled = piece.pixels >= BLOCK_FILL * width * height;
  return piece.inner === piece.pixels && Math.min(width, height) >= leastSide && isFilled && piece.depth >= BLOCK_DEPTH;
}

/** A hole of 5.5 mm lies within 20 mm of the left or right edge (or top, bottom of a turned page). */
function isPunchHole(piece: Piece, width: number, height: number, pageWidth: number): boolean {
  const isRound = Math.abs(width - height) <= 2 && width >= 4 && width <= 16 && piece.pixels > 0.6 * width * height;
  const isNearSide = piece.left < 0.12 * pageWidth || piece.right > 0.88 * pageWidth;
  return isRound && isNearSide;
}
