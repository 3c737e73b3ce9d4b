import { FIELDS, type FieldSpec, fieldSpecOf } from "../model/field.ts";
import type { FormSource, FormWidget } from "./form-source.ts";
import { labelSimilarity } from "./label-similarity.ts";
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

/** Other words that forms use for the same thing. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  surname: ["last name", "family name", "släktnamn"],
  givenNames: ["first name", "forename", "etunimi", "имя"],
  dateOfBirth: ["birthday", "syntymäpäivä", "födelsedatum"],
  citizenship: ["nationality"],
  personalIdentityCode: ["social security number", "personnummer", "hetu"],
  streetAddress: ["address", "osoite", "adress", "адрес"],
  postalCode: ["zip code", "postcode"],
  postOffice: ["city", "town", "postanstalt"],
  phone: ["telephone number", "phone number", "mobile phone", "puhelinnumero", "telefonnummer", "номер телефона"],
  email: ["e-mail address", "sähköpostiosoite", "e-postadress"],
};
/** Below this a likeness is chance: "Sukunimi" and "Etunimet" share 0.3, inflected forms of one label 0.8 and more. */
const MIN_LIKENESS = 0.75;
/** A second candidate this close makes the choice a guess, and a guess is not made. */
const MIN_LEAD = 0.05;
/** What the form says to screen readers is surest, then what it prints, then what its maker typed. */
const WEIGHT = { tooltip: 1, label: 0.97, name: 0.94 } as const;
const LABEL_REACH_MM = { left: 25, above: 6, right: 8 } as const;

function verticalOverlap(phrase: Phrase, widget: FormWidget): boolean {
  const middle = phrase.rect.y + phrase.rect.height / 2;
  return middle > widget.rect.y - 0.5 && middle < widget.rect.y + widget.rect.height + 0.5;
}

/** Gap from a place to a label that may belong to it, mm; undefined when the words stand elsewhere. */
function gapTo(phrase: Phrase, widget: FormWidget, side: "right" | "left" | "above"): number | undefined {
  const { rect } = widget;
  const gap = {
    right: phrase.rect.x - rect.x - rect.width,
    left: rect.x - phrase.rect.x - phrase.rect.width,
    above: rect.y - phrase.rect.y - phrase.rect.height,
  }[side];
  if (side !== "above") return verticalOverlap(phrase, widget) && gap > -0.5 && gap < LABEL_REACH_MM[side] ? gap : undefined;
  const isOver = phrase.rect.x >= rect.x - 4 && phrase.rect.x < rect.x + rect.width;
  return isOver && gap > -phrase.rect.height - 1 && gap < LABEL_REACH_MM.above ? Math.max(0, gap) : undefined;
}

function nearestLabel(widget: FormWidget, phrases: readonly Phrase[], sides: readonly ("right" | "left" | "above")[]): string[] {
  let nearest: { text: string; gap: number } | undefined;
  for (const phrase of phrases) {
    for (const side of sides) {
      const gap = gapTo(phrase, widget, side);
      if (gap !== undefined && gap < (nearest?.gap ?? Number.POSITIVE_INFINITY)) nearest = { text: phrase.text, gap };
    }
  }
  return nearest === undefined ? [] : [nearest.text];
}

/** The printed words of a place: right of a tick; over or before a choice's first button; before or over a text box. */
function labelsOf(widget: FormWidget, phrases: readonly Phrase[]): string[] {
  return nearestLabel(widget, phrases, widget.kind === "tick" ? ["right"] : ["left", "above"]);
}

function isCompatible(widget: FormWidget, spec: FieldSpec): boolean {
  return widget.kind === spec.kind;
}

function wordingsOf(key: string): readonly string[] {
  return [...(FIELD_LABELS[key] ?? []), ...(SYNONYMS[key] ?? []), key];
}

interface Candidate {
  readonly pdfName: string;
  readonly field: string;
  readonly likeness: number;
}

function candidatesOf(widget: FormWidget, phrases: readonly Phrase[], keys: readonly FieldSpec[]): Candidate[] {
  const said: (readonly [text: string, weight: number])[] = [[widget.name, WEIGHT.name]];
  if (widget.tooltip !== undefined) said.push([widget.tooltip, WEIGHT.tooltip]);
  for (const label of labelsOf(widget, phrases)) said.push([label, WEIGHT.label]);
  return keys
    .filter((spec) => isCompatible(widget, spec))
    .map((spec) => {
      const likeness = Math.max(
        ...wordingsOf(spec.key).flatMap((wording) => said.map(([text, weight]) => weight * labelSimilarity(text, wording))),
      );
      return { pdfName: widget.name, field: spec.key, likeness };
    });
}

/** Keeps a pair only when neither the field nor the key has another that is nearly as like. */
function clearWinners(candidates: readonly Candidate[]): Map<string, Candidate> {
  const winners = new Map<string, Candidate>();
  for (const candidate of candidates.toSorted((a, b) => b.likeness - a.likeness)) {
    if (candidate.likeness < MIN_LIKENESS) break;
    const isRival = (other: Candidate): boolean =>
      other !== candidate &&
      (other.pdfName === candidate.pdfName) !== (other.field === candidate.field) &&
      other.likeness > candidate.likeness - MIN_LEAD;
    if (!candidates.some(isRival)) winners.set(candidate.pdfName, candidate);
  }
  return winners;
}

function inferFields(source: FormSource, names: ReadonlySet<string>, taken: ReadonlySet<string>): Map<string, Candidate> {
  // Rows of a table share one label: they are only mapped by name or by a person.
  const keys = FIELDS.filter((spec) => !taken.has(spec.key) && !/^work\d/.test(spec.key));
  const phrases = new Map(source.pages.map((page) => [page.pageNumber, findPhrases(page.words)]));
  const seen = new Set<string>();
  const candidates: Candidate[] = [];
  for (const widget of source.widgets) {
    if (!names.has(widget.name) || seen.has(widget.name)) continue;
    seen.add(widget.name);
    candidates.push(...candidatesOf(widget, phrases.get(widget.pageNumber) ?? [], keys));
  }
  return clearWinners(candidates);
}

/**
 * Returns one mapping per PDF field name, in the form's order.
 *
 * Pure. A person's mapping wins, then a name equal to a field key, then what tooltip, printed label and name say in Finnish, Swedish,
 * English or Russian; a field that fits nothing, or two keys equally well, keeps its own name.
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
  const inferred = inferFields(source, open, new Set([...certain.values()].map((entry) => entry.field)));
  return names.map((pdfName): FieldMapping => {
    const found = inferred.get(pdfName);
    if (found !== undefined) return { pdfName, field: found.field, by: "inferred", confidence: found.likeness };
    return certain.get(pdfName) ?? { pdfName, field: pdfName, by: "own", confidence: 0 };
  });
}

/**
 * Returns the option key of one button of a known choice, from its name or the words beside it; its own name when neither tells.
 *
 * Pure.
 */
export function mapOption(field: string, widget: FormWidget, phrases: readonly Phrase[]): string | undefined {
  const spec = fieldSpecOf(field);
  if (spec?.kind !== "choice" || widget.option === undefined || spec.options.includes(widget.option)) return widget.option;
  for (const text of [...nearestLabel(widget, phrases, ["right"]), widget.option]) {
    for (const option of spec.options) {
      const wordings = OPTION_LABELS[field]?.[option] ?? [option];
      if (wordings.some((wording) => labelSimilarity(wording, text) >= MIN_LIKENESS)) return option;
    }
  }
  return widget.option;
}
