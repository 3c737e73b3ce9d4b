import {
  type PDFDict,
  type PDFDocument,
  type PDFForm,
  PDFName,
  PDFNumber,
  type PDFPage,
  type PDFRef,
  type PDFWidgetAnnotation,
} from "@cantoo/pdf-lib";
import type { PlacedField } from "../forms/place-form.ts";
import { toPt } from "./form-print-page.ts";
import { type StructureTree, setTooltip, type Tag } from "./form-print-tags.ts";

const FLAG_PRINT = 4;
/** Invisible widgets: the boxes are printed on the page itself. */
const BARE = { backgroundColor: undefined, borderColor: undefined, borderWidth: 0 } as unknown as { borderWidth: number };

/** Share of a tick box's side that the cross leaves free on each side. */
const CROSS_INSET = 0.18;
const CROSS_PT = 1.2;

function appearanceOf(document: PDFDocument, content: string, widthPt: number, heightPt: number): PDFRef {
  const about = { Type: "XObject", Subtype: "Form", BBox: [0, 0, widthPt, heightPt], Resources: {} };
  return document.context.register(document.context.stream(content, about));
}

/** An empty appearance: no font is needed to draw nothing. */
function clearAppearance(document: PDFDocument, widget: PDFDict, widthPt: number, heightPt: number): void {
  widget.set(PDFName.of("AP"), document.context.obj({ N: appearanceOf(document, "", widthPt, heightPt) }));
}

/** A cross when ticked, nothing otherwise: the box itself is printed and must stay visible. */
function setCross(document: PDFDocument, widget: PDFWidgetAnnotation): void {
  const onState = widget.getOnValue();
  if (onState === undefined) return;
  const { width, height } = widget.getRectangle();
  const [left, right, low, high] = [width * CROSS_INSET, width * (1 - CROSS_INSET), height * CROSS_INSET, height * (1 - CROSS_INSET)];
  const cross = `q ${CROSS_PT} w 1 J ${left} ${low} m ${right} ${high} l S ${left} ${high} m ${right} ${low} l S Q`;
  const states = document.context.obj({});
  states.set(onState, appearanceOf(document, cross, width, height));
  states.set(PDFName.of("Off"), appearanceOf(document, "", width, height));
  widget.dict.set(PDFName.of("AP"), document.context.obj({ N: states }));
  widget.dict.set(PDFName.of("AS"), PDFName.of("Off"));
}

interface Target {
  readonly document: PDFDocument;
  readonly form: PDFForm;
  readonly page: PDFPage;
  readonly tree: StructureTree;
  readonly section: Tag;
}

function addTextField({ document, form, page }: Target, placed: PlacedField): PDFDict[] {
  const zone = placed.places[0]?.zone;
  if (zone === undefined) return [];
  const field = form.createTextField(placed.field);
  const rect = toPt(page, zone.rect);
  if (zone.multiline) field.enableMultiline();
  if (zone.maxLength !== undefined) field.setMaxLength(zone.maxLength);
  field.addToPage(page, { ...rect, ...BARE });
  if (!zone.multiline) field.setFontSize(0);
  setTooltip(field.acroField.dict, placed.tooltip);
  const widgets = field.acroField.getWidgets().map((widget) => widget.dict);
  for (const widget of widgets) clearAppearance(document, widget, rect.width, rect.height);
  return widgets;
}

function addTick({ document, form, page }: Target, placed: PlacedField): PDFDict[] {
  const field = form.createCheckBox(placed.field);
  for (const { zone } of placed.places) field.addToPage(page, { ...toPt(page, zone.rect), ...BARE });
  setTooltip(field.acroField.dict, placed.tooltip);
  const widgets = field.acroField.getWidgets();
  for (const widget of widgets) setCross(document, widget);
  return widgets.map((widget) => widget.dict);
}

function addChoice({ document, form, page }: Target, placed: PlacedField): PDFDict[] {
  const field = form.createRadioGroup(placed.field);
  for (const { zone } of placed.places) field.addOptionToPage(zone.option ?? "", page, { ...toPt(page, zone.rect), ...BARE });
  setTooltip(field.acroField.dict, placed.tooltip);
  const widgets = field.acroField.getWidgets();
  for (const [index, widget] of widgets.entries()) {
    setCross(document, widget);
    setTooltip(widget.dict, placed.places[index]?.tooltip ?? placed.tooltip);
  }
  return widgets.map((widget) => widget.dict);
}

/** Adds the AcroForm field of a placed field and tags its widgets. The signature gets none: it is ink. */
export function addWidgets(target: Target, placed: PlacedField): void {
  const kind = placed.places[0]?.zone.kind;
  if (kind === undefined || kind === "signature") return;
  const add = { text: addTextField, tick: addTick, choice: addChoice }[kind];
  for (const widget of add(target, placed)) {
    widget.set(PDFName.of("F"), PDFNumber.of(FLAG_PRINT));
    target.tree.addWidget(target.page, widget, target.section);
  }
}
