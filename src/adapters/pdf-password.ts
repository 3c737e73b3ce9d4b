import { heapOf, loadPdfium, type Pdfium } from "./pdfium-library.ts";

/** Flag of FPDF_SaveAsCopy: write the copy without its protection. @see fpdf_save.h */
const REMOVE_SECURITY = 3;

function saveOpen(pdfium: Pdfium, document: number): Uint8Array | null {
  const writer = pdfium.PDFiumExt_OpenFileWriter();
  try {
    if (!pdfium.FPDF_SaveAsCopy(document, writer, REMOVE_SECURITY)) return null;
    const sizeBytes = pdfium.PDFiumExt_GetFileWriterSize(writer);
    const pointer = pdfium.pdfium.wasmExports.malloc(sizeBytes);
    if (pointer === 0) return null;
    pdfium.PDFiumExt_GetFileWriterData(writer, pointer, sizeBytes);
    const bytes = heapOf(pdfium).slice(pointer, pointer + sizeBytes);
    pdfium.pdfium.wasmExports.free(pointer);
    return bytes;
  } finally {
    pdfium.PDFiumExt_CloseFileWriter(writer);
  }
}

/** Returns a copy of a protected PDF without protection; null when none of the passwords opens it. */
export async function unlockPdf(bytes: Uint8Array, passwords: readonly string[]): Promise<Uint8Array | null> {
  const pdfium = await loadPdfium();
  const pointer = pdfium.pdfium.wasmExports.malloc(bytes.length);
  if (pointer === 0) return null;
  try {
    heapOf(pdfium).set(bytes, pointer);
    for (const password of passwords) {
      const document = pdfium.FPDF_LoadMemDocument(pointer, bytes.length, password);
      if (document === 0) continue;
      try {
        return saveOpen(pdfium, document);
      } finally {
        pdfium.FPDF_CloseDocument(document);
      }
    }
    return null;
  } finally {
    pdfium.pdfium.wasmExports.free(pointer);
  }
}
