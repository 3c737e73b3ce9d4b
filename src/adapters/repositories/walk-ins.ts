import { randomInt } from "node:crypto";
import type { Selectable, Transaction } from "kysely";
import { IlmoError } from "../../errors.ts";
import type { WalkIn } from "../../pipeline/session-store-port.ts";
import type { Database, WalkInsTable } from "../database-schema.ts";
import type { Executor } from "./executor.ts";
import { createReference } from "./registration-reference.ts";

/** Sets walk-ins apart from registrations, whose references have no such start. */
const PREFIX = "W-";

/** A million codes: a taken one several times running does not happen. */
const REFERENCE_TRIES = 10;

function toWalkIn(row: Selectable<WalkInsTable>): WalkIn {
  return {
    reference: row.reference,
    sessionId: row.session_id,
    overCapacity: row.over_capacity,
    notedBy: row.noted_by,
    registrationId: row.registration_id,
  };
}

/** In the order in which they came. */
export async function listWalkIns(executor: Executor, sessionId: string): Promise<WalkIn[]> {
  const rows = await executor.selectFrom("walk_ins").selectAll().where("session_id", "=", sessionId).orderBy("created_at").execute();
  return rows.map(toWalkIn);
}

/** Notes a person by a fresh reference. */
export async function addWalkIn(
  transaction: Transaction<Database>,
  { sessionId, overCapacity, notedBy }: Omit<WalkIn, "reference" | "registrationId">,
): Promise<WalkIn> {
  for (let attempt = 0; attempt < REFERENCE_TRIES; attempt += 1) {
    const row = await transaction
      .insertInto("walk_ins")
      .values({ reference: PREFIX + createReference(randomInt), session_id: sessionId, over_capacity: overCapacity, noted_by: notedBy })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (row !== undefined) return toWalkIn(row);
  }
  throw new IlmoError("unexpected", "Expected a free reference code, but ten in a row were taken. Lengthen the pattern of references.");
}

/** @throws notFound; notAllowed when the walk-in belongs to another registration */
export async function tieWalkIn(
  transaction: Transaction<Database>,
  reference: string,
  registrationId: string,
  at: string,
): Promise<WalkIn> {
  const found = await transaction
    .selectFrom("walk_ins")
    .selectAll()
    .where("reference", "=", reference.trim().toUpperCase())
    .forUpdate()
    .executeTakeFirst();
  if (found === undefined)
    throw new IlmoError("notFound", "Expected the reference of a walk-in, such as W-K7M3-92. `ilmo sessions show` lists them.");
  if (found.registration_id !== null && found.registration_id !== registrationId)
    throw new IlmoError("notAllowed", `Expected a walk-in without a registration; ${found.reference} has one already.`);
  await transaction
    .updateTable("walk_ins")
    .set({ registration_id: registrationId, updated_at: at })
    .where("reference", "=", found.reference)
    .execute();
  return toWalkIn({ ...found, registration_id: registrationId });
}
