import type { GreyRaster } from "../../model/page.ts";

const WHITE = 255;
/** Paper is the lightest quarter of a page: also where it is photographed on a table or its edges lie on a white lid. */
const PAPER_SHARE = 0.25;
/** Paper darker than this was scanned far too dark; grey recycled paper and shaded photographs stay above 110. */
const DARK_PAPER = 90;
/** A page that has less light than this on its lightest quarter is black: nothing can be told from it. */
const BLACK_PAPER = 2;
/** Every such pixel is looked at when the paper's level is taken: 35,000 of an A4 page at 200 dpi. */
const SAMPLE_STEP = 101;

/**
 * Returns a page that was scanned far too dark with its paper white and everything else lighter in proportion.
 *
 * Pure. A page of usual lightness comes back unchanged, and so does one that is black.
 */
export function lightenRaster(raster: GreyRaster): GreyRaster {
  const paper = paperLevelOf(raster);
  if (paper < BLACK_PAPER || paper >= DARK_PAPER) return raster;
  const levels = Uint8Array.from({ length: WHITE + 1 }, (_, value) => Math.min(WHITE, Math.round((value * WHITE) / paper)));
  return { ...raster, data: raster.data.map((value) => levels[value] ?? WHITE) };
}

/** Tells whether a page is black all over, or all but its edges: a copy too dark for any reading. Pure. */
export function isBlackened(raster: GreyRaster): boolean {
  return paperLevelOf(raster) < BLACK_PAPER;
}

function paperLevelOf({ data }: GreyRaster): number {
  const counts = new Uint32Array(WHITE + 1);
  let total = 0;
  for (let at = 0; at < data.length; at += SAMPLE_STEP, total++) counts[data[at] ?? WHITE] = (counts[data[at] ?? WHITE] ?? 0) + 1;
  let lighter = 0;
  for (let level = WHITE; level > 0; level--) {
    lighter += counts[level] ?? 0;
    if (lighter > total * PAPER_SHARE) return level;
  }
  return 0;
}
