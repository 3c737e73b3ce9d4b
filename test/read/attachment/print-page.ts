import { PDFDocument, StandardFonts } from "@cantoo/pdf-lib";
import { DECODE_LIMITS } from "../../../src/adapters/decode-limits.ts";
import { openPdf } from "../../../src/adapters/pdfium-document.ts";
import { readPdfPage } from "../../../src/adapters/pdfium-page.ts";
import type { GreyRaster } from "../../../src/model/page.ts";
import { resizeRaster } from "../../../src/read/text/raster-ops.ts";

/** One printed line: place from the top left corner in mm, letter size in points. */
export interface PrintedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** Letters of one width, as on a machine-readable zone. */
  readonly isMonospaced?: boolean;
}

const PT_PER_MM = 72 / 25.4;
const A4_HEIGHT_MM = 297;
const DPI = 200;

/** Prints lines on an A4 page and scans it at 200 dpi. */
export async function printPage(lines: readonly PrintedText[]): Promise<GreyRaster> {
  const document = await PDFDocument.create();
  const plain = await document.embedFont(StandardFonts.HelveticaBold);
  const mono = await document.embedFont(StandardFonts.CourierBold);
  const page = document.addPage([210 * PT_PER_MM, A4_HEIGHT_MM * PT_PER_MM]);
  for (const { text, x, y, size, isMonospaced = false } of lines) {
    page.drawText(text, { x: x * PT_PER_MM, y: (A4_HEIGHT_MM - y) * PT_PER_MM, size, font: isMonospaced ? mono : plain });
  }
  const pdf = await openPdf(await document.save());
  try {
    const { raster } = await readPdfPage(pdf, 0, DECODE_LIMITS);
    const scale = DPI / raster.dpi;
    return { ...resizeRaster(raster, Math.round(raster.widthPx * scale), Math.round(raster.heightPx * scale)), dpi: DPI };
  } finally {
    pdf.close();
  }
}
