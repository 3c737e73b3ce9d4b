import { PDFDocument, PDFName, type PDFPage, PDFString, rgb, StandardFonts } from "@cantoo/pdf-lib";
import type { RectMm } from "../../src/model/page.ts";

const PT_PER_MM = 72 / 25.4;

export interface BlankFormOptions {
  readonly footer?: string;
  readonly signatureLabel?: string;
  /** A heading bar that also holds the signature word. */
  readonly heading?: string;
  readonly title?: string;
  readonly lang?: string;
  readonly textNames?: readonly string[];
  readonly signatureBox?: RectMm;
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function toPt(page: PDFPage, rect: RectMm): Rectangle {
  return {
    x: rect.x * PT_PER_MM,
    y: page.getHeight() - (rect.y + rect.height) * PT_PER_MM,
    width: rect.width * PT_PER_MM,
    height: rect.height * PT_PER_MM,
  };
}

/** Makes a one-page A4 form: text rows from 40 mm down, one tick, one radio with index states, a signature box without a widget. */
export async function makeBlankForm(options: BlankFormOptions = {}): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  if (options.title !== undefined) document.setTitle(options.title);
  if (options.lang !== undefined) document.catalog.set(PDFName.of("Lang"), PDFString.of(options.lang));
  const page = document.addPage([210 * PT_PER_MM, 297 * PT_PER_MM]);
  const font = await document.embedFont(StandardFonts.Helvetica);
  const write = (text: string, xMm: number, yMm: number, size = 8): void =>
    page.drawText(text, { x: xMm * PT_PER_MM, y: page.getHeight() - yMm * PT_PER_MM, size, font });
  const frame = (rect: RectMm): void => page.drawRectangle({ ...toPt(page, rect), borderWidth: 0.8, borderColor: rgb(0, 0, 0) });
  const form = document.getForm();
  for (const [index, name] of (options.textNames ?? ["surname", "givenNames"]).entries()) {
    const rect = { x: 20, y: 40 + index * 12, width: 80, height: 8 };
    frame({ ...rect, y: rect.y - 3, height: 11 });
    form.createTextField(name).addToPage(page, { ...toPt(page, rect), borderWidth: 0 });
  }
  form.createCheckBox("nonDisclosure").addToPage(page, { ...toPt(page, { x: 120, y: 40, width: 4, height: 4 }), borderWidth: 0 });
  const sex = form.createRadioGroup("sex");
  sex.addOptionToPage("male", page, { ...toPt(page, { x: 120, y: 60, width: 4, height: 4 }), borderWidth: 0 });
  sex.addOptionToPage("female", page, { ...toPt(page, { x: 140, y: 60, width: 4, height: 4 }), borderWidth: 0 });
  const box = options.signatureBox ?? { x: 20, y: 200, width: 90, height: 20 };
  if (options.heading !== undefined) {
    frame({ x: 20, y: box.y - 12, width: 170, height: 6 });
    write(options.heading, 22, box.y - 7.5, 10);
  }
  frame(box);
  write(options.signatureLabel ?? "Allekirjoitus", box.x + 1, box.y + 3.5);
  if (options.footer !== undefined) write(options.footer, 20, 288);
  return document.save();
}
