import { z } from "zod";
import { IlmoError } from "../errors.ts";
import type { IsoDate } from "../model/time.ts";

/**
 * What the invitation says about staying away, and from which day on.
 *
 * `single`: one absence ends the job search; `repeated`: repeated absence does.
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

/**
 * Returns the rule that holds on the day of a session. Pure.
 *
 * @throws textMissing when no rule is that old
 */
export function absenceRuleOn(date: IsoDate, policies: readonly AbsencePolicy[] = ABSENCE_POLICIES): AbsencePolicy["rule"] {
  const [latest] = policies.filter(({ validFrom }) => validFrom <= date).toSorted((a, b) => b.validFrom.localeCompare(a.validFrom));
  if (latest === undefined)
    throw new IlmoError("textMissing", "Expected an absence rule for the day of the session. Add one with an earlier first day.");
  return latest.rule;
}
