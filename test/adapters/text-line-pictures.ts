import { PDFDocument, StandardFonts } from "@cantoo/pdf-lib";
import { DECODE_LIMITS } from "../../src/adapters/decode-limits.ts";
import { openPdf } from "../../src/adapters/pdfium-document.ts";
import { readPdfPage } from "../../src/adapters/pdfium-page.ts";
import type { GreyRaster } from "../../src/model/page.ts";
import { resizeRaster } from "../../src/read/text/raster-ops.ts";

const SIZE_PT = 11;

/** Draws one line of text in a plain typeface, dark on white, as a scanner at 300 dpi would see it. */
export async function drawLine(text: string, isMonospaced = false): Promise<GreyRaster> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(isMonospaced ? StandardFonts.Courier : StandardFonts.Helvetica);
  const page = document.addPage([font.widthOfTextAtSize(text, SIZE_PT) + 8, SIZE_PT + 8]);
  page.drawText(text, { x: 4, y: 7, size: SIZE_PT, font });
  const pdf = await openPdf(await document.save());
  try {
    const { raster } = await readPdfPage(pdf, 0, DECODE_LIMITS);
    const scale = 300 / raster.dpi;
    return { ...resizeRaster(raster, Math.round(raster.widthPx * scale), Math.round(raster.heightPx * scale)), dpi: 300 };
  } finally {
    pdf.close();
  }
}
