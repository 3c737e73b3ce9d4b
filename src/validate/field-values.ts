import type { FieldReading, RegistrationReading } from "../model/reading.ts";

/**
 * Below this confidence an unsure text (status review) gives no finding: the field itself is shown to staff anyway,
 * and a finding drawn from a misread text sends people a false request.
 */
const MIN_CONFIDENCE_FOR_FINDINGS = 0.6;

/** The readings of one registration, by field. */
export interface FieldValues {
  /** True when the page with this field was found. */
  has(field: string): boolean;
  reading(field: string): FieldReading | undefined;
  /** The text of a field when it is sure enough to draw a finding from; null otherwise. */
  text(field: string): string | null;
  /** True when the field is asserted to be blank. */
  isBlank(field: string): boolean;
  /** True when the box is marked, surely or unsurely. */
  isTicked(field: string): boolean;
  /** The chosen option, surely or unsurely. */
  choice(field: string): string | null;
}

/** Returns access to the readings by field key. Pure. */
export function fieldValuesOf(reading: RegistrationReading): FieldValues {
  const byField = new Map(reading.readings.map((item) => [item.field, item]));
  const text = (field: string): string | null => {
    const item = byField.get(field);
    if (item === undefined || item.status === "empty" || typeof item.value !== "string" || item.value === "") return null;
    return item.status === "accepted" || item.confidence >= MIN_CONFIDENCE_FOR_FINDINGS ? item.value : null;
  };
  return {
    has: (field) => byField.has(field),
    reading: (field) => byField.get(field),
    text,
    isBlank: (field) => byField.get(field)?.status === "empty",
    isTicked: (field) => byField.get(field)?.value === true,
    choice: (field) => {
      const value = byField.get(field)?.value;
      return typeof value === "string" ? value : null;
    },
  };
}

/** Score of a code in review from which it counts that it does not agree with its check or with another paper. */
const LEAST_SCORE_OF_WRONG_CODE = 0.7;

/** Returns whether a code was surely seen as it is: one that disagrees is more often misread than miswritten, unless two readers saw the same. Pure. */
export function isSeenAlike(reading: FieldReading | undefined): boolean {
  if (reading?.status !== "review") return true;
  return reading.evidence.includes("twoReaders") && (reading.score ?? reading.confidence) >= LEAST_SCORE_OF_WRONG_CODE;
}
