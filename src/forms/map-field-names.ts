import { fieldSpecOf } from "../model/field.ts";
import type { FormSource } from "./form-source.ts";

/** Where a PDF field name leads: a field key of the registration form, or its own name when none fits. */
export interface FieldMapping {
  readonly pdfName: string;
  readonly field: string;
  /** "name" = equal to a key; "given" = said by a person; "inferred" = from label, tooltip or name; "own" = a foreign field. */
  readonly by: "name" | "given" | "inferred" | "own";
  /** 0-1. */
  readonly confidence: number;
}

/**
 * Returns one mapping per PDF field name, in the form's order.
 *
 * Pure. A person's mapping wins over everything.
 */
export function mapFieldNames(source: FormSource, given: Readonly<Record<string, string>> = {}): FieldMapping[] {
  const names = [...new Set(source.widgets.map((widget) => widget.name))];
  return names.map((pdfName) => {
    const said = given[pdfName];
    if (said !== undefined) return { pdfName, field: said, by: "given", confidence: 1 };
    if (fieldSpecOf(pdfName) !== undefined) return { pdfName, field: pdfName, by: "name", confidence: 1 };
    return { pdfName, field: pdfName, by: "own", confidence: 0 };
  });
}
