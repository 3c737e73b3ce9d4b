import type { NoShowDecision, NoShowEvidence } from "../model/no-show.ts";

/** Why the machine proposes what it proposes; a person reads them beside the evidence. */
export type NoShowReason =
  | "graceRunning"
  | "invitationNotPrinted"
  | "invitationNotDelivered"
  | "olderInvitationDelivered"
  | "singleAbsenceEnds"
  | "repeatedAbsenceEnds"
  | "absencesTooFew";

/** What the rule of the session's day would have follow. It decides nothing. */
export interface NoShowProposal {
  readonly proposal: "wait" | Extract<NoShowDecision, "continue" | "endProposed">;
  readonly reason: NoShowReason;
}

/** Without proof that the newest invitation reached the person before the session nothing is held against anybody. */
function findMissingProof({ invitation, deliveries, sessionDate }: NoShowEvidence): NoShowReason | null {
  if (invitation === null) return "invitationNotPrinted";
  const inTime = deliveries.filter(({ on }) => on <= sessionDate);
  if (inTime.length === 0) return "invitationNotDelivered";
  return inTime.some(({ version }) => version === invitation.version) ? null : "olderInvitationDelivered";
}

/**
 * Returns what the absence policy proposes for a case.
 *
 * Pure. The rule is that of the session's day. A named person decides, whatever is proposed.
 *
 * @param repeatedFrom under a rule of repeated failure: absences, this one included, from which the end is proposed
 * @see DOMAIN 7.2, 7.4
 */
export function proposeNoShow(
  evidence: NoShowEvidence,
  { today, repeatedFrom }: { readonly today: string; readonly repeatedFrom: number },
): NoShowProposal {
  if (today <= evidence.explainBy) return { proposal: "wait", reason: "graceRunning" };
  const missing = findMissingProof(evidence);
  if (missing !== null) return { proposal: "continue", reason: missing };
  if (evidence.rule === "single") return { proposal: "endProposed", reason: "singleAbsenceEnds" };
  const absences = evidence.earlierAbsences.length + 1;
  return absences >= repeatedFrom
    ? { proposal: "endProposed", reason: "repeatedAbsenceEnds" }
    : { proposal: "continue", reason: "absencesTooFew" };
}
