import { IlmoError } from "../errors.ts";
import { OVERRIDE_REASONS } from "../model/booking.ts";

/**
 * Reasons that a person gives for a decision about seats. Codes and no free text: they are kept in the log, where a sentence
 * would sooner or later hold a name or an illness.
 */
export const REASONS = {
  /** A person's seat ends. */
  cancelSeat: ["prevented", "willNotCome", "wrongSession", "goesElsewhere", "duplicate", "officeError", "other"],
  /** A person goes to a session in another language. */
  acrossLanguages: ["understandsLanguage", "asWished", "readingCorrected", "officeError", "other"],
  /** One seat more than the session has. */
  overCapacity: OVERRIDE_REASONS,
  /** A session is not held. */
  cancelSession: ["tooFewParticipants", "hostPrevented", "interpreterPrevented", "roomUnavailable", "disturbance", "officeError", "other"],
} as const;

export type ReasonKind = keyof typeof REASONS;
export type ReasonOf<Kind extends ReasonKind> = (typeof REASONS)[Kind][number];

/** Returns the reason of a code that a person typed. Pure. @throws usage listing the codes there are */
export function parseReason<Kind extends ReasonKind>(kind: Kind, text: string): ReasonOf<Kind> {
  const found = REASONS[kind].find((reason) => reason === text.trim());
  if (found !== undefined) return found;
  throw new IlmoError("usage", `Expected one of these reasons: ${REASONS[kind].join(", ")}; another text came.`);
}
