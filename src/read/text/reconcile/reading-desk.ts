import type { FieldReading } from "../../../model/reading.ts";
import type { TextReading } from "../text-reading.ts";

/** Confidence of a value that a second field confirms. */
const CONFIRMED = 0.995;
/** Confidence of a value that another field contradicts. */
const CONTRADICTED = 0.4;

/** One registration's readings while they are compared with each other. */
export class ReadingDesk {
  private readonly readings: Map<string, TextReading>;

  constructor(readings: readonly TextReading[]) {
    this.readings = new Map(readings.map((reading) => [reading.field, reading]));
  }

  /** The text of a field as read, however sure; null when it holds none. */
  text(field: string): string | null {
    const value = this.readings.get(field)?.value;
    return typeof value === "string" && value !== "" ? value : null;
  }

  isAccepted(field: string): boolean {
    return this.readings.get(field)?.status === "accepted";
  }

  has(field: string, evidence: FieldReading["evidence"][number]): boolean {
    return this.readings.get(field)?.evidence.includes(evidence) === true;
  }

  /** True when the ink of the field holds something that its text does not explain (a mark, a gap): no other field can make up for that. */
  isDoubted(field: string): boolean {
    return (this.readings.get(field)?.doubts ?? []).some(
      (doubt) => doubt === "marks" || doubt === "accents" || doubt === "foreignScript" || doubt === "spaces" || doubt === "letters",
    );
  }

  /** Accepts a field because another field says the same; `value` puts its spelling right. */
  confirm(field: string, value?: string): void {
    const reading = this.readings.get(field);
    if (reading === undefined || this.isDoubted(field) || reading.isUnreliable === true) return;
    const evidence = reading.evidence.includes("crossField") ? reading.evidence : [...reading.evidence, "crossField" as const];
    const raw = value !== undefined && value !== reading.value && typeof reading.value === "string" ? { raw: reading.value } : {};
    this.readings.set(field, { ...reading, ...raw, value: value ?? reading.value, status: "accepted", confidence: CONFIRMED, evidence });
  }

  /** Leaves a field to a person because another field contradicts it. */
  doubt(...fields: readonly string[]): void {
    for (const field of fields) {
      const reading = this.readings.get(field);
      if (reading?.status !== "accepted") continue;
      this.readings.set(field, { ...reading, status: "review", confidence: Math.min(reading.confidence, CONTRADICTED) });
    }
  }

  /** The readings in their first order. */
  all(): TextReading[] {
    return [...this.readings.values()];
  }
}
