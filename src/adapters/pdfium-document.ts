import { IlmoError } from "../errors.ts";
import { dropLargePdfium, dropPdfium, heapOf, isEngineStop, loadPdfium, type Pdfium } from "./pdfium-library.ts";

/** Values of FPDF_GetLastError and FPDF_GetFormType. */
const LOAD_ERROR = { password: 4, security: 5 } as const;
const FORM_TYPE = { acroForm: 1, xfaFull: 2, xfaForeground: 3 } as const;

/** A PDF that is open in the engine; close it, or its memory stays taken. */
export interface PdfDocument {
  readonly pdfium: Pdfium;
  readonly handle: number;
  readonly pageCount: number;
  /** True when the file has live AcroForm fields. */
  readonly hasLiveForm: boolean;
  /** The engine's form drawer; 0 without live fields. */
  readonly form: number;
  close(): void;
}

function loadFault(error: number): IlmoError {
  if (error === LOAD_ERROR.password || error === LOAD_ERROR.security) {
    return new IlmoError(
      "fileEncrypted",
      "Expected a PDF that opens without a password; this one needs one. Ask for it without protection.",
    );
  }
  return new IlmoError("fileDamaged", "Expected a readable PDF; this one cannot be opened. Ask the sender for a new copy.", {
    context: { loadError: error },
  });
}

/** A dynamic XFA form draws its fields in Acrobat only; every other reader sees a "please wait" page. */
function assertNotDynamicXfa(pdfium: Pdfium, handle: number, formType: number): void {
  const isDynamic = formType === FORM_TYPE.xfaFull;
  const hasFields = formType === FORM_TYPE.acroForm || formType === FORM_TYPE.xfaForeground;
  if (!isDynamic && (hasFields || pdfium.FPDF_GetXFAPacketCount(handle) <= 0)) return;
  throw new IlmoError(
    "fileUnsupported",
    "Expected a PDF whose pages can be drawn; this is an XFA form that only Acrobat shows. Print it to PDF in Acrobat or to paper.",
    { context: { reason: "dynamicXfa" } },
  );
}

function countPages(pdfium: Pdfium, handle: number): number {
  const count = pdfium.FPDF_GetPageCount(handle);
  if (count > 0) return count;
  throw new IlmoError("fileEmpty", "Expected a PDF with pages; this one has none. Ask the sender for a new copy.");
}

/** Without a form drawer the engine leaves the filled-in boxes of a live form blank. */
function openForm(pdfium: Pdfium, handle: number): { readonly form: number; readonly close: () => void } {
  const info = pdfium.PDFiumExt_OpenFormFillInfo();
  const form = pdfium.PDFiumExt_InitFormFillEnvironment(handle, info);
  if (form !== 0) pdfium.FPDF_SetFormFieldHighlightAlpha(form, 0);
  const close = (): void => {
    if (form !== 0) pdfium.PDFiumExt_ExitFormFillEnvironment(form);
    pdfium.PDFiumExt_CloseFormFillInfo(info);
  };
  return { form, close };
}

/**
 * Opens a PDF with the empty user password.
 *
 * @throws fileEncrypted, fileDamaged, fileEmpty, fileUnsupported (dynamic XFA)
 */
export async function openPdf(bytes: Uint8Array): Promise<PdfDocument> {
  const pdfium = await loadPdfium();
  const pointer = pdfium.pdfium.wasmExports.malloc(bytes.length);
  if (pointer === 0) throw new IlmoError("fileTooLarge", "Expected a PDF that fits in memory; this one does not. Split it.");
  heapOf(pdfium).set(bytes, pointer);
  const handle = pdfium.FPDF_LoadMemDocument(pointer, bytes.length, "");
  const close = (): void => {
    if (handle !== 0) pdfium.FPDF_CloseDocument(handle);
    pdfium.pdfium.wasmExports.free(pointer);
    dropLargePdfium(pdfium);
  };
  try {
    if (handle === 0) throw loadFault(pdfium.FPDF_GetLastError());
    const formType = pdfium.FPDF_GetFormType(handle);
    assertNotDynamicXfa(pdfium, handle, formType);
    const hasLiveForm = formType === FORM_TYPE.acroForm || formType === FORM_TYPE.xfaForeground;
    const pageCount = countPages(pdfium, handle);
    if (!hasLiveForm) return { pdfium, handle, pageCount, hasLiveForm, form: 0, close };
    const drawer = openForm(pdfium, handle);
    const closeAll = (): void => {
      drawer.close();
      close();
    };
    return { pdfium, handle, pageCount, hasLiveForm, form: drawer.form, close: closeAll };
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * Turns whatever the engine threw into a fault.
 *
 * A trap or a refused growth leaves the engine's memory in an unknown state, so it is loaded anew for the next file.
 */
export function toPdfFault(error: unknown): unknown {
  if (isEngineStop(error)) {
    dropPdfium();
    return new IlmoError("fileDamaged", "Expected a PDF that the engine can draw; it gave up on this one. Ask the sender for a new copy.", {
      cause: error,
    });
  }
  return error;
}
