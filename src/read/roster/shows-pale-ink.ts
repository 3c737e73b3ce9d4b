import type { RectMm } from "../../model/page.ts";
import type { AlignedPage } from "../align/aligned-page.ts";

/** Share of the printed tone's darkness that must be left: copies and black-and-white scans turn it into paper or into black. */
const LEAST_SHARE = 0.4;
/** The tone is printed this much darker than paper, share of black (#b8b8b8). */
const TONE_DARKNESS = 0.28;
/** The middle of the square is looked at, mm from its edge. */
const INSET_MM = 1;
const LOOK_DPI = 100;

function meanOf(page: AlignedPage, rect: RectMm): number {
  const { data } = page.crop(rect, LOOK_DPI);
  let sum = 0;
  for (const value of data) sum += value;
  return sum / data.length;
}

/**
 * Returns whether the scan still shows ink as pale as pencil. Pure.
 *
 * Judged by a pale square that is printed on every roster, between the paper above it and the black mark beside it.
 */
export function showsPaleInk(page: AlignedPage, tone: RectMm, mark: RectMm): boolean {
  const inner = ({ x, y, width, height }: RectMm): RectMm => ({
    x: x + INSET_MM,
    y: y + INSET_MM,
    width: width - 2 * INSET_MM,
    height: height - 2 * INSET_MM,
  });
  const paper = meanOf(page, { ...inner(tone), y: tone.y - 2 * INSET_MM, height: INSET_MM });
  const black = meanOf(page, inner(mark));
  const darkness = (paper - meanOf(page, inner(tone))) / Math.max(1, paper - black);
  return darkness >= LEAST_SHARE * TONE_DARKNESS;
}
