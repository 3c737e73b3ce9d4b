import type { DocumentRecord } from "../../pipeline/store-port.ts";
import type { Executor } from "./executor.ts";

/** Notes a paper by its path; writing the same path again replaces the note. */
export async function saveDocument(executor: Executor, document: DocumentRecord, at: string): Promise<void> {
  const facts = {
    kind: document.kind,
    language: document.language,
    version: document.version,
    sha256: document.sha256,
    registration_id: document.registrationId,
    session_id: document.sessionId,
    submission_id: document.submissionId,
    updated_at: at,
  };
  await executor
    .insertInto("documents")
    .values({ relative_path: document.relativePath, ...facts })
    .onConflict((conflict) => conflict.column("relative_path").doUpdateSet(facts))
    .execute();
}

type Subject = { readonly registrationId: string } | { readonly sessionId: string } | { readonly submissionId: string };

/** In the order of their paths. */
export async function listDocuments(executor: Executor, subject: Subject): Promise<DocumentRecord[]> {
  let query = executor.selectFrom("documents").selectAll().orderBy("relative_path");
  if ("registrationId" in subject) query = query.where("registration_id", "=", subject.registrationId);
  else if ("sessionId" in subject) query = query.where("session_id", "=", subject.sessionId);
  else query = query.where("submission_id", "=", subject.submissionId);
  const rows = await query.execute();
  return rows.map((row) => ({
    kind: row.kind,
    language: row.language,
    version: row.version,
    sha256: row.sha256,
    relativePath: row.relative_path,
    registrationId: row.registration_id,
    sessionId: row.session_id,
    submissionId: row.submission_id,
  }));
}
