import type { SubmissionReading } from "../model/reading.ts";
import type { CheckResult } from "../model/registration.ts";
import type { CheckContext } from "../validate/check-context.ts";
import { checkRegistration } from "../validate/check-registration.ts";
import { personKeysOf } from "../validate/person-key.ts";

/** One registration's checks and the texts that stand for its person. */
export interface CheckedRegistration {
  readonly check: CheckResult;
  /** Personal data: only their keyed hashes may be stored. */
  readonly personKeys: readonly string[];
}

/**
 * Checks every registration of a submission.
 *
 * `isKnown` tells whether one of the person's keys belongs to an earlier open registration; registrations of the same
 * submission count as earlier for the ones behind them.
 */
export async function checkSubmission(
  reading: SubmissionReading,
  context: Omit<CheckContext, "isKnownPerson">,
  isKnown: (personKeys: readonly string[]) => Promise<boolean>,
): Promise<CheckedRegistration[]> {
  const seen = new Set<string>();
  const checked: CheckedRegistration[] = [];
  for (const registration of reading.registrations) {
    const personKeys = personKeysOf(registration);
    const isKnownPerson = personKeys.some((key) => seen.has(key)) || (await isKnown(personKeys));
    checked.push({ check: checkRegistration(registration, { ...context, isKnownPerson }), personKeys });
    if (registration.isOtherForm !== true) for (const key of personKeys) seen.add(key);
  }
  return checked;
}
