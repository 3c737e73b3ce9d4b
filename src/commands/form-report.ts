import { IlmoError } from "../errors.ts";
import { fieldSpecOf } from "../model/field.ts";
import { FormLayout, isRegistrationLayout } from "../model/form-layout.ts";
import type { PageTrial } from "../pipeline/try-layout.ts";

/** One field of a form as its adder sees it: the PDF's name, where it leads, and whether that is a field this office knows. */
interface FieldReport {
  readonly pdfName: string;
  readonly field: string;
  readonly isKnown: boolean;
  readonly kind: string;
  readonly page: number;
}

/** What a form is to the forms known before: a new one, the very same one, or another that takes the place of one. */
export type FormState = "added" | "alreadyKnown" | "replaced";

/** What `ilmo forms add` says of one form. */
export interface FormReport {
  readonly id: string;
  readonly state: FormState;
  readonly isRegistrationForm: boolean;
  readonly pages: number;
  readonly zones: number;
  readonly fields: readonly FieldReport[];
  /** Fields that keep their own name. */
  readonly unmapped: readonly string[];
  readonly recognition: readonly PageTrial[];
  readonly warnings: readonly string[];
}

function fieldsOf(layout: FormLayout): FieldReport[] {
  const fields = new Map<string, FieldReport>();
  for (const { field, pdfName = field, kind, pageNumber } of layout.zones) {
    if (!fields.has(field)) fields.set(field, { pdfName, field, isKnown: fieldSpecOf(field) !== undefined, kind, page: pageNumber });
  }
  return [...fields.values()];
}

function warningOf({ pageNumber, outcome, takenFor, unsureFields }: PageTrial): string[] {
  if (outcome === "unknown")
    return [
      `Page ${pageNumber} has too little print to be recognised: it will not be read. ` +
        "Print a title, labels or a frame around each box on it, and add the form again.",
    ];
  if (outcome === "likeAnother")
    return [
      `Page ${pageNumber} was taken for ${takenFor ?? "another page"}. Print the form's name and the page's number large on each page, ` +
        "or remove the other form (`ilmo forms remove`), and add this one again.",
    ];
  if (unsureFields.length === 0) return [];
  return [`Page ${pageNumber}: so little is printed around these that a person always looks: ${unsureFields.join(", ")}.`];
}

/** What of a layout decides how a form is read; its title and the name of its file do not. */
function readingPartOf({ title: _title, fileName: _fileName, ...part }: FormLayout): string {
  return JSON.stringify(FormLayout.parse(part));
}

/** Returns what a form is to those known before. Pure. */
export function formStateOf(layout: FormLayout, known: readonly FormLayout[]): FormState {
  const before = known.find(({ id }) => id === layout.id);
  if (before === undefined) return "added";
  return readingPartOf(before) === readingPartOf(layout) ? "alreadyKnown" : "replaced";
}

const STATE_LINES: Readonly<Record<FormState, string | undefined>> = {
  added: undefined,
  alreadyKnown: "  This form was known already: nothing changed.",
  replaced: "  It takes the place of the form that was known by this id.",
};

/**
 * A form that comes back and is never recognised would look as if it had been made known: it is not kept.
 *
 * @throws layoutInvalid when no page of the form is recognised
 */
export function assertRecognisable({ recognition, warnings }: FormReport): void {
  if (recognition.some(({ outcome }) => outcome === "recognised")) return;
  const words = "Expected a form that can be told from all others when it comes back on paper; no page of this one can.";
  throw new IlmoError("layoutInvalid", [words, ...warnings].join(" "));
}

/** Returns what is known of a form that was just added. Pure. */
export function toFormReport(layout: FormLayout, recognition: readonly PageTrial[], state: FormState = "added"): FormReport {
  const fields = fieldsOf(layout);
  return {
    id: layout.id,
    state,
    isRegistrationForm: isRegistrationLayout(layout),
    pages: layout.pages.length,
    zones: layout.zones.length,
    fields,
    unmapped: fields.filter((field) => !field.isKnown).map(({ field }) => field),
    recognition,
    warnings: recognition.flatMap(warningOf),
  };
}

/** Returns what a clerk reads below the table: where the fields lead, and what to mend. Pure. */
export function formatFormReport({ id, state, isRegistrationForm, fields, unmapped, warnings }: FormReport): string {
  const renamed = fields.filter(({ pdfName, field }) => pdfName !== field);
  const stateLine = STATE_LINES[state];
  const lines = [
    id,
    ...(stateLine === undefined ? [] : [stateLine]),
    isRegistrationForm
      ? "  A registration form: checked, seated and exported like the office's own."
      : "  Another form: its data are read, a person decides what becomes of them.",
  ];
  if (renamed.length > 0) lines.push(`  Understood as: ${renamed.map(({ pdfName, field }) => `${pdfName} = ${field}`).join(", ")}`);
  if (unmapped.length > 0) lines.push(`  Read under their own names: ${unmapped.join(", ")}`);
  if (renamed.length > 0 || unmapped.length > 0)
    lines.push('  Wrong? Say it in a file {"name in the PDF": "field"} and add again with --mapping.');
  return [...lines, ...warnings.map((warning) => `  Warning: ${warning}`)].join("\n");
}
