import { type Contact, type NoShowCase, NoShowEvidence } from "../../model/no-show.ts";
import type { NoShowDecisionRecord, PrintedInvitation } from "../../pipeline/attendance-store-port.ts";
import { type Executor, toJson, toText } from "./executor.ts";

export async function noteContact(executor: Executor, contact: Contact): Promise<void> {
  await executor
    .insertInto("contacts")
    .values({
      registration_id: contact.registrationId,
      session_id: contact.sessionId,
      kind: contact.kind,
      document_version: contact.documentVersion,
      how: contact.how,
      happened_on: contact.happenedOn,
      noted_by: toText(contact.notedBy),
    })
    .execute();
}

/** In the order of their days. */
export async function listContacts(executor: Executor, registrationId: string): Promise<Contact[]> {
  const rows = await executor
    .selectFrom("contacts")
    .selectAll()
    .where("registration_id", "=", registrationId)
    .orderBy("happened_on")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    registrationId: row.registration_id,
    sessionId: row.session_id,
    kind: row.kind,
    documentVersion: row.document_version,
    how: row.how,
    happenedOn: row.happened_on,
    notedBy: row.noted_by,
  }));
}

/** In the order of their numbers. */
export async function listPrintedInvitations(executor: Executor, registrationId: string, sessionId: string): Promise<PrintedInvitation[]> {
  return executor
    .selectFrom("documents")
    .select(["version", "language", "updated_at as printedAt"])
    .where("kind", "=", "invitation")
    .where("registration_id", "=", registrationId)
    .where("session_id", "=", sessionId)
    .orderBy("version")
    .execute();
}

/** A case that was withdrawn opens again under its first dates; an open or decided one stays as it is. */
export async function openNoShowCase(executor: Executor, noShow: Omit<NoShowCase, "state">, at: string): Promise<void> {
  await executor
    .insertInto("no_show_cases")
    .values({
      id: noShow.id,
      session_id: noShow.sessionId,
      registration_id: noShow.registrationId,
      state: "open",
      opened_on: noShow.openedOn,
      opened_by: toText(noShow.openedBy),
      explain_by: noShow.explainBy,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["session_id", "registration_id"])
        .doUpdateSet({ state: "open", updated_at: at })
        .where("no_show_cases.state", "=", "withdrawn"),
    )
    .execute();
}

export async function setNoShowState(executor: Executor, id: string, state: NoShowCase["state"], at: string): Promise<void> {
  await executor.updateTable("no_show_cases").set({ state, updated_at: at }).where("id", "=", id).execute();
}

/** Oldest first. */
export async function listNoShowCases(
  executor: Executor,
  { sessionId, registrationId }: { readonly sessionId?: string; readonly registrationId?: string } = {},
): Promise<NoShowCase[]> {
  let query = executor.selectFrom("no_show_cases").selectAll().orderBy("created_at").orderBy("id");
  if (sessionId !== undefined) query = query.where("session_id", "=", sessionId);
  if (registrationId !== undefined) query = query.where("registration_id", "=", registrationId);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    sessionId: row.session_id,
    registrationId: row.registration_id,
    state: row.state,
    openedOn: row.opened_on,
    openedBy: row.opened_by,
    explainBy: row.explain_by,
  }));
}

export async function addNoShowDecision(executor: Executor, decision: Omit<NoShowDecisionRecord, "decidedAt">, at: string): Promise<void> {
  await executor
    .insertInto("no_show_decisions")
    .values({
      case_id: decision.caseId,
      decision: decision.decision,
      decided_by: toText(decision.decidedBy),
      reason: toText(decision.reason),
      proposal: decision.proposal,
      evidence: toJson(decision.evidence),
      decided_at: at,
    })
    .execute();
}

/** Oldest first; none is ever removed. */
export async function listNoShowDecisions(executor: Executor, caseId: string): Promise<NoShowDecisionRecord[]> {
  const rows = await executor.selectFrom("no_show_decisions").selectAll().where("case_id", "=", caseId).orderBy("id").execute();
  return rows.map((row) => ({
    caseId: row.case_id,
    decision: row.decision,
    decidedBy: row.decided_by,
    reason: row.reason,
    proposal: row.proposal,
    evidence: NoShowEvidence.parse(row.evidence),
    decidedAt: row.decided_at,
  }));
}
