import { grayscale, type PDFPage } from "@cantoo/pdf-lib";
import { IlmoError } from "../errors.ts";
import { MARK_CENTRES_MM, MARK_SIDE_MM, type PlacedText } from "../forms/place-form.ts";
import type { RectMm } from "../model/page.ts";
import type { CodeModules } from "./barcode-write.ts";
import type { PrintFonts } from "./form-print-fonts.ts";

const PT_PER_MM = 72 / 25.4;
/** A label may shrink to this share of its size before the print is refused. */
const MIN_SHRINK = 0.8;
const SHRINK_STEP = 0.04;
const BLACK = grayscale(0);
const RULE_PT = 0.7;
const TICK_RULE_PT = 1;
export const BAR_GREY = grayscale(0.86);
const HEAD_GREY = grayscale(0.95);

/** Rectangle of a PDF page, pt from the bottom left. */
export interface RectPt {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Returns a rectangle in a page's own units. Pure. */
export function toPt(page: PDFPage, rect: RectMm): RectPt {
  return {
    x: rect.x * PT_PER_MM,
    y: page.getHeight() - (rect.y + rect.height) * PT_PER_MM,
    width: rect.width * PT_PER_MM,
    height: rect.height * PT_PER_MM,
  };
}

function widthMm(fonts: PrintFonts, text: string, isBold: boolean, sizePt: number): number {
  return fonts.runs(text, { isBold, sizePt }).reduce((sum, run) => sum + run.widthPt, 0) / PT_PER_MM;
}

function fittingSize(fonts: PrintFonts, text: PlacedText): number {
  for (let shrink = 1; shrink >= MIN_SHRINK; shrink -= SHRINK_STEP) {
    if (widthMm(fonts, text.text, text.isBold, text.sizePt * shrink) <= text.maxWidthMm) return text.sizePt * shrink;
  }
  throw new IlmoError(
    "layoutInvalid",
    "Expected every printed label to fit its cell; one is too long. Shorten the label or widen its cell.",
    {
      context: { label: text.text, maxWidthMm: text.maxWidthMm },
    },
  );
}

/**
 * Draws one line of words.
 *
 * @throws layoutInvalid when the words do not fit even at 80 % of their size
 */
export function drawWords(page: PDFPage, fonts: PrintFonts, text: PlacedText): void {
  const size = fittingSize(fonts, text);
  let x = text.x * PT_PER_MM;
  const y = page.getHeight() - text.y * PT_PER_MM;
  for (const run of fonts.runs(text.text, { isBold: text.isBold, sizePt: size })) {
    page.drawText(run.text, { x, y, size, font: run.font, color: BLACK });
    x += run.widthPt;
  }
}

/** Returns the lines of a paragraph. Reads only the fonts' widths. */
export function wrapWords(fonts: PrintFonts, text: string, sizePt: number, maxWidthMm: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthMm(fonts, longer, false, sizePt) > maxWidthMm) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** Draws the frame of a cell. */
export function drawCell(page: PDFPage, rect: RectMm): void {
  page.drawRectangle({ ...toPt(page, rect), borderColor: BLACK, borderWidth: RULE_PT });
}

/** Draws a filled, framed bar. */
export function drawBar(page: PDFPage, rect: RectMm, isHead = false): void {
  page.drawRectangle({ ...toPt(page, rect), color: isHead ? HEAD_GREY : BAR_GREY, borderColor: BLACK, borderWidth: RULE_PT });
}

/** Draws the printed box of a tick; its outer edge is the zone. */
export function drawTickBox(page: PDFPage, rect: RectMm): void {
  const inset = TICK_RULE_PT / 2;
  const { x, y, width, height } = toPt(page, rect);
  const inner = { x: x + inset, y: y + inset, width: width - 2 * inset, height: height - 2 * inset };
  page.drawRectangle({ ...inner, borderColor: BLACK, borderWidth: TICK_RULE_PT });
}

/** Draws a level rule. */
export function drawRule(page: PDFPage, from: { readonly x: number; readonly y: number }, toX: number): void {
  const y = page.getHeight() - from.y * PT_PER_MM;
  page.drawLine({ start: { x: from.x * PT_PER_MM, y }, end: { x: toX * PT_PER_MM, y }, thickness: RULE_PT, color: BLACK });
}

/** Draws the four filled corner squares. */
export function drawMarks(page: PDFPage): void {
  for (const { x, y } of MARK_CENTRES_MM) {
    const square = { x: x - MARK_SIDE_MM / 2, y: y - MARK_SIDE_MM / 2, width: MARK_SIDE_MM, height: MARK_SIDE_MM };
    page.drawRectangle({ ...toPt(page, square), color: BLACK });
  }
}

/** Draws a square code as filled modules. */
export function drawCode(page: PDFPage, modules: CodeModules, rect: RectMm): void {
  const side = rect.width / modules.length;
  for (const [row, cells] of modules.entries()) {
    let column = 0;
    while (column < cells.length) {
      let end = column;
      while (cells[end]) end += 1;
      // Neighbours in a row are one bar: hairlines between them would fade on a fax.
      const bar = { x: rect.x + column * side, y: rect.y + row * side, width: (end - column) * side, height: side };
      if (end > column) page.drawRectangle({ ...toPt(page, bar), color: BLACK });
      column = end + 1;
    }
  }
}
