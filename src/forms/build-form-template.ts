import { IlmoError } from "../errors.ts";
import type { FormLayout, FormTemplate, Zone } from "../model/form-layout.ts";
import { findCornerMarks } from "./find-corner-marks.ts";
import { findSignatureZone } from "./find-signature-zone.ts";
import type { FormSource, FormWidget } from "./form-source.ts";
import { type FormIdentity, identifyForm } from "./identify-form.ts";
import { type FieldMapping, mapFieldNames, mapOption } from "./map-field-names.ts";
import { findPhrases } from "./printed-phrases.ts";

/** What a person may say about a form that does not say it itself. */
export interface LayoutOptions extends Partial<Omit<FormIdentity, "isDerived">> {
  /** PDF field name -> field key. */
  readonly mapping?: Readonly<Record<string, string>>;
}

function toZone(widget: FormWidget, field: string, option: string | undefined): Zone {
  return {
    field,
    kind: widget.kind,
    pageNumber: widget.pageNumber,
    ...(option === undefined ? {} : { option }),
    ...(widget.name === field ? {} : { pdfName: widget.name }),
    ...(widget.option === undefined || widget.option === option ? {} : { pdfOption: widget.option }),
    rect: widget.rect,
    multiline: widget.multiline,
    ...(widget.maxLength === undefined ? {} : { maxLength: widget.maxLength }),
    ...(widget.isComb === undefined ? {} : { isComb: widget.isComb }),
    ...(widget.choices === undefined ? {} : { choices: [...widget.choices] }),
  };
}

function toZones(source: FormSource, mapping: readonly FieldMapping[]): Zone[] {
  const fieldOf = new Map(mapping.map((entry) => [entry.pdfName, entry.field]));
  const phrases = new Map(source.pages.map((page) => [page.pageNumber, findPhrases(page.words)]));
  const zones: Zone[] = [];
  const seen = new Set<string>();
  for (const widget of source.widgets) {
    const field = fieldOf.get(widget.name) ?? widget.name;
    // The same field printed twice is one value: its first place is read.
    const option = mapOption(field, widget, phrases.get(widget.pageNumber) ?? []);
    const key = `${field} ${option ?? ""}`;
    if (seen.has(key)) continue;
    seen.add(key);
    zones.push(toZone(widget, field, option));
  }
  const hasSignature = zones.some((zone) => zone.kind === "signature");
  const signature = hasSignature ? undefined : findSignatureZone(source.pages, zones);
  return signature === undefined ? zones : [...zones, signature];
}

/**
 * Returns the layout under an id of its own where another form of the same title has it already.
 *
 * Pure. The same form added again keeps its id; a form that states its version takes the place of the one before.
 */
export function withOwnId(layout: FormLayout, known: readonly FormLayout[]): FormLayout {
  const taken = new Map(known.map((each) => [each.id, each.sha256]));
  let free = layout;
  for (let version = 1; free.sha256 !== undefined && taken.has(free.id) && taken.get(free.id) !== free.sha256; version += 1)
    free = { ...layout, version: `${version + 1}`, id: `${layout.code}/${layout.language}/${version + 1}` };
  return free;
}

/**
 * Returns the layout of a blank fillable form together with its ink.
 *
 * Pure.
 *
 * @throws layoutInvalid when the form has nothing to fill in
 */
export function buildFormTemplate(source: FormSource, options: LayoutOptions = {}): FormTemplate {
  if (source.widgets.length === 0) {
    throw new IlmoError(
      "layoutInvalid",
      "no fillable fields: expected a PDF form with AcroForm fields, got one without. Export the form as a fillable PDF.",
    );
  }
  const found = identifyForm(source);
  const code = options.code ?? found.code;
  const language = options.language ?? found.language;
  const version = options.version ?? found.version;
  const layout: FormLayout = {
    id: `${code}/${language}/${version}`,
    code,
    language,
    version,
    ...(found.isDerived === true && options.version === undefined ? { sha256: source.sha256 } : {}),
    ...(source.title === undefined ? {} : { title: source.title }),
    pages: source.pages.map(({ pageNumber, widthMm, heightMm, words, blank }) => ({
      pageNumber,
      widthMm,
      heightMm,
      words: [...words],
      marks: findCornerMarks(blank),
    })),
    zones: toZones(source, mapFieldNames(source, options.mapping)),
  };
  return { layout, blanks: source.pages.map((page) => page.blank) };
}
