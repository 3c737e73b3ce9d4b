import { type Selectable, sql } from "kysely";
import { z } from "zod";
import type { Answer, AnswerState, MailStore, NewAnswer, UnmailedRequest } from "../../pipeline/mail-store-port.ts";
import { toStableUuid } from "../../pipeline/stable-id.ts";
import type { MailAnswersTable } from "../mail-schema.ts";
import { type Executor, toJson, toText } from "./executor.ts";

const DEFAULT_LIMIT = 1_000;

const AnswerLetter = z.object({ to: z.string(), subject: z.string(), text: z.string(), inReplyTo: z.string().nullable() });

function toAnswer(row: Selectable<MailAnswersTable>): Answer {
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    way: row.way,
    account: row.account,
    mailId: row.mail_id,
    registrationId: row.registration_id,
    letter: AnswerLetter.parse(row.letter),
    state: row.state,
    attempts: row.attempts,
    nextTryAt: row.next_try_at,
    faultCode: row.fault_code,
    createdAt: row.created_at,
  };
}

/** Adds an answer once a key. */
export async function addAnswer(executor: Executor, answer: NewAnswer, at: string): Promise<boolean> {
  const { key, kind, way, account, mailId, registrationId, letter } = answer;
  const inserted = await executor
    .insertInto("mail_answers")
    .values({
      id: toStableUuid("answer", key),
      key,
      kind,
      way,
      account,
      mail_id: mailId,
      registration_id: registrationId,
      letter: toJson(letter),
      next_try_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Letters that were given up count too: they were an answer to somebody who writes that often. */
export async function countAcknowledgements(
  executor: Executor,
  to: string,
  since: string,
): Promise<{ readonly withForms: number; readonly withoutForms: number }> {
  return executor
    .selectFrom("mail_answers")
    .innerJoin("mail_messages", "mail_messages.id", "mail_answers.mail_id")
    .select([
      sql<number>`count(*) filter (where mail_messages.kind = 'forms')`.as("withForms"),
      sql<number>`count(*) filter (where mail_messages.kind <> 'forms')`.as("withoutForms"),
    ])
    .where("mail_answers.kind", "=", "acknowledgement")
    .where("mail_messages.from_address", "=", toText(to))
    .where("mail_answers.created_at", ">=", since)
    .executeTakeFirstOrThrow();
}

/** In the order in which they may be tried. */
export async function listAnswers(
  executor: Executor,
  { state, way, limit = DEFAULT_LIMIT }: { readonly state?: AnswerState; readonly way?: "send" | "draft"; readonly limit?: number } = {},
): Promise<Answer[]> {
  let query = executor.selectFrom("mail_answers").selectAll().orderBy("next_try_at").orderBy("id").limit(limit);
  if (state !== undefined) query = query.where("state", "=", state);
  if (way !== undefined) query = query.where("way", "=", way);
  return (await query.execute()).map(toAnswer);
}

export async function changeAnswer(
  executor: Executor,
  id: string,
  from: AnswerState,
  { state, nextTryAt, attempts, faultCode }: Parameters<MailStore["changeAnswer"]>[2],
  at: string,
): Promise<boolean> {
  const updated = await executor
    .updateTable("mail_answers")
    .set({
      state,
      ...(nextTryAt !== undefined && { next_try_at: nextTryAt }),
      ...(attempts !== undefined && { attempts }),
      ...(faultCode !== undefined && { fault_code: faultCode }),
      updated_at: at,
    })
    .where("id", "=", id)
    .where("state", "=", from)
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

/** The newest printed request of each open registration that no letter carries yet. */
export async function listUnmailedRequests(executor: Executor): Promise<UnmailedRequest[]> {
  const rows = await executor
    .selectFrom("documents")
    .innerJoin("registrations", "registrations.id", "documents.registration_id")
    .select(["documents.registration_id", "documents.version"])
    .where("documents.kind", "=", "completionRequest")
    .where("registrations.state", "=", "DRAFT")
    .whereRef("documents.version", "=", "registrations.version")
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("mail_answers")
            .select("mail_answers.id")
            .whereRef("mail_answers.registration_id", "=", "documents.registration_id")
            .where("mail_answers.kind", "=", "completionRequest"),
        ),
      ),
    )
    .orderBy("documents.created_at")
    .limit(DEFAULT_LIMIT)
    .execute();
  return rows.flatMap(({ registration_id, version }) => (registration_id === null ? [] : [{ registrationId: registration_id, version }]));
}
