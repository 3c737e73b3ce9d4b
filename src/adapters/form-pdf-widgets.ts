import {
  PDFCheckBox,
  PDFDict,
  type PDFDocument,
  PDFDropdown,
  type PDFField,
  PDFHexString,
  PDFName,
  PDFOptionList,
  type PDFPage,
  PDFRadioGroup,
  PDFSignature,
  PDFString,
  PDFTextField,
  type PDFWidgetAnnotation,
} from "@cantoo/pdf-lib";
import type { FormWidget } from "../forms/form-source.ts";
import { rectFromCorners, type ToMm } from "./form-pdf-engine.ts";

const FLAG_HIDDEN = 1 << 1;
const FLAG_NO_VIEW = 1 << 5;
/** A widget thinner than this cannot be written into: it carries a script or a hidden value. */
const MIN_SIDE_MM = 1;

function tooltipOf(field: PDFField): string | undefined {
  const value = field.acroField.dict.lookup(PDFName.of("TU"));
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : undefined;
}

/** Returns the 0-based page of a widget, -1 when it stands on none. Reads only the document. */
export function pageIndexOf(pages: readonly PDFPage[], widget: PDFWidgetAnnotation): number {
  const stated = widget.P();
  const byReference = pages.findIndex((page) => page.ref === stated);
  if (byReference >= 0) return byReference;
  return pages.findIndex((page) => {
    const annotations = page.node.Annots();
    if (annotations === undefined) return false;
    for (let index = 0; index < annotations.size(); index += 1) if (annotations.lookupMaybe(index, PDFDict) === widget.dict) return true;
    return false;
  });
}

function isVisible(widget: PDFWidgetAnnotation): boolean {
  const flags = widget.getFlags();
  return (flags & FLAG_HIDDEN) === 0 && (flags & FLAG_NO_VIEW) === 0;
}

/** Radio on-states are often plain indexes: the names stand in /Opt then. */
function optionOf(field: PDFRadioGroup | PDFCheckBox, widget: PDFWidgetAnnotation, index: number): string {
  const state = widget.getOnValue()?.decodeText() ?? String(index);
  if (!/^\d+$/.test(state)) return state;
  const names = field.acroField.getExportValues();
  return names?.[Number(state)]?.decodeText() ?? state;
}

type Shape = Pick<FormWidget, "kind" | "multiline" | "maxLength" | "isComb" | "choices">;

/** A list that takes other text too, or several at once, does not say what its value is. */
function choicesOf(field: PDFDropdown | PDFOptionList): Pick<Shape, "choices"> {
  const isOpen = field.isMultiselect() || (field instanceof PDFDropdown && field.isEditable());
  const offered = field.getOptions().filter((option) => option.trim() !== "");
  return isOpen || offered.length === 0 ? {} : { choices: offered };
}

function shapeOf(field: PDFField, widgets: readonly PDFWidgetAnnotation[]): Shape | undefined {
  if (field instanceof PDFRadioGroup) return { kind: "choice", multiline: false };
  if (field instanceof PDFCheckBox) {
    const states = new Set(widgets.map((widget) => widget.getOnValue()?.decodeText()));
    return { kind: states.size > 1 ? "choice" : "tick", multiline: false };
  }
  if (field instanceof PDFSignature) return { kind: "signature", multiline: false };
  if (field instanceof PDFDropdown || field instanceof PDFOptionList) return { kind: "text", multiline: false, ...choicesOf(field) };
  if (!(field instanceof PDFTextField)) return undefined;
  const maxLength = field.getMaxLength();
  const isLimited = maxLength !== undefined && maxLength >= 1;
  return {
    kind: "text",
    multiline: field.isMultiline(),
    ...(isLimited ? { maxLength } : {}),
    ...(isLimited && field.isCombed() ? { isComb: true } : {}),
  };
}

function widgetsOf(field: PDFField, pages: readonly PDFPage[], transforms: readonly ToMm[]): FormWidget[] {
  const all = field.acroField.getWidgets();
  const shape = shapeOf(field, all);
  if (shape === undefined) return [];
  const tooltip = tooltipOf(field);
  const found: FormWidget[] = [];
  for (const [index, widget] of all.entries()) {
    const pageIndex = pageIndexOf(pages, widget);
    const toMm = transforms[pageIndex];
    if (toMm === undefined || !isVisible(widget)) continue;
    const { x, y, width, height } = widget.getRectangle();
    const rect = rectFromCorners(toMm, x, y, x + width, y + height);
    if (rect.width < MIN_SIDE_MM || rect.height < MIN_SIDE_MM) continue;
    const isButton = field instanceof PDFRadioGroup || field instanceof PDFCheckBox;
    const option = shape.kind === "choice" && isButton ? { option: optionOf(field, widget, index) } : {};
    const name = field.getName();
    found.push({ name, ...shape, ...option, pageNumber: pageIndex + 1, rect, ...(tooltip === undefined ? {} : { tooltip }) });
  }
  return found;
}

/** Returns the places of a PDF that can be filled in and seen, in the form's own order. Reads only `document`. */
export function listWidgets(document: PDFDocument, transforms: readonly ToMm[]): FormWidget[] {
  const pages = document.getPages();
  return document
    .getForm()
    .getFields()
    .flatMap((field) => widgetsOf(field, pages, transforms));
}
