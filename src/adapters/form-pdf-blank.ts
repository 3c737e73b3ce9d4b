import {
  drawObject,
  PDFCheckBox,
  PDFDict,
  type PDFDocument,
  PDFDropdown,
  type PDFField,
  PDFName,
  PDFOptionList,
  type PDFPage,
  PDFRadioGroup,
  PDFRef,
  PDFStream,
  PDFTextField,
  type PDFWidgetAnnotation,
  popGraphicsState,
  pushGraphicsState,
  translate,
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

/** The picture of an empty text box or an unticked box; undefined when the widget has none. */
function pictureOf(document: PDFDocument, field: PDFField, widget: PDFWidgetAnnotation): PDFRef | undefined {
  const appearance = widget.dict.lookup(PDFName.of("AP"));
  const normal = appearance instanceof PDFDict ? appearance.get(PDFName.of("N")) : undefined;
  const isBox = field instanceof PDFCheckBox || field instanceof PDFRadioGroup;
  const picture = isBox && document.context.lookup(normal) instanceof PDFDict ? document.context.lookup(normal, PDFDict).get(OFF) : normal;
  return picture instanceof PDFRef && document.context.lookup(picture) instanceof PDFStream ? picture : undefined;
}

function stampOnto(page: PDFPage, picture: PDFRef, widget: PDFWidgetAnnotation): void {
  const { x, y } = widget.getRectangle();
  const name = page.node.newXObject("Widget", picture);
  page.pushOperators(pushGraphicsState(), translate(x, y), drawObject(name), popGraphicsState());
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
    for (const field of document.getForm().getFields()) {
      clearValue(document, field);
      for (const widget of field.acroField.getWidgets()) {
        const page = pages[pageIndexOf(pages, widget)];
        const picture = isFrameless(widget) ? undefined : pictureOf(document, field, widget);
        if (page !== undefined && picture !== undefined) stampOnto(page, picture, widget);
      }
    }
    for (const page of pages) page.node.delete(PDFName.of("Annots"));
    document.catalog.delete(PDFName.of("AcroForm"));
    return await document.save({ updateFieldAppearances: false });
  } catch {
    // Such a form is drawn as its pages alone.
    return undefined;
  }
}
