import type { RectMm } from "../../model/page.ts";
import type { AlignedPage } from "../align/aligned-page.ts";

/** Side of the looked-at part of a mark, share of its side: its edges may be soft. */
const CORE_SHARE = 0.6;
/** A mark is printed solid: its core is at most this bright relative to the paper around it (a grey scan measured 0.35). */
const DARK_BELOW = 0.6;
/** The paper around a mark is brighter than this share of the page's paper. */
const RING_MM = 1.2;

function meanOf(page: AlignedPage, rect: RectMm): number {
  const { data } = page.crop(rect, 100);
  let sum = 0;
  for (const value of data) sum += value;
  return sum / data.length;
}

function grown({ x, y, width, height }: RectMm, mm: number): RectMm {
  return { x: x - mm, y: y - mm, width: width + 2 * mm, height: height + 2 * mm };
}

function isInPlace(page: AlignedPage, mark: RectMm): boolean {
  const inset = (-mark.width * (1 - CORE_SHARE)) / 2;
  const core = meanOf(page, grown(mark, inset));
  const { x, y, width, height } = grown(mark, RING_MM);
  const strips = [
    { x, y, width, height: RING_MM / 2 },
    { x, y: y + height - RING_MM / 2, width, height: RING_MM / 2 },
    { x, y, width: RING_MM / 2, height },
    { x: x + width - RING_MM / 2, y, width: RING_MM / 2, height },
  ];
  const around = strips.map((strip) => meanOf(page, strip));
  return around.every((paper) => core < DARK_BELOW * paper);
}

/** Returns how many of the corner marks lie where they were printed: dark squares with paper on every side. Pure. */
export function countMarksInPlace(page: AlignedPage, marks: readonly RectMm[]): number {
  return marks.filter((mark) => isInPlace(page, mark)).length;
}
