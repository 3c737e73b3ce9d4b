import { IlmoError } from "../errors.ts";
import { editDistance } from "../model/codes/name-index.ts";
import { FIELDS, fieldSpecOf } from "../model/field.ts";
import type { FormLayout, Zone } from "../model/form-layout.ts";

/** From a PDF's field names to field keys, as a person wrote it. */
export type GivenMapping = Readonly<Record<string, string>>;

const EXAMPLE = '{"Family name": "surname"}';
/** A key that differs in so many letters is offered as what was meant. */
const LIKE_LETTERS = 2;

/** Reads a mapping file's text. @throws usage when it is no such file, or a target is no field */
export function parseGivenMapping(text: string): GivenMapping {
  const value = parseJson(text);
  const isMapping =
    typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every((item) => typeof item === "string");
  if (!isMapping) throw new IlmoError("usage", `Expected a mapping file such as ${EXAMPLE}; this one is JSON of another shape.`);
  const mapping = value as GivenMapping;
  for (const key of Object.values(mapping)) {
    if (fieldSpecOf(key) !== undefined) continue;
    const meant = FIELDS.find((spec) => editDistance(spec.key.toLowerCase(), key.toLowerCase(), LIKE_LETTERS) <= LIKE_LETTERS);
    const hint = meant === undefined ? `The keys are: ${FIELDS.map((spec) => spec.key).join(", ")}.` : `Did you mean "${meant.key}"?`;
    throw new IlmoError("usage", `Expected field keys as the mapping's values; "${key}" is none. ${hint} Nothing was added.`);
  }
  return mapping;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new IlmoError("usage", `Expected a mapping file such as ${EXAMPLE}; this one is not valid JSON. Nothing was added.`, { cause });
  }
}

/** Refuses a mapping of names that no form has, or between a box and a text. @throws usage */
export function assertMappingFits(mapping: GivenMapping, layouts: readonly FormLayout[]): void {
  const zones = layouts.flatMap((layout) => layout.zones);
  for (const [pdfName, key] of Object.entries(mapping)) {
    const own = zones.filter((zone) => (zone.pdfName ?? zone.field) === pdfName);
    if (own.length === 0) {
      const names = [...new Set(zones.map((zone) => zone.pdfName ?? zone.field))];
      const message = `Expected names of fields in the mapping; no form has "${pdfName}". It has: ${names.join(", ")}. Nothing was added.`;
      throw new IlmoError("usage", message);
    }
    const isText = fieldSpecOf(key)?.kind === "text";
    if (own.some((zone) => isWrittenIn(zone) !== isText))
      throw new IlmoError("usage", `Expected a field of the same kind: "${pdfName}" and "${key}" are a box and a text. Nothing was added.`);
  }
}

function isWrittenIn({ kind }: Zone): boolean {
  return kind === "text";
}
