import { IlmoError } from "../errors.ts";
import { type AbsencePolicy, absencePolicyOn } from "../model/absence-policy.ts";
import type { IsoDate } from "../model/time.ts";

/**
 * Returns the rule that holds on the day of a session. Pure.
 *
 * @throws textMissing when no rule is that old
 */
export function absenceRuleOn(date: IsoDate, policies?: readonly AbsencePolicy[]): AbsencePolicy["rule"] {
  const policy = absencePolicyOn(date, policies);
  if (policy === null)
    throw new IlmoError("textMissing", "Expected an absence rule for the day of the session. Add one with an earlier first day.");
  return policy.rule;
}
