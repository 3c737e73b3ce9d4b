import type { Zone } from "../model/form-layout.ts";
import type { DecodedPage } from "../model/page.ts";
import { asDoubtful, type TextReading } from "../read/text/text-reading.ts";

/**
 * Returns the reading of a field that was filled on a computer: the stored value, on which two PDF readers agree.
 *
 * Pure. A field whose value they understand differently, or that shows another text, is left to a person.
 */
export function toLiveReading(field: string, zones: readonly Zone[], page: DecodedPage): TextReading {
  const name = liveNameOf(zones, field);
  if (page.formValuesDisagree?.includes(name)) return { field, value: null, confidence: 0, status: "review", evidence: [] };
  const stored = toStoredReading(field, zones, page);
  return page.formValuesShownOtherwise?.includes(name) ? { ...asDoubtful(stored), isUnreliable: true } : stored;
}

function toStoredReading(field: string, zones: readonly Zone[], { formValues }: DecodedPage): TextReading {
  const name = liveNameOf(zones, field);
  const stored = formValues?.get(name)?.trim() ?? "";
  const base = { field, confidence: 1, evidence: ["liveField" as const] };
  const kind = zones[0]?.kind ?? "text";
  if (kind === "tick") return stored === "true" ? { ...base, value: true, status: "accepted" } : { ...base, value: false, status: "empty" };
  if (stored === "" || (kind === "choice" && (stored === "Off" || stored === "false"))) return { ...base, value: null, status: "empty" };
  const value = kind === "choice" ? zones.find((zone) => (zone.pdfOption ?? zone.option) === stored)?.option : stored;
  return value === undefined
    ? { ...base, value: null, raw: stored, status: "review", confidence: 0, evidence: [] }
    : { ...base, value, status: "accepted" };
}

/** A form from elsewhere names the field otherwise than the reading does. */
function liveNameOf(zones: readonly Zone[], field: string): string {
  return zones[0]?.pdfName ?? field;
}

/** Returns whether a page's file still holds one of these places as a live field. Pure. */
export function hasLiveField(zones: readonly Zone[], { formValues }: DecodedPage): boolean {
  return formValues !== undefined && zones.some((zone) => formValues.has(zone.pdfName ?? zone.field));
}
