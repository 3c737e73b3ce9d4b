import { FIELDS, type FieldSpec, fieldSpecOf } from "../model/field.ts";
import { isRegistrationForm } from "../model/form-layout.ts";
import { FIELD_NAME_HABITS, FOREIGN_OPTIONS, FOREIGN_WORDINGS, ONLY_ON_REGISTRATION_FORMS } from "./field-wordings.ts";
import { findLabel } from "./find-label.ts";
import type { FormSource, FormWidget } from "./form-source.ts";
import { labelSimilarity, normaliseLabel } from "./label-similarity.ts";
import { findPhrases, type Phrase } from "./printed-phrases.ts";
import { FIELD_LABELS, OPTION_LABELS } from "./registration-form-labels.ts";

/** Where a PDF field name leads: a field key of the registration form, or its own name when none fits. */
export interface FieldMapping {
  readonly pdfName: string;
  readonly field: string;
  /** "name" = equal to a key; "given" = said by a person; "inferred" = from label, tooltip or name; "own" = a foreign field. */
  readonly by: "name" | "given" | "inferred" | "own";
  /** 0-1. */
  readonly confidence: number;
}

/** Below this a likeness is chance: "Sukunimi" and "Etunimet" share 0.3, inflected forms of one label 0.8 and more. */
const MIN_LIKENESS = 0.75;
/** A second candidate this close makes the choice a guess, and a guess is not made. */
const MIN_LEAD = 0.05;
/** What the form says to screen readers is surest, then what it prints, then what its maker typed. */
const WEIGHT = { tooltip: 1, label: 0.97, name: 0.94, numberedName: 0.85 } as const;

/** Parts of a qualified field name that say nothing of whom the field is about: `topmostSubform[0].Page1[0].FirstName[0]`. */
const PLAIN_PARTS = /^(form|topmost|subform|page|seite|sivu|sida|body|data|fields?|section|applicant|customer|person|hakija|asiakas)+$/;
/** Prefixes that makers of forms give to the kinds of fields. */
const KIND_PREFIX = /^(?:txt|text|fld|field|tf|input|kentta)(?=[A-ZÅÄÖ_ -])[_ -]?/;
/** Cells of a table lie nearer than this share of their height. */
const CELL_GAP_SHARE = 0.35;
/** Longer printed texts are sentences, no labels: comparing them only costs time. */
const MAX_LABEL_LENGTH = 120;

/** The last part of a qualified name when the parts before it are plain; the whole name otherwise. */
function tellingName(name: string): string {
  const parts = name.split(".").map((part) => part.replace(/\[\d+\]/g, ""));
  const isPlain = parts.slice(0, -1).every((part) => PLAIN_PARTS.test(normaliseLabel(part).replaceAll(" ", "")));
  return (isPlain ? (parts.at(-1) ?? name) : parts.join(" ")).replace(KIND_PREFIX, "");
}

/** A label in several languages ("Sukunimi / Efternamn") by itself and in its parts. */
function partsOf(text: string): string[] {
  const parts = text.split(/[/|\n\r]+/).filter((part) => normaliseLabel(part) !== "");
  return parts.length > 1 ? [text, ...parts] : [text];
}

/** One text that tells what a place is for. */
interface Saying {
  readonly text: string;
  readonly weight: number;
}

/** "First Name_2" is another one's first name, or the same one's once more. */
function weightOfName(name: string): number {
  return /[_ ]?\d+$/.test(name) ? WEIGHT.numberedName : WEIGHT.name;
}

function sayingsOf(widget: FormWidget, label: string | undefined): Saying[] {
  const said: (readonly [text: string, weight: number])[] = [[tellingName(widget.name), weightOfName(widget.name)]];
  if (widget.tooltip !== undefined) said.push([widget.tooltip, WEIGHT.tooltip]);
  if (label !== undefined) said.push([label, WEIGHT.label]);
  return said
    .filter(([text]) => text.length <= MAX_LABEL_LENGTH)
    .flatMap(([text, weight]) => partsOf(text).map((part) => ({ text: part, weight })));
}

function hasHabitualName(widget: FormWidget, key: string): boolean {
  const name = normaliseLabel(tellingName(widget.name)).replaceAll(" ", "");
  return FIELD_NAME_HABITS[key]?.split(" ").includes(name) === true;
}

function likenessOf(widget: FormWidget, sayings: readonly Saying[], key: string): number {
  const wordings = [...(FIELD_LABELS[key] ?? []), ...(FOREIGN_WORDINGS.get(key) ?? []), key];
  const likenesses = sayings.flatMap(({ text, weight }) => wordings.map((wording) => weight * labelSimilarity(text, wording)));
  return Math.max(hasHabitualName(widget, key) ? weightOfName(widget.name) : 0, ...likenesses);
}

interface Candidate {
  readonly pdfName: string;
  readonly field: string;
  readonly likeness: number;
}

/** Keeps a pair only when neither the field nor the key has another that is nearly as like. */
function clearWinners(candidates: readonly Candidate[]): Map<string, Candidate> {
  const winners = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const isRival = (other: Candidate): boolean =>
      other !== candidate &&
      (other.pdfName === candidate.pdfName) !== (other.field === candidate.field) &&
      other.likeness > candidate.likeness - MIN_LEAD;
    if (!candidates.some(isRival)) winners.set(candidate.pdfName, candidate);
  }
  return winners;
}

/** Whether a box of the same size touches the place: cells of a table share the heading of their column. */
function isTableCell({ rect, pageNumber, kind, name }: FormWidget, widgets: readonly FormWidget[]): boolean {
  return widgets.some((other) => {
    if (other.name === name || other.kind !== kind || other.pageNumber !== pageNumber) return false;
    const isAlike = [other.rect.x - rect.x, other.rect.width - rect.width, other.rect.height - rect.height].every(
      (mm) => Math.abs(mm) < 0.5,
    );
    return isAlike && Math.abs(Math.abs(other.rect.y - rect.y) - rect.height) < CELL_GAP_SHARE * rect.height;
  });
}

/** The printed words of a place: right of a tick; over or before a choice's first button; before, over or in a text box. */
function labelOf(widget: FormWidget, phrases: readonly Phrase[], widgets: readonly FormWidget[]): string | undefined {
  if (widget.kind === "tick") return findLabel(widget, { phrases, widgets, sides: ["right"] });
  const isCell = widget.kind === "text" && isTableCell(widget, widgets);
  return findLabel(widget, { phrases, widgets, sides: isCell ? ["left", "inside"] : ["left", "above", "inside"] });
}

function inferFields(source: FormSource, names: ReadonlySet<string>, keys: readonly FieldSpec[]): Map<string, Candidate> {
  const phrases = new Map(source.pages.map((page) => [page.pageNumber, findPhrases(page.words)]));
  const seen = new Set<string>();
  const candidates: Candidate[] = [];
  for (const widget of source.widgets) {
    if (!names.has(widget.name) || seen.has(widget.name)) continue;
    seen.add(widget.name);
    const sayings = sayingsOf(widget, labelOf(widget, phrases.get(widget.pageNumber) ?? [], source.widgets));
    for (const { key, kind } of keys) {
      if (kind !== widget.kind) continue;
      const likeness = likenessOf(widget, sayings, key);
      if (likeness >= MIN_LIKENESS - MIN_LEAD) candidates.push({ pdfName: widget.name, field: key, likeness });
    }
  }
  return new Map([...clearWinners(candidates)].filter(([, { likeness }]) => likeness >= MIN_LIKENESS));
}

/**
 * Returns one mapping per PDF field name, in the form's order.
 *
 * Pure. A person's mapping wins, then a name equal to a field key, then what tooltip, printed label and name say in the languages of
 * `FOREIGN_WORDINGS`; a field that fits nothing, or two keys equally well, keeps its own name. Rows of a table share one label and are
 * mapped by name or by a person only. Labels that mean a field of the registration form only on such a form count only there.
 */
export function mapFieldNames(source: FormSource, given: Readonly<Record<string, string>> = {}): FieldMapping[] {
  const names = [...new Set(source.widgets.map((widget) => widget.name))];
  const certain = new Map<string, FieldMapping>();
  for (const pdfName of names) {
    const said = given[pdfName];
    if (said !== undefined) certain.set(pdfName, { pdfName, field: said, by: "given", confidence: 1 });
    else if (fieldSpecOf(pdfName) !== undefined) certain.set(pdfName, { pdfName, field: pdfName, by: "name", confidence: 1 });
  }
  const open = new Set(names.filter((name) => !certain.has(name)));
  const taken = new Set([...certain.values()].map((entry) => entry.field));
  const keys = FIELDS.filter((spec) => !taken.has(spec.key) && !/^work\d/.test(spec.key));
  const everywhere = inferFields(
    source,
    open,
    keys.filter((spec) => !ONLY_ON_REGISTRATION_FORMS.has(spec.key)),
  );
  const isRegistration = isRegistrationForm([...taken, ...[...everywhere.values()].map((entry) => entry.field)]);
  const inferred = isRegistration ? inferFields(source, open, keys) : everywhere;
  return names.map((pdfName): FieldMapping => {
    const found = inferred.get(pdfName);
    if (found !== undefined) return { pdfName, field: found.field, by: "inferred", confidence: found.likeness };
    return certain.get(pdfName) ?? { pdfName, field: pdfName, by: "own", confidence: 0 };
  });
}

function wordingsOfOption(field: string, option: string): readonly string[] {
  const foreign = FOREIGN_OPTIONS[field]?.[option]?.split(" ") ?? [];
  return [...(OPTION_LABELS[field]?.[option] ?? []), ...foreign, option];
}

/**
 * Returns the option key of one button of a known choice, from its name or the words beside it; its own name when neither tells.
 *
 * Pure.
 */
export function mapOption(field: string, widget: FormWidget, phrases: readonly Phrase[]): string | undefined {
  const spec = fieldSpecOf(field);
  if (spec?.kind !== "choice" || widget.option === undefined || spec.options.includes(widget.option)) return widget.option;
  const beside = findLabel(widget, { phrases, widgets: [], sides: ["right"] });
  for (const text of [...(beside === undefined ? [] : [beside]), widget.option]) {
    for (const option of spec.options) {
      if (wordingsOfOption(field, option).some((wording) => labelSimilarity(wording, text) >= MIN_LIKENESS)) return option;
    }
  }
  return widget.option;
}
