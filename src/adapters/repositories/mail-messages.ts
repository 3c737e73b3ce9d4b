import { randomInt } from "node:crypto";
import type { Selectable } from "kysely";
import { IlmoError } from "../../errors.ts";
import type { MailFilter, MailMessage, MailPlace, MailStore, NewMailMessage } from "../../pipeline/mail-store-port.ts";
import type { MailMessagesTable } from "../mail-schema.ts";
import { type Executor, toText } from "./executor.ts";
import { createReference } from "./registration-reference.ts";

/** Sets messages apart from registrations, whose references have no such start. */
const PREFIX = "M-";
/** A million codes: a taken one several times running does not happen. */
const REFERENCE_TRIES = 10;
const DEFAULT_LIMIT = 1_000;

function toMessage(row: Selectable<MailMessagesTable>): MailMessage {
  return {
    id: row.id,
    account: row.account,
    place: { folder: row.folder, uidValidity: row.uid_validity, uid: row.uid },
    messageId: row.message_id,
    sha256: row.sha256,
    bodySha256: row.body_sha256,
    sizeBytes: row.size_bytes,
    arrivedAt: row.arrived_at,
    reference: row.reference,
    kind: row.kind,
    state: row.state,
    fromAddress: row.from_address,
    unit: row.unit,
    language: row.language,
    doubt: row.doubt,
    answerBlock: row.answer_block,
    documentCount: row.document_count,
    hasNotice: row.has_notice,
    hasIdentityCode: row.has_identity_code,
    submissionId: row.submission_id,
    isDuplicate: row.is_duplicate,
    targetFolder: row.target_folder,
    isMoved: row.is_moved,
    moveFault: row.move_fault,
  };
}

function rowOf(message: NewMailMessage): Omit<MailMessagesTable, "reference" | "is_moved" | "move_fault" | "created_at" | "updated_at"> {
  const { place } = message;
  return {
    id: message.id,
    account: message.account,
    folder: place.folder,
    uid_validity: place.uidValidity,
    uid: place.uid,
    message_id: message.messageId === null ? null : toText(message.messageId),
    sha256: message.sha256,
    body_sha256: message.bodySha256,
    size_bytes: message.sizeBytes,
    arrived_at: message.arrivedAt,
    kind: message.kind,
    state: message.state,
    from_address: message.fromAddress === null ? null : toText(message.fromAddress),
    unit: message.unit,
    language: message.language,
    doubt: message.doubt,
    answer_block: message.answerBlock,
    document_count: message.documentCount,
    has_notice: message.hasNotice,
    has_identity_code: message.hasIdentityCode,
    submission_id: message.submissionId,
    is_duplicate: message.isDuplicate,
    target_folder: message.targetFolder,
  };
}

async function getById(executor: Executor, id: string): Promise<MailMessage | null> {
  const row = await executor.selectFrom("mail_messages").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : toMessage(row);
}

/** Writes a message once; a message that is known already stays as it is. */
export async function recordMail(executor: Executor, message: NewMailMessage): Promise<MailMessage> {
  for (let attempt = 0; attempt < REFERENCE_TRIES; attempt += 1) {
    await executor
      .insertInto("mail_messages")
      .values({ ...rowOf(message), reference: PREFIX + createReference(randomInt) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const recorded = await getById(executor, message.id);
    if (recorded !== null) return recorded;
  }
  throw new IlmoError("unexpected", "Expected a free reference code and place for a message; there was none. Look at the mail tables.");
}

export async function listKnownUids(executor: Executor, account: string, place: Omit<MailPlace, "uid">): Promise<number[]> {
  const rows = await executor
    .selectFrom("mail_messages")
    .select("uid")
    .where("account", "=", account)
    .where("folder", "=", place.folder)
    .where("uid_validity", "=", place.uidValidity)
    .execute();
  return rows.flatMap(({ uid }) => uid ?? []);
}

export async function findLostMail(
  executor: Executor,
  account: string,
  { folder, uidValidity, messageId, sizeBytes }: Parameters<MailStore["findLostMail"]>[1],
): Promise<MailMessage | null> {
  const row = await executor
    .selectFrom("mail_messages")
    .selectAll()
    .where("account", "=", account)
    .where("folder", "=", folder)
    .where("uid_validity", "<>", uidValidity)
    .where("message_id", "=", toText(messageId))
    .where("size_bytes", "=", sizeBytes)
    .where("is_moved", "=", false)
    .orderBy("created_at")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : toMessage(row);
}

export async function findSameMail(
  executor: Executor,
  { id, messageId, fromAddress, bodySha256 }: Pick<NewMailMessage, "id" | "messageId" | "fromAddress" | "bodySha256">,
): Promise<MailMessage | null> {
  if (messageId === null || fromAddress === null || bodySha256 === null) return null;
  const row = await executor
    .selectFrom("mail_messages")
    .innerJoin("submissions", "submissions.id", "mail_messages.submission_id")
    .selectAll("mail_messages")
    .where("mail_messages.message_id", "=", toText(messageId))
    .where("mail_messages.from_address", "=", toText(fromAddress))
    .where("mail_messages.body_sha256", "=", bodySha256)
    .where("mail_messages.id", "<>", id)
    .where("submissions.state", "<>", "quarantined")
    .orderBy("mail_messages.created_at")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : toMessage(row);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export async function findMail(executor: Executor, idOrReference: string): Promise<MailMessage | null> {
  const wanted = idOrReference.trim();
  if (UUID.test(wanted)) return getById(executor, wanted.toLowerCase());
  const row = await executor.selectFrom("mail_messages").selectAll().where("reference", "=", wanted.toUpperCase()).executeTakeFirst();
  return row === undefined ? null : toMessage(row);
}

export async function findMailOfSubmission(executor: Executor, submissionId: string): Promise<MailMessage | null> {
  const row = await executor
    .selectFrom("mail_messages")
    .selectAll()
    .where("submission_id", "=", submissionId)
    .orderBy("created_at")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : toMessage(row);
}

export async function listRescuedMail(executor: Executor, quarantineFolder: string): Promise<MailMessage[]> {
  const rows = await executor
    .selectFrom("mail_messages")
    .innerJoin("submissions", "submissions.id", "mail_messages.submission_id")
    .selectAll("mail_messages")
    .where("mail_messages.state", "=", "ended")
    .where("mail_messages.target_folder", "=", quarantineFolder)
    .where("submissions.state", "=", "done")
    .limit(DEFAULT_LIMIT)
    .execute();
  return rows.map(toMessage);
}

/** Oldest first. */
export async function listMail(
  executor: Executor,
  { account, state, isMoved, limit = DEFAULT_LIMIT }: MailFilter = {},
): Promise<MailMessage[]> {
  let query = executor.selectFrom("mail_messages").selectAll().orderBy("arrived_at").orderBy("created_at").orderBy("id").limit(limit);
  if (account !== undefined) query = query.where("account", "=", account);
  if (state !== undefined) query = query.where("state", "=", state);
  if (isMoved !== undefined) query = query.where("is_moved", "=", isMoved);
  return (await query.execute()).map(toMessage);
}

export async function changeMail(
  executor: Executor,
  id: string,
  change: Parameters<MailStore["changeMail"]>[1],
  at: string,
): Promise<void> {
  const { place, state, kind, submissionId, targetFolder, isMoved, moveFault, unit, doubt, isDuplicate } = change;
  const values = {
    ...(place && { folder: place.folder, uid_validity: place.uidValidity, uid: place.uid }),
    ...(state !== undefined && { state }),
    ...(kind !== undefined && { kind }),
    ...(submissionId !== undefined && { submission_id: submissionId }),
    ...(targetFolder !== undefined && { target_folder: targetFolder }),
    ...(isMoved !== undefined && { is_moved: isMoved }),
    ...(moveFault !== undefined && { move_fault: moveFault }),
    ...(unit !== undefined && { unit }),
    ...(doubt !== undefined && { doubt }),
    ...(isDuplicate !== undefined && { is_duplicate: isDuplicate }),
    updated_at: at,
  };
  await executor.updateTable("mail_messages").set(values).where("id", "=", id).execute();
}
