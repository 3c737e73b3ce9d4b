import {
  concatTransformationMatrix,
  drawObject,
  PDFArray,
  PDFCheckBox,
  PDFDict,
  type PDFDocument,
  PDFDropdown,
  type PDFField,
  PDFName,
  PDFNumber,
  PDFOptionList,
  type PDFPage,
  PDFRadioGroup,
  PDFRef,
  PDFStream,
  PDFTextField,
  type PDFWidgetAnnotation,
  popGraphicsState,
  pushGraphicsState,
} from "@cantoo/pdf-lib";
import { pageIndexOf } from "./form-pdf-widgets.ts";

const OFF = PDFName.of("Off");

function clearValue(document: PDFDocument, field: PDFField): void {
  const font = (): ReturnType<ReturnType<PDFDocument["getForm"]>["getDefaultFont"]> => document.getForm().getDefaultFont();
  if (field instanceof PDFTextField && (field.getText() ?? "") !== "") {
    field.setText(undefined);
    field.defaultUpdateAppearances(font());
  } else if ((field instanceof PDFDropdown || field instanceof PDFOptionList) && field.getSelected().length > 0) {
    field.clear();
    field.defaultUpdateAppearances(font());
  }
}

/** Frameless widgets say width 0, which viewers still draw as a hairline over the printed box. */
function isFrameless(widget: PDFWidgetAnnotation): boolean {
  const look = widget.getAppearanceCharacteristics();
  return widget.getBorderStyle()?.getWidth() === 0 && look?.getBorderColor() === undefined && look?.getBackgroundColor() === undefined;
}

const FLAG_HIDDEN = 1 << 1;
const FLAG_PRINT = 1 << 2;

/** Buttons that only the screen shows ("Print form") and hidden fields are not on the paper. */
function isUnprinted(widget: PDFWidgetAnnotation): boolean {
  const flags = widget.getFlags();
  return (flags & FLAG_HIDDEN) !== 0 || (flags !== 0 && (flags & FLAG_PRINT) === 0);
}

/** The picture of an empty text box or an unticked box; undefined when the widget has none. */
function pictureOf(document: PDFDocument, field: PDFField, widget: PDFWidgetAnnotation): PDFRef | undefined {
  const appearance = widget.dict.lookup(PDFName.of("AP"));
  const normal = appearance instanceof PDFDict ? appearance.get(PDFName.of("N")) : undefined;
  const isBox = field instanceof PDFCheckBox || field instanceof PDFRadioGroup;
  const picture = isBox && document.context.lookup(normal) instanceof PDFDict ? document.context.lookup(normal, PDFDict).get(OFF) : normal;
  return picture instanceof PDFRef && document.context.lookup(picture) instanceof PDFStream ? picture : undefined;
}

type Matrix = [a: number, b: number, c: number, d: number, e: number, f: number];

function numbersOf(picture: PDFStream, key: string): number[] {
  const stored = picture.dict.lookup(PDFName.of(key));
  return stored instanceof PDFArray ? stored.asArray().map((_, index) => stored.lookup(index, PDFNumber).asNumber()) : [];
}

/** Lays a picture's box, turned as the picture says, into the widget's rectangle. @see ISO 32000-1, 12.5.5 */
function placeOf(picture: PDFStream, widget: PDFWidgetAnnotation): Matrix {
  const { x, y, width, height } = widget.getRectangle();
  const [left = 0, bottom = 0, right = width, top = height] = numbersOf(picture, "BBox");
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbersOf(picture, "Matrix");
  const corners = [
    [left, bottom],
    [right, bottom],
    [left, top],
    [right, top],
  ].map(([u = 0, v = 0]) => ({ x: a * u + c * v + e, y: b * u + d * v + f }));
  const [minX, maxX] = [Math.min(...corners.map((corner) => corner.x)), Math.max(...corners.map((corner) => corner.x))];
  const [minY, maxY] = [Math.min(...corners.map((corner) => corner.y)), Math.max(...corners.map((corner) => corner.y))];
  const scaleX = maxX > minX ? width / (maxX - minX) : 1;
  const scaleY = maxY > minY ? height / (maxY - minY) : 1;
  return [scaleX, 0, 0, scaleY, x - scaleX * minX, y - scaleY * minY];
}

function stampOnto(document: PDFDocument, page: PDFPage, picture: PDFRef, widget: PDFWidgetAnnotation): void {
  const place = placeOf(document.context.lookup(picture, PDFStream), widget);
  const name = page.node.newXObject("Widget", picture);
  page.pushOperators(pushGraphicsState(), concatTransformationMatrix(...place), drawObject(name), popGraphicsState());
}

/** Draws the boxes of one field; a field too odd to be emptied is left out, so that no value of it becomes print. */
function stampField(document: PDFDocument, pages: readonly PDFPage[], field: PDFField): void {
  try {
    clearValue(document, field);
  } catch {
    return;
  }
  for (const widget of field.acroField.getWidgets()) {
    const page = pages[pageIndexOf(pages, widget)];
    const picture = isFrameless(widget) || isUnprinted(widget) ? undefined : pictureOf(document, field, widget);
    if (page !== undefined && picture !== undefined) stampOnto(document, page, picture, widget);
  }
}

/**
 * Returns the form as it comes out of a printer before anyone has filled it in: no values, but the boxes that only its widgets draw,
 * all of it page content, no fields.
 *
 * Undefined when the form is too damaged to be redrawn. Changes `document`.
 */
export async function toUnfilledPdf(document: PDFDocument): Promise<Uint8Array | undefined> {
  try {
    const pages = document.getPages();
    for (const field of document.getForm().getFields()) stampField(document, pages, field);
    for (const page of pages) page.node.delete(PDFName.of("Annots"));
    document.catalog.delete(PDFName.of("AcroForm"));
    return await document.save({ updateFieldAppearances: false });
  } catch {
    // Such a form is drawn as its pages alone.
    return undefined;
  }
}
