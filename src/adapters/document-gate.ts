import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { findGateFailures, type PdfFacts } from "../documents/find-gate-failures.ts";
import type { PaperExpectation } from "../documents/paper.ts";
import { type BatchFacts, type BatchFailure, findBatchFailures, type PaperBatch } from "../documents/paper-batch.ts";
import { IlmoError } from "../errors.ts";
import { loadBundledFonts } from "./fonts.ts";
import { readPrintedQr } from "./form-pdf-codes.ts";
import { mapPdfPages } from "./form-pdf-engine.ts";
import { loadPdfjs } from "./pdfjs.ts";

/** The coarsest picture that a fax or a phone makes of a sheet; a code that is read here is read anywhere. */
const GATE_DPI = 72;

/** The papers' codes end 48 mm from the upper edge at most. */
const HEAD_MM = 75;

type PageText = Omit<PdfFacts["pages"][number], "codes"> & { readonly fontNames: readonly string[] };

interface Glyph {
  readonly originalCharCode: number;
}

function isGlyph(value: unknown): value is Glyph {
  return typeof value === "object" && value !== null && "originalCharCode" in value;
}

async function readPageText(page: PDFPageProxy): Promise<PageText> {
  const { OPS } = await loadPdfjs();
  const content = await page.getTextContent();
  const text = content.items.map((item) => ("str" in item ? `${item.str}${item.hasEOL ? "\n" : ""}` : "")).join("");
  const operators = await page.getOperatorList();
  const fonts = new Set<string>();
  let missingGlyphs = 0;
  for (const [index, operator] of operators.fnArray.entries()) {
    const [first] = operators.argsArray[index] ?? [];
    if (operator === OPS.setFont && page.commonObjs.has(first)) fonts.add(String(page.commonObjs.get(first).name));
    if (operator !== OPS.showText || !Array.isArray(first)) continue;
    // Glyph 0 of a TrueType font is its "character missing" box.
    missingGlyphs += first.filter((glyph) => isGlyph(glyph) && glyph.originalCharCode === 0).length;
  }
  return { text, missingGlyphs, fontNames: [...fonts] };
}

async function readTexts(bytes: Uint8Array): Promise<Pick<PdfFacts, "language" | "title" | "isTagged"> & { pages: PageText[] }> {
  const { getDocument } = await loadPdfjs();
  const task = getDocument({
    data: new Uint8Array(bytes),
    verbosity: 0,
    useSystemFonts: false,
    disableFontFace: true,
    isEvalSupported: false,
    fontExtraProperties: true,
  });
  try {
    const document = await task.promise;
    const { info } = (await document.getMetadata()) as { info: { Language?: string | null; Title?: string } };
    const pages: PageText[] = [];
    let isTagged = true;
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      isTagged &&= ((await page.getStructTree())?.children.length ?? 0) > 0;
      pages.push(await readPageText(page));
      page.cleanup();
    }
    return { language: info.Language ?? null, title: info.Title ?? null, isTagged, pages };
  } finally {
    await task.destroy();
  }
}

/**
 * Codes stand in the head of every paper, so the head is drawn first and the whole page only when nothing is seen there:
 * 4.6 ms a page in place of 13.5.
 */
async function readCodes(bytes: Uint8Array): Promise<string[][]> {
  const heads = (await mapPdfPages(bytes, (page) => page.renderGrey(GATE_DPI, HEAD_MM))) ?? [];
  const codes: string[][] = [];
  for (const head of heads) codes.push(await readPrintedQr(head));
  if (codes.every((found) => found.length > 0)) return codes;
  const whole = (await mapPdfPages(bytes, (page) => (codes[page.pageNumber - 1]?.length === 0 ? page.renderGrey(GATE_DPI) : null))) ?? [];
  for (const [index, raster] of whole.entries()) if (raster !== null) codes[index] = await readPrintedQr(raster);
  return codes;
}

/** Returns what a PDF holds, page by page. Touches only memory. */
async function readPages(bytes: Uint8Array): Promise<BatchFacts> {
  const { pages, ...document } = await readTexts(bytes);
  const codes = await readCodes(bytes);
  return { ...document, pages: pages.map((page, index) => ({ ...page, codes: codes[index] ?? [] })) };
}

/** Returns what a PDF holds, read back with pdf.js (text, tags) and pdfium (picture). Touches only memory. */
export async function readPdfFacts(bytes: Uint8Array): Promise<PdfFacts> {
  const { pages, ...document } = await readPages(bytes);
  return {
    ...document,
    fontNames: [...new Set(pages.flatMap(({ fontNames }) => fontNames))],
    pages: pages.map(({ text, missingGlyphs, codes }) => ({ text, missingGlyphs, codes })),
  };
}

const unreadable = (cause: unknown): IlmoError =>
  new IlmoError("documentGateFailed", "Expected a readable PDF from the browser; it could not be read back.", {
    cause,
    context: { gates: "unreadable" },
  });

/**
 * Checks a printed batch, each paper by its own pages.
 *
 * @returns the papers that may not leave
 * @throws documentGateFailed when the document cannot be read at all
 */
export async function checkBatch(bytes: Uint8Array, batch: PaperBatch): Promise<BatchFailure[]> {
  const facts = await readPages(bytes).catch((cause: unknown) => {
    throw unreadable(cause);
  });
  return findBatchFailures(facts, batch, loadBundledFonts().postScriptNames);
}

/**
 * Checks a finished PDF against what the paper says: text really there, pages, language, title, tags, fonts, glyphs, codes.
 *
 * @returns the number of pages
 * @throws documentGateFailed naming every gate that failed, never what the paper says
 */
export async function checkPdf(bytes: Uint8Array, expectation: PaperExpectation): Promise<number> {
  const facts = await readPdfFacts(bytes).catch((cause: unknown) => {
    throw unreadable(cause);
  });
  const failures = findGateFailures(facts, expectation, loadBundledFonts().postScriptNames);
  if (failures.length === 0) return facts.pages.length;
  throw new IlmoError(
    "documentGateFailed",
    `Expected a paper that passes every gate; it failed: ${failures.join(", ")}. Check the person's data and the templates.`,
    {
      context: { gates: failures.join(","), pages: facts.pages.length },
    },
  );
}
