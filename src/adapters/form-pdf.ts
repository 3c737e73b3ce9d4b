import { createHash } from "node:crypto";
import { PDFDocument } from "@cantoo/pdf-lib";
import { IlmoError } from "../errors.ts";
import { buildFormTemplate, type LayoutOptions } from "../forms/build-form-template.ts";
import type { FormSource, FormSourcePage } from "../forms/form-source.ts";
import type { FormTemplate } from "../model/form-layout.ts";
import { readPageCodes } from "./form-pdf-codes.ts";
import { mapPdfPages, type ToMm } from "./form-pdf-engine.ts";
import { listWidgets } from "./form-pdf-widgets.ts";

/** Resolution of the blank form's own ink, see `FormTemplate`. */
const BLANK_DPI = 200;

async function openDocument(bytes: Uint8Array): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(bytes, {
      password: "",
      updateMetadata: false,
      throwOnInvalidObject: false,
      preserveXFA: true,
      warnOnInvalidObjects: false,
    });
  } catch (cause) {
    throw new IlmoError(
      "layoutInvalid",
      "Expected a blank fillable PDF; this file cannot be opened as a PDF. Save the form again and retry.",
      {
        cause,
      },
    );
  }
}

function titleOf(document: PDFDocument): string | undefined {
  try {
    return document.getTitle()?.trim() || undefined;
  } catch {
    // A damaged information dictionary only costs the form its name.
    return undefined;
  }
}

function widgetsOrFault(document: PDFDocument, transforms: readonly ToMm[]): FormSource["widgets"] {
  try {
    return listWidgets(document, transforms);
  } catch (cause) {
    throw new IlmoError("layoutInvalid", "Expected a PDF with an AcroForm; its fields are damaged. Save the form again and retry.", {
      cause,
    });
  }
}

type RawPage = Omit<FormSourcePage, "barcodes"> & { readonly toMm: ToMm };

async function readPages(bytes: Uint8Array): Promise<RawPage[]> {
  const pages = await mapPdfPages(bytes, (page) => ({
    pageNumber: page.pageNumber,
    widthMm: page.widthMm,
    heightMm: page.heightMm,
    words: page.words(),
    blank: page.renderGrey({ dpi: BLANK_DPI, annotations: false }),
    toMm: page.toMm,
  }));
  if (pages !== undefined && pages.length > 0) return pages;
  throw new IlmoError("layoutInvalid", "Expected a blank fillable PDF; its pages cannot be drawn. Save the form again and retry.");
}

/**
 * Returns a blank fillable PDF as plain values: widgets, printed words, ink, codes.
 *
 * @throws layoutInvalid when the file is no readable PDF
 */
export async function parseFormSource(bytes: Uint8Array): Promise<FormSource> {
  const document = await openDocument(bytes);
  const raw = await readPages(bytes);
  const widgets = widgetsOrFault(
    document,
    raw.map((page) => page.toMm),
  );
  const pages: FormSourcePage[] = [];
  for (const { toMm: _, ...page } of raw) pages.push({ ...page, barcodes: await readPageCodes(page.blank) });
  return {
    title: titleOf(document),
    statedLanguage: document.getLanguage(),
    sha256: createHash("sha256").update(bytes).digest("hex"),
    widgets,
    pages,
  };
}

/**
 * Returns the layout of a blank fillable PDF with the form's own ink.
 *
 * @throws layoutInvalid when the file is no readable PDF or has nothing to fill in
 */
export async function parseFormLayout(bytes: Uint8Array, options: LayoutOptions = {}): Promise<FormTemplate> {
  return buildFormTemplate(await parseFormSource(bytes), options);
}
