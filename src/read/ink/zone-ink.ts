import type { GreyRaster, RectMm } from "../../model/page.ts";
import type { InkWindow } from "./paper-level.ts";
import { type InkScale, type PrintedWindow, removePrint, type WindowInk } from "./remove-print.ts";

export const MM_PER_INCH = 25.4;

/** A rectangle of the page without the form's own ink, at some resolution. */
export interface ZoneInk extends WindowInk {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpi: number;
  /** The page's place of the left top corner, mm. */
  readonly originMm: { readonly x: number; readonly y: number };
}

/** Returns a rectangle with a margin on every side. Pure. */
export function grown(rect: RectMm, marginMm: number): RectMm {
  return { x: rect.x - marginMm, y: rect.y - marginMm, width: rect.width + 2 * marginMm, height: rect.height + 2 * marginMm };
}

/** Returns a rectangle as a window of whole frame pixels, clipped to the page. Pure. */
export function frameWindow(rect: RectMm, raster: GreyRaster): InkWindow {
  const scale = raster.dpi / MM_PER_INCH;
  const x = Math.min(Math.max(0, Math.round(rect.x * scale)), raster.widthPx - 1);
  const y = Math.min(Math.max(0, Math.round(rect.y * scale)), raster.heightPx - 1);
  const right = Math.min(Math.max(x + 1, Math.round((rect.x + rect.width) * scale)), raster.widthPx);
  const bottom = Math.min(Math.max(y + 1, Math.round((rect.y + rect.height) * scale)), raster.heightPx);
  return { frameX: x, frameY: y, scale: 1, widthPx: right - x, heightPx: bottom - y };
}

function trimmed(picture: Uint8Array, widthPx: number, inner: { x: number; y: number; width: number; height: number }): Uint8Array {
  const cut = new Uint8Array(inner.width * inner.height);
  for (let y = 0; y < inner.height; y++) {
    const from = (inner.y + y) * widthPx + inner.x;
    cut.set(picture.subarray(from, from + inner.width), y * inner.width);
  }
  return cut;
}

/** Returns the ink of the inner window, judged with the print of the outer one around it. Pure. */
export function zoneInkOf(outer: PrintedWindow, inner: InkWindow, scale: InkScale, dpi: number, fullDarkness?: number): ZoneInk {
  const { window } = outer;
  const removed = removePrint(outer, scale, fullDarkness);
  const x = Math.max(0, Math.round((inner.frameX - window.frameX) * window.scale));
  const y = Math.max(0, Math.round((inner.frameY - window.frameY) * window.scale));
  const width = Math.max(0, Math.min(inner.widthPx, window.widthPx - x));
  const height = Math.max(0, Math.min(inner.heightPx, window.heightPx - y));
  const box = { x, y, width, height };
  const mmPerFramePx = (MM_PER_INCH * window.scale) / dpi;
  return {
    ink: trimmed(removed.ink, window.widthPx, box),
    printed: trimmed(removed.printed, window.widthPx, box),
    darkness: trimmed(removed.darkness, window.widthPx, box),
    match: removed.match,
    widthPx: width,
    heightPx: height,
    dpi,
    originMm: { x: inner.frameX * mmPerFramePx, y: inner.frameY * mmPerFramePx },
  };
}

/** Share of a zone's inked pixels that stay lighter than full black in an OCR picture: keeps stroke edges soft. */
const FULL_BLACK_PERCENTILE = 0.9;

/** Returns the darkness that only so many pixels exceed. */
function levelBelow(counts: Uint32Array, exceeding: number): number {
  let above = 0;
  for (let value = 255; value > 0; value--) {
    above += counts[value] ?? 0;
    if (above > exceeding) return value;
  }
  return 255;
}

/**
 * Returns absolute ink (255 = black) as a picture on white paper whose strokes reach black. Pure.
 *
 * @param faintest darkness below which a stroke is never stretched to black, 0-255
 */
export function paperPictureOf(ink: Uint8Array, faintest: number): Uint8Array {
  const counts = new Uint32Array(256);
  let strong = 0;
  for (let i = 0; i < ink.length; i++) {
    const value = ink[i] ?? 0;
    if (value < faintest) continue;
    counts[value] = (counts[value] ?? 0) + 1;
    strong++;
  }
  const full = strong === 0 ? 255 : levelBelow(counts, strong * (1 - FULL_BLACK_PERCENTILE));
  const paperOf = Uint8Array.from({ length: 256 }, (_, value) => 255 - Math.min(255, (value * 255) / full));
  const picture = new Uint8Array(ink.length);
  for (let i = 0; i < ink.length; i++) picture[i] = paperOf[ink[i] ?? 0] ?? 0;
  return picture;
}
