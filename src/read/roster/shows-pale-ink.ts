import type { GreyRaster, RectMm } from "../../model/page.ts";
import type { AlignedPage } from "../align/aligned-page.ts";

/** The tone is printed 0.28 darker than paper, share of black (#b8b8b8). Copies turn it into paper … */
const PALEST = 0.11;
/** … and black-and-white scans into paper or black, as the light falls. */
const DARKEST = 0.65;
/** Share of a picture's pixels that are neither black nor white: a clean grey scan has 0.016 and more, a black-and-white one none. */
const LEAST_GREY_SHARE = 0.004;
const GREY_FROM = 48;
const GREY_TO = 208;
/** The middle of the square is looked at, mm from its edge. */
const INSET_MM = 1;
const LOOK_DPI = 100;

function meanOf(page: AlignedPage, rect: RectMm): number {
  const { data } = page.crop(rect, LOOK_DPI);
  let sum = 0;
  for (const value of data) sum += value;
  return sum / data.length;
}

function isGrey({ data }: GreyRaster): boolean {
  let grey = 0;
  for (const value of data) if (value > GREY_FROM && value < GREY_TO) grey += 1;
  return grey >= LEAST_GREY_SHARE * data.length;
}

/**
 * Returns whether the scan still shows ink as pale as pencil. Pure.
 *
 * Judged by a pale square that is printed on every roster, between the paper above it and the black mark beside it.
 */
export function showsPaleInk(scan: GreyRaster, page: AlignedPage, { tone, mark }: { tone: RectMm; mark: RectMm }): boolean {
  if (!isGrey(scan)) return false;
  const inner = ({ x, y, width, height }: RectMm): RectMm => ({
    x: x + INSET_MM,
    y: y + INSET_MM,
    width: width - 2 * INSET_MM,
    height: height - 2 * INSET_MM,
  });
  const paper = meanOf(page, { ...inner(tone), y: tone.y - 2 * INSET_MM, height: INSET_MM });
  const black = meanOf(page, inner(mark));
  const darkness = (paper - meanOf(page, inner(tone))) / Math.max(1, paper - black);
  return darkness >= PALEST && darkness <= DARKEST;
}
