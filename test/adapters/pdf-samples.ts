import { PDFDocument, PDFName, type PDFPage, PDFRawStream, PDFString, StandardFonts } from "@cantoo/pdf-lib";
import { openSample, type SamplePicture } from "./picture-samples.ts";
import { toGroup4Page } from "./tiff-samples.ts";

export const A4_PT = { width: 595.276, height: 841.89 };

async function placeWhole(document: PDFDocument, page: PDFPage, image: PDFRawStream): Promise<void> {
  const { width, height } = page.getSize();
  page.node.setXObject(PDFName.of("Scan"), document.context.register(image));
  const content = document.context.stream(`q ${width} 0 0 ${height} 0 0 cm /Scan Do Q`);
  page.node.set(PDFName.of("Contents"), document.context.obj([document.context.register(content)]));
}

/** A page that is one JPEG, as office scanners write it. */
export async function addJpegPage(document: PDFDocument, picture: SamplePicture, rotate = 0): Promise<void> {
  const page = document.addPage([A4_PT.width, A4_PT.height]);
  const jpeg = await openSample(picture).jpeg({ quality: 95 }).toBuffer();
  const dict = document.context.obj({
    Type: "XObject",
    Subtype: "Image",
    Width: picture.widthPx,
    Height: picture.heightPx,
    ColorSpace: "DeviceGray",
    BitsPerComponent: 8,
    Filter: "DCTDecode",
  });
  await placeWhole(document, page, PDFRawStream.of(dict, new Uint8Array(jpeg)));
  if (rotate !== 0) page.node.set(PDFName.of("Rotate"), document.context.obj(rotate));
}

/** A page that is one Group 4 picture. */
export async function addGroup4Page(document: PDFDocument, picture: SamplePicture): Promise<void> {
  const page = document.addPage([A4_PT.width, A4_PT.height]);
  const { data, photometric } = await toGroup4Page(picture);
  const dict = document.context.obj({
    Type: "XObject",
    Subtype: "Image",
    Width: picture.widthPx,
    Height: picture.heightPx,
    ColorSpace: "DeviceGray",
    BitsPerComponent: 1,
    Filter: "CCITTFaxDecode",
    DecodeParms: { K: -1, Columns: picture.widthPx, Rows: picture.heightPx, BlackIs1: photometric === 1 },
  });
  await placeWhole(document, page, PDFRawStream.of(dict, data));
}

/** A live form with text, ticks and a choice whose boxes are named by index (/Opt), on two pages. */
export async function buildLiveForm(): Promise<PDFDocument> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  const [first, second] = [document.addPage([A4_PT.width, A4_PT.height]), document.addPage([A4_PT.width, A4_PT.height])];
  const form = document.getForm();
  const at = (y: number) => ({ x: 50, y, width: 200, height: 18, font });
  const surname = form.createTextField("surname");
  surname.addToPage(first, at(700));
  surname.setText("Ääkkönen-Öberg");
  form.createTextField("formerNames").addToPage(first, at(670));
  form.createCheckBox("fullTimeWork").addToPage(second, { x: 50, y: 640, width: 14, height: 14 });
  form.getCheckBox("fullTimeWork").check();
  form.createCheckBox("partTimeOnly").addToPage(second, { x: 50, y: 610, width: 14, height: 14 });
  const language = form.createRadioGroup("sessionLanguage");
  for (const [index, option] of ["ar", "so", "other"].entries()) {
    language.addOptionToPage(option, second, { x: 50 + index * 40, y: 580, width: 14, height: 14 });
  }
  language.select("so");
  form.createRadioGroup("sex").addOptionToPage("male", second, { x: 50, y: 550, width: 14, height: 14 });
  return document;
}

/** Sets the stored value of a field and leaves what its box shows as it is. */
export function overwriteStoredValue(document: PDFDocument, field: string, value: PDFName | PDFString): void {
  document.getForm().getField(field).acroField.dict.set(PDFName.of("V"), value);
}

/** A file as LiveCycle writes dynamic forms: a "please wait" page and XFA packets. */
export async function buildDynamicXfa(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  document.addPage([A4_PT.width, A4_PT.height]).drawText("Please wait...", { x: 50, y: 700, font });
  const packet = document.context.register(document.context.stream("<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>"));
  const acroForm = document.context.obj({ Fields: [], XFA: [PDFString.of("xdp"), packet] });
  document.catalog.set(PDFName.of("AcroForm"), acroForm);
  document.catalog.set(PDFName.of("NeedsRendering"), document.context.obj(true));
  return document.save();
}
