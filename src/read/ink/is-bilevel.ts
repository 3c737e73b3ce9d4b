import type { GreyRaster } from "../../model/page.ts";

/** The values that a black-and-white picture holds. */
const BLACK = 0;
const WHITE = 255;
/** Of so many pixels one is looked at, to tell whether a picture holds grey. */
const SAMPLE_STEP = 97;

/** Returns whether a scan is black-and-white only: what was paler than the scanner's threshold is gone from it. Pure. */
export function isBilevel({ data }: GreyRaster): boolean {
  for (let at = 0; at < data.length; at += SAMPLE_STEP) if (data[at] !== BLACK && data[at] !== WHITE) return false;
  return true;
}
