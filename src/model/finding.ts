import { z } from "zod";

/** Permanent codes of what staff must see; the order is the order of the form. */
export const FINDING_CODES = [
  "otherForm",
  "formVersionUnknown",
  "formPageMissing",
  "attachmentsUnreadable",
  "sessionMissing",
  "sessionUnknown",
  "sessionClosed",
  "sessionFull",
  "sessionTooSoon",
  "sessionTooLate",
  "personalIdentityCodeMissing",
  "personalIdentityCodeInvalid",
  "birthDateMismatch",
  "nameMismatch",
  "nonDisclosure",
  "permitCardNumberMismatch",
  "permitExpired",
  "permitEndsBeforeSession",
  "languageNotServed",
  "fullTimeMissing",
  "fullTimeAmbiguous",
  "notAbleToWork",
  "permitCopyMissing",
  "permitCopyIncomplete",
  "permitCopyUnreadable",
  "signatureMissing",
  "duplicatePerson",
] as const;

export const FindingCode = z.enum(FINDING_CODES);
export type FindingCode = z.infer<typeof FindingCode>;

export const Severity = z.enum(["error", "warning", "info"]);
export type Severity = z.infer<typeof Severity>;

/** Something about the form that staff must see. `error` keeps the registration out of the export. */
export const Finding = z.object({
  code: FindingCode,
  severity: Severity,
  field: z.string().optional(),
});
export type Finding = z.infer<typeof Finding>;

/** Where a registration goes; "otherForm": it is none, a person takes from it what is needed. */
export const Route = z.enum(["groupInfo", "municipality", "officeDesk", "otherForm"]);
export type Route = z.infer<typeof Route>;
