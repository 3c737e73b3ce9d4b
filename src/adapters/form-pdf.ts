import { createHash } from "node:crypto";
import { PDFDocument } from "@cantoo/pdf-lib";
import { IlmoError } from "../errors.ts";
import { buildFormTemplate, type LayoutOptions } from "../forms/build-form-template.ts";
import type { FormSource, FormSourcePage } from "../forms/form-source.ts";
import type { FormTemplate } from "../model/form-layout.ts";
import type { GreyRaster } from "../model/page.ts";
import { toUnfilledPdf } from "./form-pdf-blank.ts";
import { readPageCodes } from "./form-pdf-codes.ts";
import { mapPdfPages, type PdfPage, type ToMm } from "./form-pdf-engine.ts";
import { listWidgets } from "./form-pdf-widgets.ts";

/** Resolution of the blank form's own ink, see `FormTemplate`. */
const BLANK_DPI = 200;

/** What the maker of PDF says of a file that does not open with the empty password. */
const LOCKED = /password/i;

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
    const isLocked = cause instanceof Error && LOCKED.test(cause.message);
    const came = isLocked
      ? "this one is protected by a password. Save it without protection and retry."
      : "this file cannot be opened as a PDF. Save the form again and retry.";
    throw new IlmoError("layoutInvalid", `Expected a blank fillable PDF; ${came}`, { cause });
  }
}

/** A damaged information dictionary or catalog only costs the form its name or its language. */
function statedOrNothing(read: () => string | undefined): string | undefined {
  try {
    return read()?.trim() || undefined;
  } catch {
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

type RawPage = Omit<FormSourcePage, "barcodes" | "blank"> & { readonly toMm: ToMm };

function unreadable(): IlmoError {
  return new IlmoError("layoutInvalid", "Expected a blank fillable PDF; its pages cannot be drawn. Save the form again and retry.");
}

/** The engine throws bare numbers at some damaged files. */
async function mapPages<T>(bytes: Uint8Array, use: (page: PdfPage) => T): Promise<T[] | undefined> {
  try {
    return await mapPdfPages(bytes, use);
  } catch {
    return undefined;
  }
}

async function readPages(bytes: Uint8Array): Promise<RawPage[]> {
  const pages = await mapPages(bytes, (page) => ({
    pageNumber: page.pageNumber,
    widthMm: page.widthMm,
    heightMm: page.heightMm,
    words: page.words(),
    toMm: page.toMm,
  }));
  if (pages !== undefined && pages.length > 0) return pages;
  throw unreadable();
}

/** Widgets add boxes to the page; their white grounds, which viewers draw over printed boxes, take nothing away. */
function darkest(page: GreyRaster, widgets: GreyRaster | undefined): GreyRaster {
  if (widgets === undefined || widgets.data.length !== page.data.length) return page;
  return { ...page, data: page.data.map((value, at) => Math.min(value, widgets.data[at] ?? 255)) };
}

async function drawBlanks(bytes: Uint8Array, unfilled: Uint8Array | undefined): Promise<GreyRaster[]> {
  const draw = (from: Uint8Array): Promise<GreyRaster[] | undefined> => mapPages(from, (page) => page.renderGrey(BLANK_DPI));
  const blanks = await draw(bytes);
  if (blanks === undefined) throw unreadable();
  const withWidgets = unfilled === undefined ? undefined : await draw(unfilled);
  return blanks.map((blank, index) => darkest(blank, withWidgets?.[index]));
}

/**
 * Returns a blank fillable PDF as plain values: widgets, printed words, ink, codes.
 *
 * @throws layoutInvalid when the file is no readable PDF
 */
export async function parseFormSource(bytes: Uint8Array): Promise<FormSource> {
  const document = await openDocument(bytes);
  const title = statedOrNothing(() => document.getTitle());
  const statedLanguage = statedOrNothing(() => document.getLanguage());
  const raw = await readPages(bytes);
  const widgets = widgetsOrFault(
    document,
    raw.map((page) => page.toMm),
  );
  const blanks = await drawBlanks(bytes, widgets.length === 0 ? undefined : await toUnfilledPdf(document));
  const pages: FormSourcePage[] = [];
  for (const [index, { toMm: _, ...page }] of raw.entries()) {
    const blank = blanks[index];
    if (blank !== undefined) pages.push({ ...page, blank, barcodes: await readPageCodes(blank) });
  }
  return {
    title,
    statedLanguage,
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
