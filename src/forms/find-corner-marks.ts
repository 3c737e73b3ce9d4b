import type { GreyRaster } from "../model/page.ts";

const MM_PER_INCH = 25.4;
const DARK_BELOW = 100;
/** Marks stand in the page's corners: nothing farther in is looked at. */
const CORNER_MM = 45;
const MIN_SIDE_MM = 3;
const MAX_SIDE_MM = 9;
/** A square's sides differ by at most this share; its box is filled at least this much. */
const MAX_SIDE_DIFFERENCE = 0.1;
const MIN_FILL = 0.95;

interface Blob {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly area: number;
}

interface Window {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

function growBlob(raster: GreyRaster, window: Window, start: number, seen: Uint8Array): Blob {
  const { widthPx, data } = raster;
  const stack = [start];
  seen[start] = 1;
  let [left, top, right, bottom, area] = [widthPx, raster.heightPx, 0, 0, 0];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const x = at % widthPx;
    const y = (at - x) / widthPx;
    area += 1;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    const next = [
      x > window.x0 ? at - 1 : -1,
      x + 1 < window.x1 ? at + 1 : -1,
      y > window.y0 ? at - widthPx : -1,
      y + 1 < window.y1 ? at + widthPx : -1,
    ];
    for (const to of next) {
      if (to < 0 || seen[to] === 1 || (data[to] ?? 255) >= DARK_BELOW) continue;
      seen[to] = 1;
      stack.push(to);
    }
  }
  return { left, top, right, bottom, area };
}

function isMark(blob: Blob, dpi: number): boolean {
  const width = blob.right - blob.left + 1;
  const height = blob.bottom - blob.top + 1;
  const sideMm = (Math.max(width, height) / dpi) * MM_PER_INCH;
  if (sideMm < MIN_SIDE_MM || sideMm > MAX_SIDE_MM) return false;
  return Math.abs(width - height) <= MAX_SIDE_DIFFERENCE * Math.max(width, height) && blob.area >= MIN_FILL * width * height;
}

function findMark(raster: GreyRaster, window: Window, seen: Uint8Array): { x: number; y: number } | undefined {
  for (let y = window.y0; y < window.y1; y += 1) {
    for (let x = window.x0; x < window.x1; x += 1) {
      const at = y * raster.widthPx + x;
      if (seen[at] === 1 || (raster.data[at] ?? 255) >= DARK_BELOW) continue;
      const blob = growBlob(raster, window, at, seen);
      if (!isMark(blob, raster.dpi)) continue;
      const toMm = MM_PER_INCH / raster.dpi;
      return { x: ((blob.left + blob.right + 1) / 2) * toMm, y: ((blob.top + blob.bottom + 1) / 2) * toMm };
    }
  }
  return undefined;
}

/**
 * Returns the centres of the four filled corner squares, mm, in the order top-left, top-right, bottom-left, bottom-right.
 *
 * Pure. Empty when a corner has none: three marks are not enough to tell a page turned upside down.
 */
export function findCornerMarks(blank: GreyRaster): { x: number; y: number }[] {
  const size = Math.round((CORNER_MM / MM_PER_INCH) * blank.dpi);
  const lefts = [0, Math.max(0, blank.widthPx - size)];
  const tops = [0, Math.max(0, blank.heightPx - size)];
  const seen = new Uint8Array(blank.data.length);
  const marks: { x: number; y: number }[] = [];
  for (const y0 of tops) {
    for (const x0 of lefts) {
      const window = { x0, y0, x1: Math.min(blank.widthPx, x0 + size), y1: Math.min(blank.heightPx, y0 + size) };
      const mark = findMark(blank, window, seen);
      if (mark === undefined) return [];
      marks.push(mark);
    }
  }
  return marks;
}
