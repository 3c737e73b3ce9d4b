import { randomInt } from "node:crypto";
import { type Selectable, sql } from "kysely";
import { IlmoError } from "../../errors.ts";
import { RegistrationReading, type SubmissionReading } from "../../model/reading.ts";
import { CheckResult } from "../../model/registration.ts";
import { toStableUuid } from "../../pipeline/stable-id.ts";
import type { NewRegistration, RegistrationFilter, StoredRegistration } from "../../pipeline/store-port.ts";
import type { RegistrationsTable } from "../database-schema.ts";
import { appendAudit } from "./audit.ts";
import { type Executor, inTransaction, toJson } from "./executor.ts";
import { createReference } from "./registration-reference.ts";

const DEFAULT_LIMIT = 1_000;

/** Chance of a taken code ten times running with 100,000 registrations in a million codes: 1 in 10^10. */
const REFERENCE_TRIES = 10;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function toRegistration(row: Selectable<RegistrationsTable>): StoredRegistration {
  return {
    id: row.id,
    submissionId: row.submission_id,
    ordinal: row.ordinal,
    version: row.version,
    reference: row.reference,
    receivedOn: row.received_on,
    state: row.state,
    reading: RegistrationReading.parse(row.reading),
    check: CheckResult.parse(row.check_result),
    personKeys: row.person_keys,
    approvedBy: row.approved_by,
    approvedAt: row.approved_at,
  };
}

/** Inserts under a fresh reference, or refreshes a draft; what a person approved is left alone. */
async function saveRegistration(
  executor: Executor,
  submissionId: string,
  receivedOn: string,
  registration: NewRegistration,
): Promise<void> {
  const facts = {
    route: registration.check.route,
    reading: toJson(registration.reading),
    check_result: toJson(registration.check),
    person_keys: [...registration.personKeys],
  };
  const updated = await executor
    .updateTable("registrations")
    .set({ ...facts, updated_at: new Date().toISOString() })
    .where("submission_id", "=", submissionId)
    .where("ordinal", "=", registration.ordinal)
    .where("state", "=", "DRAFT")
    .executeTakeFirst();
  if (updated.numUpdatedRows > 0n) return;
  const identity = { submission_id: submissionId, ordinal: registration.ordinal };
  for (let attempt = 0; attempt < REFERENCE_TRIES; attempt += 1) {
    const inserted = await executor
      .insertInto("registrations")
      .values({
        id: toStableUuid("registration", submissionId, registration.ordinal),
        ...identity,
        version: 1,
        reference: createReference(randomInt),
        received_on: receivedOn,
        state: "DRAFT",
        ...facts,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if ((inserted.numInsertedOrUpdatedRows ?? 0n) > 0n) return;
    const isKnown = await executor
      .selectFrom("registrations")
      .select("id")
      .where("submission_id", "=", submissionId)
      .where("ordinal", "=", registration.ordinal)
      .executeTakeFirst();
    if (isKnown) return;
  }
  throw new IlmoError("unexpected", "Expected a free reference code, but ten in a row were taken. Lengthen the pattern of references.");
}

/** Keeps what was read and its registrations, together; a second run over the same submission changes nothing. */
export async function saveReading(
  executor: Executor,
  submissionId: string,
  reading: SubmissionReading,
  registrations: readonly NewRegistration[],
): Promise<StoredRegistration[]> {
  return inTransaction(executor, async (transaction) => {
    const submission = await transaction
      .selectFrom("submissions")
      .select(["received_on", "state"])
      .where("id", "=", submissionId)
      .forUpdate()
      .executeTakeFirst();
    if (!submission) throw new IlmoError("notFound", "Expected a submission with this id.", { context: { submissionId } });
    if (submission.state === "received" || submission.state === "read") {
      await transaction
        .updateTable("submissions")
        .set({ state: "read", reading: toJson(reading), updated_at: new Date().toISOString() })
        .where("id", "=", submissionId)
        .execute();
      for (const registration of registrations) {
        await saveRegistration(transaction, submissionId, submission.received_on, registration);
      }
    }
    return listRegistrations(transaction, { submissionId });
  });
}

export async function findRegistration(executor: Executor, idOrReference: string): Promise<StoredRegistration | null> {
  const query = executor.selectFrom("registrations").selectAll();
  const row = await (UUID.test(idOrReference)
    ? query.where("id", "=", idOrReference)
    : query.where("reference", "=", idOrReference.trim().toUpperCase())
  ).executeTakeFirst();
  return row ? toRegistration(row) : null;
}

/** @throws notFound */
export async function getRegistration(executor: Executor, id: string): Promise<StoredRegistration> {
  const registration = await findRegistration(executor, id);
  if (!registration) throw new IlmoError("notFound", "Expected a registration with this id or reference.");
  return registration;
}

/** In the order of arrival and of the pages. */
export async function listRegistrations(executor: Executor, filter: RegistrationFilter = {}): Promise<StoredRegistration[]> {
  let query = executor
    .selectFrom("registrations")
    .selectAll()
    .orderBy("received_on")
    .orderBy("created_at")
    .orderBy("submission_id")
    .orderBy("ordinal");
  if (filter.state !== undefined) query = query.where("state", "=", filter.state);
  if (filter.submissionId !== undefined) query = query.where("submission_id", "=", filter.submissionId);
  if (filter.route !== undefined) query = query.where("route", "=", filter.route);
  const rows = await query.limit(filter.limit ?? DEFAULT_LIMIT).execute();
  return rows.map(toRegistration);
}

/** Live registrations that share a person key, except those of one submission. */
export async function findPersons(
  executor: Executor,
  personKeys: readonly string[],
  exceptSubmissionId?: string,
): Promise<StoredRegistration[]> {
  let query = executor
    .selectFrom("registrations")
    .selectAll()
    .where(sql<boolean>`person_keys && ${[...personKeys]}::text[]`)
    .where("state", "!=", "CANCELLED");
  if (exceptSubmissionId !== undefined) query = query.where("submission_id", "!=", exceptSubmissionId);
  return (await query.orderBy("created_at").execute()).map(toRegistration);
}

async function lockRegistration(executor: Executor, idOrReference: string): Promise<StoredRegistration> {
  const { id } = await getRegistration(executor, idOrReference);
  await executor.selectFrom("registrations").select("id").where("id", "=", id).forUpdate().execute();
  return getRegistration(executor, id);
}

/**
 * DRAFT -> APPROVED by a named person; an approved one stays as it is.
 *
 * @throws notFound; notAllowed when errors are open, no name is given, or the registration is cancelled
 */
export async function approve(executor: Executor, idOrReference: string, by: string, at: string): Promise<StoredRegistration> {
  return inTransaction(executor, async (transaction) => {
    const registration = await lockRegistration(transaction, idOrReference);
    if (registration.state === "APPROVED" || registration.state === "EXPORTED") return registration;
    const context = { registrationId: registration.id, state: registration.state };
    if (registration.state === "CANCELLED")
      throw new IlmoError("notAllowed", "Expected a registration that is not cancelled.", { context });
    if (by.trim() === "") throw new IlmoError("notAllowed", "Expected the name of the person who approves.", { context });
    const open = registration.check.findings.filter(({ severity }) => severity === "error");
    if (open.length > 0) {
      throw new IlmoError(
        "notAllowed",
        "Expected a registration without open errors. Ask the sender to complete the form, or correct it.",
        {
          context: { ...context, openErrors: open.map(({ code }) => code).join(" ") },
        },
      );
    }
    await transaction
      .updateTable("registrations")
      .set({ state: "APPROVED", approved_by: by, approved_at: at, updated_at: at })
      .where("id", "=", registration.id)
      .execute();
    await appendAudit(transaction, { actor: by, action: "registration.approved", registrationId: registration.id, detail: null }, at);
    return getRegistration(transaction, registration.id);
  });
}

/** @throws notFound; notAllowed when it is exported already */
export async function cancelRegistration(executor: Executor, idOrReference: string, by: string, at: string): Promise<StoredRegistration> {
  return inTransaction(executor, async (transaction) => {
    const registration = await lockRegistration(transaction, idOrReference);
    if (registration.state === "CANCELLED") return registration;
    if (registration.state === "EXPORTED") {
      throw new IlmoError("notAllowed", "Expected a registration that is not exported yet.", {
        context: { registrationId: registration.id },
      });
    }
    await transaction.updateTable("registrations").set({ state: "CANCELLED", updated_at: at }).where("id", "=", registration.id).execute();
    await appendAudit(transaction, { actor: by, action: "registration.cancelled", registrationId: registration.id, detail: null }, at);
    return getRegistration(transaction, registration.id);
  });
}
