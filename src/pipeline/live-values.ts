import type { Zone } from "../model/form-layout.ts";
import type { DecodedPage } from "../model/page.ts";
import type { TextReading } from "../read/text/text-reading.ts";

/**
 * Returns the reading of a field that was filled on a computer: the stored value, on which two PDF readers agree.
 *
 * Pure. A field whose value they understand differently is left to a person.
 */
export function toLiveReading(field: string, zones: readonly Zone[], { formValues, formValuesDisagree }: DecodedPage): TextReading {
  if (formValuesDisagree?.includes(field)) return { field, value: null, confidence: 0, status: "review", evidence: [] };
  const stored = formValues?.get(field)?.trim() ?? "";
  const base = { field, confidence: 1, evidence: ["liveField" as const] };
  const kind = zones[0]?.kind ?? "text";
  if (kind === "tick") return stored === "true" ? { ...base, value: true, status: "accepted" } : { ...base, value: false, status: "empty" };
  if (stored === "" || (kind === "choice" && (stored === "Off" || stored === "false"))) return { ...base, value: null, status: "empty" };
  const isKnownOption = kind !== "choice" || zones.some((zone) => zone.option === stored);
  return isKnownOption
    ? { ...base, value: stored, status: "accepted" }
    : { ...base, value: null, raw: stored, status: "review", confidence: 0, evidence: [] };
}
