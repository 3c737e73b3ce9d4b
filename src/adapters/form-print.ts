import { PDFDocument, type PDFPage } from "@cantoo/pdf-lib";
import {
  formTitle,
  listFormZones,
  MARK_CENTRES_MM,
  PAGE_MM,
  type PlacedPage,
  type PlacedSection,
  placeForm,
  textIn,
} from "../forms/place-form.ts";
import { FORM_CODE, FORM_TEXTS, FORM_VERSION } from "../forms/registration-form.ts";
import type { FormLanguage } from "../forms/registration-form-labels.ts";
import type { FormTemplate } from "../model/form-layout.ts";
import { writeDataMatrix } from "./barcode-write.ts";
import { parseFormLayout } from "./form-pdf.ts";
import { embedPrintFonts, type PrintFonts } from "./form-print-fonts.ts";
import { drawBar, drawCell, drawCode, drawMarks, drawRule, drawTickBox, drawWords, wrapWords } from "./form-print-page.ts";
import { StructureTree, stateDocument, type Tag } from "./form-print-tags.ts";
import { addWidgets } from "./form-print-widgets.ts";

const PT_PER_MM = 72 / 25.4;
/** Beside the top right mark. 18 modules of 0.83 mm: at 0.72 mm one page in four was not read at 72 dpi. */
const CODE_MM = { x: 172.5, y: 13, width: 15, height: 15 } as const;
const OFFICE_BOX_MM = { x: 118, y: 15, width: 50, height: 13.6 } as const;
const HEAD_LEFT_MM = 23;
const FOOTER_Y_MM = 280.8;
const INSTRUCTION_PT = 7.4;

/** The office's particulars that the head and the foot print. */
export interface FormOffice {
  readonly name: string;
  readonly unit: string;
  readonly street: string;
  readonly postal: string;
}

const DEFAULT_OFFICE: FormOffice = {
  name: "Työ- ja elinkeinotoimisto",
  unit: "Uusimaa",
  street: "Ratapihantie 7",
  postal: "00520 Helsinki",
};

export interface PrintOptions {
  readonly office?: FormOffice;
}

interface Sheet {
  readonly document: PDFDocument;
  readonly page: PDFPage;
  readonly fonts: PrintFonts;
  readonly tree: StructureTree;
  readonly language: FormLanguage;
  readonly office: FormOffice;
  readonly pageNumber: number;
  readonly pageCount: number;
}

const line = (text: string, x: number, y: number, sizePt: number, isBold = false, maxWidthMm = 90) => ({
  text,
  x,
  y,
  sizePt,
  isBold,
  maxWidthMm,
});

function drawOfficeBox({ page, fonts, language }: Sheet): void {
  const { x, y } = OFFICE_BOX_MM;
  drawCell(page, OFFICE_BOX_MM);
  drawWords(page, fonts, line(textIn(FORM_TEXTS.officeUse, language), x + 1.2, y + 2.9, 6.4, false, 48));
  drawWords(page, fonts, line(textIn(FORM_TEXTS.received, language), x + 1.2, y + 7.4, 6.4, false, 15));
  drawWords(page, fonts, line(textIn(FORM_TEXTS.reference, language), x + 1.2, y + 12.2, 6.4, false, 15));
  drawRule(page, { x: x + 16, y: y + 7.7 }, x + 49);
  drawRule(page, { x: x + 16, y: y + 12.5 }, x + 49);
}

function drawFirstHead(sheet: Sheet): void {
  const { page, fonts, tree, language, office } = sheet;
  tree.drawArtifact(page, () => drawOfficeBox(sheet));
  const head = tree.add("P", page);
  tree.draw(page, head, "P", () => {
    drawWords(page, fonts, line(office.name.toLocaleUpperCase("fi"), HEAD_LEFT_MM, 18, 9.5, true));
    drawWords(page, fonts, line(office.unit, HEAD_LEFT_MM, 22.4, 9));
  });
  const title = tree.add("H1", page);
  tree.draw(page, title, "H1", () => drawWords(page, fonts, line(formTitle(language), 15, 34.5, 15, true, 157)));
  const about = tree.add("P", page);
  tree.draw(page, about, "P", () => drawWords(page, fonts, line(textIn(FORM_TEXTS.subtitle, language), 15, 39.2, 9, false, 150)));
  const instructions = tree.add("P", page);
  tree.draw(page, instructions, "P", () => {
    const lines = wrapWords(fonts, textIn(FORM_TEXTS.instructions, language), INSTRUCTION_PT, 180);
    for (const [index, text] of lines.entries()) drawWords(page, fonts, line(text, 15, 44 + index * 3.3, INSTRUCTION_PT, false, 181));
  });
}

function drawLaterHead({ page, fonts, tree, language }: Sheet): void {
  tree.drawArtifact(page, () => drawWords(page, fonts, line(formTitle(language), HEAD_LEFT_MM, 19, 10, true, 120)));
}

function drawFurniture(sheet: Sheet, code: Awaited<ReturnType<typeof writeDataMatrix>>): void {
  const { page, fonts, tree, language, office, pageNumber, pageCount } = sheet;
  tree.drawArtifact(page, () => {
    drawMarks(page);
    drawCode(page, code, CODE_MM);
    drawWords(page, fonts, line(`${FORM_CODE} ${language} ${FORM_VERSION}`, HEAD_LEFT_MM, FOOTER_Y_MM, 7, false, 40));
    drawWords(page, fonts, line(`${office.street}, ${office.postal}`, 80, FOOTER_Y_MM, 7, false, 70));
    drawWords(page, fonts, line(`${pageNumber} (${pageCount})`, 178, FOOTER_Y_MM, 8, false, 10));
  });
}

function drawSection(sheet: Sheet, section: PlacedSection): void {
  const { document, page, fonts, tree } = sheet;
  tree.drawArtifact(page, () => {
    drawBar(page, section.bar);
    const headBottom = section.columnHeads[0] === undefined ? 0 : section.columnHeads[0].y + 2;
    for (const cell of section.cells) {
      const isHead = section.columnHeads.length > 0 && cell.y + cell.height <= headBottom && cell.height < 5;
      if (isHead) drawBar(page, cell, true);
      else drawCell(page, cell);
    }
    for (const field of section.fields)
      for (const { zone } of field.places) if (zone.kind === "tick" || zone.kind === "choice") drawTickBox(page, zone.rect);
  });
  const node: Tag = tree.add("Sect", page);
  const words = (name: "H2" | "P", text: Parameters<typeof drawWords>[2]): void =>
    tree.draw(page, tree.add(name, page, node), name, () => drawWords(page, fonts, text));
  words("H2", section.heading);
  if (section.note !== undefined) words("P", section.note);
  for (const head of section.columnHeads) words("P", head);
  for (const field of section.fields) {
    if (field.label !== undefined) words("P", field.label);
    addWidgets({ document, form: document.getForm(), page, tree, section: node }, field);
    for (const place of field.places) if (place.words !== undefined) words("P", place.words);
  }
}

function drawPage(sheet: Sheet, placed: PlacedPage, code: Awaited<ReturnType<typeof writeDataMatrix>>): void {
  drawFurniture(sheet, code);
  if (placed.pageNumber === 1) drawFirstHead(sheet);
  else drawLaterHead(sheet);
  for (const section of placed.sections) drawSection(sheet, section);
}

/**
 * Returns the office's own registration form as a fillable, tagged A4 PDF with corner marks and a DataMatrix code on each page.
 *
 * Reads only the bundled fonts and engines; the same options give the same bytes.
 *
 * @throws layoutInvalid when a label does not fit its cell
 */
export async function printRegistrationForm(language: FormLanguage, options: PrintOptions = {}): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  stateDocument(document, { title: `${formTitle(language)} (${FORM_CODE} ${language} ${FORM_VERSION})`, language, creator: "ilmo" });
  const fonts = await embedPrintFonts(document);
  const pages = placeForm(language);
  const sheets = pages.map(() => document.addPage([PAGE_MM.width * PT_PER_MM, PAGE_MM.height * PT_PER_MM]));
  const tree = new StructureTree(document);
  const office = options.office ?? DEFAULT_OFFICE;
  for (const [index, placed] of pages.entries()) {
    const page = sheets[index];
    if (page === undefined) continue;
    const code = await writeDataMatrix(`${FORM_CODE}/${language}/${FORM_VERSION}/${placed.pageNumber}`);
    drawPage({ document, page, fonts, tree, language, office, pageNumber: placed.pageNumber, pageCount: pages.length }, placed, code);
  }
  tree.finish();
  return document.save({ updateFieldAppearances: false });
}

/** Returns the own form's template: words and ink as printed, zones and marks from the definition. */
export async function loadOwnTemplate(language: FormLanguage, options: PrintOptions = {}): Promise<FormTemplate> {
  const { layout, blanks } = await parseFormLayout(await printRegistrationForm(language, options));
  const pages = layout.pages.map((page) => ({ ...page, marks: [...MARK_CENTRES_MM] }));
  return { layout: { ...layout, pages, zones: listFormZones(language) }, blanks };
}
