import { fieldSpecOf } from "../../model/field.ts";

/** Least calibrated confidence (0-1) from which a reading may be used without a look, by field key or by content. */
export type AcceptFrom = Readonly<Record<string, number>>;

/**
 * Keying by one person errs in 0.29 % of fields, by two in 0.14 %. A single curve's bin holds some hundred readings and can tell 0.98
 * from 0.99, no more; the evidence that an accepted reading needs beside its confidence does the rest.
 */
const DEFAULT_ACCEPT_FROM = 0.95;
/** Fields that decide who the person is and what becomes of the registration. */
const KEY_ACCEPT_FROM = 0.98;

/** Returns the content by which a field's readings are calibrated: a text's own, "tick", "choice" or "signature". Pure. */
export function calibratedContentOf(field: string, value: unknown): string {
  const spec = fieldSpecOf(field);
  if (spec?.kind === "text") return spec.content;
  if (spec !== undefined) return spec.kind;
  return typeof value === "boolean" ? "tick" : "freeText";
}

/** Returns the threshold of a field: the office's own for the field or its content, else the default. Pure. */
export function acceptFromOf(field: string, content: string, configured: AcceptFrom): number {
  const isKey = fieldSpecOf(field)?.isKey === true;
  return configured[field] ?? configured[content] ?? (isKey ? KEY_ACCEPT_FROM : DEFAULT_ACCEPT_FROM);
}
