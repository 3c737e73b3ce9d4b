import type { GreyRaster, RectPx } from "../../model/page.ts";
import { PAPER, pxPerMmOf } from "./raster-ops.ts";

/** A pixel darker than this is ink (the zone's faint ink is already white); blurred full stops are hardly darker. */
const INK_BELOW = 190;
/** Smallest piece of ink that can be part of a letter: a blurred full stop of 8 pt text keeps about 0.03 mm². */
const SPECK_MM2 = 0.015;
const SPECK_PX = 2;

/** A connected piece of ink. */
export interface InkPiece extends RectPx {
  readonly pixels: number;
  /** Mean darkness of its pixels, 0-255. */
  readonly darkness: number;
}

/** Returns the connected pieces (8 neighbours) of a picture's ink that are larger than a speck. Pure. */
export function findPieces(raster: GreyRaster): InkPiece[] {
  const { widthPx, heightPx, data } = raster;
  const seen = new Uint8Array(data.length);
  const stack: number[] = [];
  const pieces: InkPiece[] = [];
  const least = Math.max(SPECK_PX, SPECK_MM2 * pxPerMmOf(raster) ** 2);
  for (let start = 0; start < data.length; start++) {
    if (seen[start] === 1 || (data[start] ?? PAPER) >= INK_BELOW) continue;
    seen[start] = 1;
    stack.push(start);
    let [left, right, top, bottom, pixels, darkness] = [widthPx, 0, heightPx, 0, 0, 0];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const x = at % widthPx;
      const y = (at - x) / widthPx;
      pixels++;
      darkness += PAPER - (data[at] ?? PAPER);
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      for (let row = Math.max(0, y - 1); row <= Math.min(heightPx - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(widthPx - 1, x + 1); column++) {
          const next = row * widthPx + column;
          if (seen[next] === 1 || (data[next] ?? PAPER) >= INK_BELOW) continue;
          seen[next] = 1;
          stack.push(next);
        }
      }
    }
    if (pixels < least) continue;
    pieces.push({ x: left, y: top, width: right - left + 1, height: bottom - top + 1, pixels, darkness: darkness / pixels });
  }
  return pieces;
}
