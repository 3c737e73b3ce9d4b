import type { PrintedWord } from "../model/form-layout.ts";
import type { GreyRaster, RectMm } from "../model/page.ts";
import { loadPdfium, type Pdfium } from "./pdfium-library.ts";

const MM_PER_PT = 25.4 / 72;
const MM_PER_INCH = 25.4;
const BITMAP_BGRX = 3;
/** Device units per mm when asking pdfium to map points: 0.01 mm is finer than any pixel used here. */
const UNITS_PER_MM = 100;
/** Length of the probe vectors that reveal the page's transform, pt. */
const PROBE_PT = 1_000;

/** Maps PDF user space (pt, origin bottom left) to mm of the page as displayed, origin top left. */
export type ToMm = (xPt: number, yPt: number) => { readonly x: number; readonly y: number };

/** One page of an open PDF. Valid until the file is closed. */
export interface PdfPage {
  readonly pageNumber: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly toMm: ToMm;
  /** Words with the rectangle of their ink. */
  words(): PrintedWord[];
  /** Grey picture of the page's content, or of its upper part only; widgets and notes are not drawn. */
  renderGrey(dpi: number, upperMm?: number): GreyRaster;
}

/** Returns the smallest rectangle over two corner points given in user space. Pure. */
export function rectFromCorners(toMm: ToMm, left: number, bottom: number, right: number, top: number): RectMm {
  const a = toMm(left, bottom);
  const b = toMm(right, top);
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

function withBuffer<T>(engine: Pdfium, sizeBytes: number, use: (pointer: number) => T): T {
  const pointer = engine.pdfium.wasmExports.malloc(sizeBytes);
  try {
    return use(pointer);
  } finally {
    engine.pdfium.wasmExports.free(pointer);
  }
}

function findTransform(engine: Pdfium, page: number, widthMm: number, heightMm: number): ToMm {
  const map = (x: number, y: number): readonly [number, number] =>
    withBuffer(engine, 8, (out) => {
      const width = Math.round(widthMm * UNITS_PER_MM);
      const height = Math.round(heightMm * UNITS_PER_MM);
      engine.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, out, out + 4);
      return [engine.pdfium.getValue(out, "i32") / UNITS_PER_MM, engine.pdfium.getValue(out + 4, "i32") / UNITS_PER_MM];
    });
  const [originX, originY] = map(0, 0);
  const [alongXx, alongXy] = map(PROBE_PT, 0);
  const [alongYx, alongYy] = map(0, PROBE_PT);
  return (x, y) => ({
    x: originX + ((alongXx - originX) * x + (alongYx - originX) * y) / PROBE_PT,
    y: originY + ((alongXy - originY) * x + (alongYy - originY) * y) / PROBE_PT,
  });
}

function charRect(engine: Pdfium, textPage: number, index: number, toMm: ToMm): RectMm | undefined {
  return withBuffer(engine, 32, (out) => {
    if (!engine.FPDFText_GetCharBox(textPage, index, out, out + 8, out + 16, out + 24)) return undefined;
    const [left, right, bottom, top] = [0, 8, 16, 24].map((offset) => engine.pdfium.getValue(out + offset, "double"));
    return rectFromCorners(toMm, left ?? 0, bottom ?? 0, right ?? 0, top ?? 0);
  });
}

function union(a: RectMm | undefined, b: RectMm): RectMm {
  if (a === undefined) return b;
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y };
}

function collectWords(engine: Pdfium, page: number, toMm: ToMm): PrintedWord[] {
  const textPage = engine.FPDFText_LoadPage(page);
  const words: PrintedWord[] = [];
  let text = "";
  let rect: RectMm | undefined;
  const flush = (): void => {
    if (text !== "" && rect !== undefined) words.push({ text, rect });
    text = "";
    rect = undefined;
  };
  const count = engine.FPDFText_CountChars(textPage);
  for (let index = 0; index < count; index += 1) {
    const code = engine.FPDFText_GetUnicode(textPage, index);
    const char = code > 0 ? String.fromCodePoint(code) : "";
    if (char.trim() === "") {
      flush();
      continue;
    }
    const box = charRect(engine, textPage, index, toMm);
    if (box === undefined) continue;
    text += char;
    rect = union(rect, box);
  }
  flush();
  engine.FPDFText_ClosePage(textPage);
  return words;
}

interface RenderSize {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly dpi: number;
  readonly upperMm: number;
}

function renderGrey(engine: Pdfium, page: number, { widthMm, heightMm, dpi, upperMm }: RenderSize): GreyRaster {
  const widthPx = Math.round((widthMm / MM_PER_INCH) * dpi);
  const wholePx = Math.round((heightMm / MM_PER_INCH) * dpi);
  const heightPx = Math.min(wholePx, Math.round((upperMm / MM_PER_INCH) * dpi));
  const bitmap = engine.FPDFBitmap_CreateEx(widthPx, heightPx, BITMAP_BGRX, 0, 0);
  try {
    engine.FPDFBitmap_FillRect(bitmap, 0, 0, widthPx, heightPx, 0xffffffff);
    engine.FPDF_RenderPageBitmap(bitmap, page, 0, 0, widthPx, wholePx, 0, 0);
    const start = engine.FPDFBitmap_GetBuffer(bitmap);
    const stride = engine.FPDFBitmap_GetStride(bitmap);
    const heap = engine.pdfium.HEAPU8;
    const data = new Uint8Array(widthPx * heightPx);
    for (let y = 0; y < heightPx; y += 1) {
      for (let x = 0, at = start + y * stride; x < widthPx; x += 1, at += 4) {
        data[y * widthPx + x] = ((heap[at] ?? 0) * 29 + (heap[at + 1] ?? 0) * 150 + (heap[at + 2] ?? 0) * 77) >> 8;
      }
    }
    return { widthPx, heightPx, dpi, data };
  } finally {
    engine.FPDFBitmap_Destroy(bitmap);
  }
}

/** Longest side that is drawn: A0 is 1,189 mm. Damaged files claim kilometres. */
const MAX_SIDE_MM = 1_200;

function describePage(engine: Pdfium, page: number, pageNumber: number): PdfPage {
  const widthMm = engine.FPDF_GetPageWidthF(page) * MM_PER_PT;
  const heightMm = engine.FPDF_GetPageHeightF(page) * MM_PER_PT;
  const toMm = findTransform(engine, page, widthMm, heightMm);
  return {
    pageNumber,
    widthMm,
    heightMm,
    toMm,
    words: () => collectWords(engine, page, toMm),
    renderGrey: (dpi, upperMm = heightMm) => renderGrey(engine, page, { widthMm, heightMm, dpi, upperMm }),
  };
}

/**
 * Opens a PDF, hands its pages one after the other to `use` and closes it.
 *
 * Touches only memory. Returns undefined when the bytes are not a PDF that can be opened without a password and drawn.
 */
export async function mapPdfPages<T>(bytes: Uint8Array, use: (page: PdfPage) => T): Promise<T[] | undefined> {
  const engine = await loadPdfium();
  const file = engine.pdfium.wasmExports.malloc(bytes.length);
  engine.pdfium.HEAPU8.set(bytes, file);
  const document = engine.FPDF_LoadMemDocument(file, bytes.length, "");
  try {
    if (document === 0) return undefined;
    const results: T[] = [];
    for (let index = 0; index < engine.FPDF_GetPageCount(document); index += 1) {
      const page = engine.FPDF_LoadPage(document, index);
      if (page === 0) return undefined;
      try {
        const described = describePage(engine, page, index + 1);
        if (!(Math.max(described.widthMm, described.heightMm) <= MAX_SIDE_MM)) return undefined;
        results.push(use(described));
      } finally {
        engine.FPDF_ClosePage(page);
      }
    }
    return results;
  } finally {
    if (document !== 0) engine.FPDF_CloseDocument(document);
    engine.pdfium.wasmExports.free(file);
  }
}
