import { parseRosterPageCode } from "../documents/roster-geometry.ts";
import type { GreyRaster } from "../model/page.ts";
import type { RosterPageCode } from "../model/reading.ts";
import { readPageCodes } from "./form-pdf-codes.ts";

/** The code is looked for at this resolution: its modules are then 5 px, and a page takes a quarter of the time of 300 dpi. */
const CODE_DPI = 150;

/** Returns the mean of blocks of pixels. */
function reduced({ widthPx, heightPx, dpi, data }: GreyRaster, factor: number): GreyRaster {
  const width = Math.floor(widthPx / factor);
  const height = Math.floor(heightPx / factor);
  const small = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let dy = 0; dy < factor; dy += 1) {
        const from = (y * factor + dy) * widthPx + x * factor;
        for (let dx = 0; dx < factor; dx += 1) sum += data[from + dx] ?? 255;
      }
      small[y * width + x] = sum / factor ** 2;
    }
  }
  return { widthPx: width, heightPx: height, dpi: dpi / factor, data: small };
}

async function findCode(raster: GreyRaster): Promise<RosterPageCode | null> {
  for (const text of await readPageCodes(raster)) {
    const code = parseRosterPageCode(text);
    if (code !== null) return code;
  }
  return null;
}

/**
 * Returns what the code of a roster's page says, or null when the page bears none. Touches only memory.
 *
 * The page is looked at small first: print between the modules and noise are gone there; then as it is.
 */
export async function readRosterCode(raster: GreyRaster): Promise<RosterPageCode | null> {
  const factor = Math.floor(raster.dpi / CODE_DPI);
  if (factor < 2) return findCode(raster);
  return (await findCode(reduced(raster, factor))) ?? findCode(raster);
}
