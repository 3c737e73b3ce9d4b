import { fieldSpecOf } from "../model/field.ts";
import type { Zone } from "../model/form-layout.ts";
import type { RectMm } from "../model/page.ts";
import { FORM_TEXTS, type FormCell, type FormRow, type FormSection, REGISTRATION_FORM } from "./registration-form.ts";
import { FIELD_LABELS, FORM_LANGUAGES, type FormLanguage, type FormText, OPTION_LABELS } from "./registration-form-labels.ts";

export const PAGE_MM = { width: 210, height: 297 } as const;
/** Content runs between these lines; nothing but marks, code and footer lies outside. */
export const CONTENT_MM = { left: 15, right: 195, bottom: 274 } as const;
/** Scanners cut 8 mm at 4-5 degrees of skew: the outer edge of a mark lies 15 mm in. */
export const MARK_INSET_MM = 15;
export const MARK_SIDE_MM = 5;

const CONTENT_TOP_MM = [51, 30] as const;
const BAR_MM = 5.4;
const GAP_MM = 2;
const NOTE_MM = 4.4;
const HEADS_MM = 4.2;
/** Strip at a cell's top for its label. */
const LABEL_STRIP_MM = 3.9;
const CELL_PADDING_MM = 1.2;
export const TICK_MM = 4.2;
const LABEL_PT = 7;
const OPTION_PT = 8.4;
const BOLD_STATEMENT_PT = 11;
/** From a tick box to its words. */
const TICK_GAP_MM = 1.6;

/** A line of words; it must fit into `maxWidthMm`. `y` is the baseline. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly sizePt: number;
  readonly isBold: boolean;
  readonly maxWidthMm: number;
}

/** One fillable place with the words that belong to it, in reading order. */
export interface PlacedField {
  readonly field: string;
  readonly label: PlacedText | undefined;
  /** What a screen reader says. */
  readonly tooltip: string;
  /** One for text, tick and signature; one per option of a choice. */
  readonly places: readonly { readonly zone: Zone; readonly words: PlacedText | undefined; readonly tooltip: string }[];
}

export interface PlacedSection {
  readonly heading: PlacedText;
  readonly note: PlacedText | undefined;
  readonly bar: RectMm;
  readonly cells: readonly RectMm[];
  readonly columnHeads: readonly PlacedText[];
  readonly fields: readonly PlacedField[];
}

export interface PlacedPage {
  readonly pageNumber: number;
  readonly sections: readonly PlacedSection[];
}

/** Returns a text in one of the form's languages. Pure. */
export function textIn(text: FormText, language: FormLanguage): string {
  return text[FORM_LANGUAGES.indexOf(language)] ?? text[0];
}

function optionText(field: string, option: string, language: FormLanguage): string {
  const text = OPTION_LABELS[field]?.[option];
  return text === undefined ? option : textIn(text, language);
}

function labelOf(field: string, language: FormLanguage): string {
  const text = FIELD_LABELS[field];
  return text === undefined ? field : textIn(text, language);
}

type Spot = { readonly cell: FormCell; readonly rect: RectMm; readonly pageNumber: number; readonly language: FormLanguage };

function writingArea(rect: RectMm, isUnlabelled: boolean): RectMm {
  const top = isUnlabelled ? CELL_PADDING_MM : LABEL_STRIP_MM;
  return { x: rect.x + CELL_PADDING_MM, y: rect.y + top, width: rect.width - 2 * CELL_PADDING_MM, height: rect.height - top - 0.6 };
}

function placeWords(text: string, box: RectMm, right: number, sizePt: number, isBold: boolean): PlacedText {
  const x = box.x + box.width + TICK_GAP_MM;
  // A capital is about 0.71 of the size high, 0.25 mm a point: the words stand level with the middle of the box.
  const y = box.y + box.height / 2 + sizePt * 0.125;
  return { text, x, y, sizePt, isBold, maxWidthMm: right - x };
}

function placeTick({ cell, rect, pageNumber, language }: Spot): PlacedField {
  const side = cell.tickMm ?? TICK_MM;
  const box = { x: rect.x + 2, y: rect.y + (rect.height - side) / 2, width: side, height: side };
  const statement = labelOf(cell.field, language);
  const text = cell.isRequired ? `${statement} *` : statement;
  const sizePt = cell.isBold ? BOLD_STATEMENT_PT : OPTION_PT;
  const words = placeWords(text, box, rect.x + rect.width - 1, sizePt, cell.isBold === true);
  const zone: Zone = { field: cell.field, kind: "tick", pageNumber, rect: box, multiline: false };
  return { field: cell.field, label: undefined, tooltip: statement, places: [{ zone, words, tooltip: statement }] };
}

/** Options get room by the length of their words, so that long ones do not run into the next box. */
function optionStarts(texts: readonly string[], widthMm: number): number[] {
  const need = texts.map((text) => TICK_MM + TICK_GAP_MM + text.length * 1.6 + 2.2);
  const total = need.reduce((sum, each) => sum + each, 0);
  const spare = Math.min(8, Math.max(0, (widthMm - total) / texts.length));
  const starts: number[] = [];
  let x = 0;
  for (const each of need) {
    starts.push(x);
    x += each + spare;
  }
  return starts;
}

function placeChoice(spot: Spot, label: PlacedText, options: readonly string[]): PlacedField {
  const { cell, rect, pageNumber, language } = spot;
  const texts = options.map((option) => optionText(cell.field, option, language));
  const starts = optionStarts(texts, rect.width - 3);
  const places = options.map((option, index) => {
    const x = rect.x + 2 + (starts[index] ?? 0);
    const box = { x, y: rect.y + rect.height - TICK_MM - 1.5, width: TICK_MM, height: TICK_MM };
    const nextStart = starts[index + 1];
    const right = nextStart === undefined ? rect.x + rect.width - 0.5 : rect.x + 2 + nextStart - 1;
    const text = texts[index] ?? option;
    const zone: Zone = { field: cell.field, kind: "choice", option, pageNumber, rect: box, multiline: false };
    return { zone, words: placeWords(text, box, right, OPTION_PT, false), tooltip: `${labelOf(cell.field, language)}: ${text}` };
  });
  return { field: cell.field, label, tooltip: labelOf(cell.field, language), places };
}

function placeField(spot: Spot): PlacedField {
  const { cell, rect, pageNumber, language } = spot;
  const spec = fieldSpecOf(cell.field);
  if (spec?.kind === "tick") return placeTick(spot);
  const name = labelOf(cell.field, language);
  const text = cell.isRequired ? `${name} *` : name;
  const label = { text, x: rect.x + 1.2, y: rect.y + 2.9, sizePt: LABEL_PT, isBold: false, maxWidthMm: rect.width - 2 };
  if (spec?.kind === "choice") return placeChoice(spot, label, spec.options);
  const isSignature = spec?.kind === "signature";
  const zone: Zone = {
    field: cell.field,
    kind: isSignature ? "signature" : "text",
    pageNumber,
    rect: isSignature ? rect : writingArea(rect, cell.isUnlabelled === true),
    multiline: cell.isMultiline === true,
    ...(cell.maxLength === undefined ? {} : { maxLength: cell.maxLength }),
  };
  return {
    field: cell.field,
    label: cell.isUnlabelled ? undefined : label,
    tooltip: name,
    places: [{ zone, words: undefined, tooltip: name }],
  };
}

function placeRow(row: FormRow, y: number): RectMm[] {
  const total = row.cells.reduce((sum, each) => sum + each.share, 0);
  const perShare = (CONTENT_MM.right - CONTENT_MM.left) / total;
  const rects: RectMm[] = [];
  let x: number = CONTENT_MM.left;
  for (const cell of row.cells) {
    const width = cell.share * perShare;
    rects.push({ x, y, width, height: row.heightMm });
    x += width;
  }
  return rects;
}

interface Frame {
  readonly pageNumber: number;
  readonly language: FormLanguage;
}

function placeHeads(row: FormRow, y: number, language: FormLanguage): PlacedText[] {
  return placeRow(row, y).map((rect, index) => ({
    text: labelOf(row.cells[index]?.field ?? "", language),
    x: rect.x + 1.2,
    y: y + 2.9,
    sizePt: LABEL_PT,
    isBold: false,
    maxWidthMm: rect.width - 2,
  }));
}

function placeSection(section: FormSection, top: number, { pageNumber, language }: Frame): { placed: PlacedSection; bottom: number } {
  const width = CONTENT_MM.right - CONTENT_MM.left;
  const bar = { x: CONTENT_MM.left, y: top, width, height: BAR_MM };
  const heading = { text: textIn(section.title, language), x: bar.x + 1.5, y: top + 3.9, sizePt: 9.5, isBold: true, maxWidthMm: width - 3 };
  let y = top + BAR_MM;
  const noteText = section.note === undefined ? undefined : textIn(section.note, language);
  const note =
    noteText === undefined ? undefined : { text: noteText, x: bar.x + 1.2, y: y + 3.2, sizePt: 7.6, isBold: false, maxWidthMm: width - 2 };
  if (note !== undefined) y += NOTE_MM;
  const cells: RectMm[] = [];
  const columnHeads: PlacedText[] = [];
  const fields: PlacedField[] = [];
  for (const row of section.rows) {
    if (row.hasColumnHeads) {
      columnHeads.push(...placeHeads(row, y, language));
      cells.push(...placeRow({ ...row, heightMm: HEADS_MM }, y));
      y += HEADS_MM;
    }
    const rects = placeRow(row, y);
    cells.push(...rects);
    for (const [index, cell] of row.cells.entries()) {
      const rect = rects[index];
      if (rect !== undefined) fields.push(placeField({ cell, rect, pageNumber, language }));
    }
    y += row.heightMm;
  }
  return { placed: { heading, note, bar, cells, columnHeads, fields }, bottom: y };
}

/** Returns where everything stands on the office's own form, per page. Pure. Millimetres from the top left. */
export function placeForm(language: FormLanguage): PlacedPage[] {
  return REGISTRATION_FORM.map((sections, index) => {
    let y: number = CONTENT_TOP_MM[index] ?? CONTENT_TOP_MM[1];
    const placed: PlacedSection[] = [];
    for (const section of sections) {
      const result = placeSection(section, y, { pageNumber: index + 1, language });
      placed.push(result.placed);
      y = result.bottom + GAP_MM;
    }
    return { pageNumber: index + 1, sections: placed };
  });
}

/** Returns the zones of the office's own form, in reading order. Pure. */
export function listFormZones(language: FormLanguage): Zone[] {
  return placeForm(language).flatMap((page) =>
    page.sections.flatMap((section) => section.fields.flatMap((field) => field.places.map((place) => place.zone))),
  );
}

/** Centres of the corner marks of every page, in a layout's order. */
export const MARK_CENTRES_MM: readonly { readonly x: number; readonly y: number }[] = [
  MARK_INSET_MM,
  PAGE_MM.height - MARK_INSET_MM - MARK_SIDE_MM,
].flatMap((y) =>
  [MARK_INSET_MM, PAGE_MM.width - MARK_INSET_MM - MARK_SIDE_MM].map((x) => ({ x: x + MARK_SIDE_MM / 2, y: y + MARK_SIDE_MM / 2 })),
);

/** Returns the form's title in one language. Pure. */
export function formTitle(language: FormLanguage): string {
  return textIn(FORM_TEXTS.title, language);
}
