import { z } from "zod";

/** How a paper or a reminder reached a person. */
export const CONTACT_HOWS = ["hand", "post", "unit", "phone", "sms"] as const;
export type ContactHow = (typeof CONTACT_HOWS)[number];
export type ContactKind = "invitation" | "reminder";

/** One time the office, or the sending unit for it, reached out to a person about a session. */
export interface Contact {
  readonly registrationId: string;
  readonly sessionId: string;
  readonly kind: ContactKind;
  /** The invitation's number; null for a reminder. */
  readonly documentVersion: number | null;
  readonly how: ContactHow;
  /** Local day. */
  readonly happenedOn: string;
  readonly notedBy: string;
}

/** What a named person decided about an absence. Nothing here ends a job search: `endProposed` goes to those who may. */
export const NO_SHOW_DECISIONS = ["continue", "excused", "newTime", "endProposed"] as const;
export type NoShowDecision = (typeof NO_SHOW_DECISIONS)[number];

/**
 * - `open`: an absence was confirmed; the person may explain it until `explainBy`, then somebody decides
 * - `decided`: a named person decided; later decisions are added, none is removed
 * - `withdrawn`: the attendance was corrected; the case stays, with what was decided
 */
export type NoShowState = "open" | "decided" | "withdrawn";

export interface NoShowCase {
  readonly id: string;
  readonly sessionId: string;
  readonly registrationId: string;
  readonly state: NoShowState;
  readonly openedOn: string;
  readonly openedBy: string;
  /** Last day to explain the absence. */
  readonly explainBy: string;
}

/** Facts that a no-show decision rests on. */
export const NoShowEvidence = z.object({
  sessionDate: z.iso.date(),
  rule: z.enum(["single", "repeated"]),
  /** First day of the rule. */
  ruleFrom: z.iso.date(),
  /** Newest invitation to this session that was printed before it. */
  invitation: z.object({ version: z.int().positive(), language: z.string(), printedOn: z.iso.date() }).nullable(),
  deliveries: z.array(z.object({ version: z.int().positive().nullable(), how: z.enum(CONTACT_HOWS), on: z.iso.date(), by: z.string() })),
  reminders: z.array(z.object({ how: z.enum(CONTACT_HOWS), on: z.iso.date(), by: z.string() })),
  /** Confirmed absences of the same person before this one that count under the rule. */
  earlierAbsences: z.array(z.object({ sessionId: z.string(), date: z.iso.date() })),
  attendanceBy: z.string(),
  /** Pages of signed rosters on which the person's row was read. */
  scans: z.array(z.object({ scanId: z.string(), version: z.int().positive(), rowNumber: z.int().positive() })),
  explainBy: z.iso.date(),
});
export type NoShowEvidence = z.infer<typeof NoShowEvidence>;
