import { fieldSpecOf } from "../model/field.ts";
import { type FormLayout, isRegistrationLayout } from "../model/form-layout.ts";
import type { PageTrial } from "../pipeline/try-layout.ts";

/** One field of a form as its adder sees it: the PDF's name, where it leads, and whether that is a field this office knows. */
interface FieldReport {
  readonly pdfName: string;
  readonly field: string;
  readonly isKnown: boolean;
  readonly kind: string;
  readonly page: number;
}

/** What `ilmo forms add` says of one form. */
export interface FormReport {
  readonly id: string;
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

/** Returns what is known of a form that was just added. Pure. */
export function toFormReport(layout: FormLayout, recognition: readonly PageTrial[]): FormReport {
  const fields = fieldsOf(layout);
  return {
    id: layout.id,
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
export function formatFormReport({ id, isRegistrationForm, fields, unmapped, warnings }: FormReport): string {
  const renamed = fields.filter(({ pdfName, field }) => pdfName !== field);
  const lines = [
    id,
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
