import { z } from "zod";
import { Finding, Route } from "./finding.ts";
import { RegistrationReading } from "./reading.ts";

/** DOMAIN 5.3: DRAFT -> APPROVED -> EXPORTED; CANCELLED from anywhere before EXPORTED. */
export const RegistrationState = z.enum(["DRAFT", "APPROVED", "EXPORTED", "CANCELLED"]);
export type RegistrationState = z.infer<typeof RegistrationState>;

/** What the checks say about one person's form. */
export const CheckResult = z.object({
  findings: z.array(Finding),
  route: Route,
  /** The session that the form names, or the one proposed; null when neither. */
  sessionId: z.string().nullable(),
  sessionProposed: z.boolean(),
});
export type CheckResult = z.infer<typeof CheckResult>;

/** One person's form with its attachments, read and checked. */
export const Registration = z.object({
  id: z.uuid(),
  submissionId: z.uuid(),
  /** 1-based position inside its submission. */
  ordinal: z.int().positive(),
  version: z.int().positive(),
  /** Short code printed on papers, for example "K7M3-92"; carries no personal data. */
  reference: z.string(),
  receivedOn: z.iso.date(),
  state: RegistrationState,
  reading: RegistrationReading,
  check: CheckResult,
});
export type Registration = z.infer<typeof Registration>;
