import type { GreyRaster } from "../../../src/model/page.ts";

/** A page that can be drawn on, A4 at a low resolution unless said otherwise. */
export function emptyPage(dpi = 100, paper = 250, widthMm = 210, heightMm = 297): GreyRaster {
  const widthPx = Math.round((widthMm / 25.4) * dpi);
  const heightPx = Math.round((heightMm / 25.4) * dpi);
  return { widthPx, heightPx, dpi, data: new Uint8Array(widthPx * heightPx).fill(paper) };
}

/** Fills a rectangle given in mm. */
export function fillMm(page: GreyRaster, [x, y, width, height]: readonly [number, number, number, number], grey: number): void {
  const px = (mm: number): number => Math.round((mm / 25.4) * page.dpi);
  for (let row = px(y); row < px(y + height); row++) page.data.fill(grey, row * page.widthPx + px(x), row * page.widthPx + px(x + width));
}

/** Draws lines of "letters": dark dashes as a page of print shows them from afar. */
export function printMm(page: GreyRaster, [x, y, width]: readonly [number, number, number], lines: number, grey: number): void {
  for (let line = 0; line < lines; line++) {
    for (let at = 0; at < width; at += 3) fillMm(page, [x + at, y + 6 * line, 2, 2.5], grey);
  }
}
