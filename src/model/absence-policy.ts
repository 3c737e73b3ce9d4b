import { z } from "zod";

/**
 * What follows from staying away, and from which day on.
 *
 * `single`: one absence ends the job search; `repeated`: repeated absence does. Papers print it, no-show cases are judged by it.
 */
export const AbsencePolicy = z.object({ validFrom: z.iso.date(), rule: z.enum(["single", "repeated"]) });
export type AbsencePolicy = z.infer<typeof AbsencePolicy>;

/**
 * The rule by law in force: Act 916/2012 (one failure), Act 380/2023 section 28 (repeated failure).
 * HE 108/2025 returns to one failure; its day of entry into force is not known here, so the office adds that line itself.
 */
export const ABSENCE_POLICIES: readonly AbsencePolicy[] = [
  { validFrom: "2013-01-01", rule: "single" },
  { validFrom: "2025-01-01", rule: "repeated" },
];

/** Returns the line that holds on a day, or null when none is that old. Pure. */
export function absencePolicyOn(date: string, policies: readonly AbsencePolicy[] = ABSENCE_POLICIES): AbsencePolicy | null {
  const [latest] = policies.filter(({ validFrom }) => validFrom <= date).toSorted((a, b) => b.validFrom.localeCompare(a.validFrom));
  return latest ?? null;
}
