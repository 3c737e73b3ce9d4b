import { type Kysely, sql } from "kysely";
import { IlmoError } from "../../errors.ts";
import type { Deletion, Hold, PendingRemoval, RetentionStore } from "../../pipeline/retention-port.ts";
import { DATA_MAP } from "../data-map.ts";
import type { Database } from "../database-schema.ts";
import { appendAudit } from "./audit.ts";
import { type Executor, inTransaction } from "./executor.ts";
import { getRegistration } from "./registrations.ts";
import { deleteDue } from "./retention-delete.ts";
import { listKept } from "./retention-kept.ts";

const SQL_HOLDS = `select h.registration_id::text as "registrationId", r.reference, h.reason, h.set_by as "setBy", h.set_at as "setAt"
  from holds h join registrations r on r.id = h.registration_id where h.released_at is null order by h.set_at`;

async function listHolds(executor: Executor): Promise<Hold[]> {
  return (await sql.raw<Hold>(SQL_HOLDS).execute(executor)).rows;
}

async function findHold(executor: Executor, registrationId: string): Promise<Hold | undefined> {
  return (await listHolds(executor)).find((candidate) => candidate.registrationId === registrationId);
}

async function hold(executor: Executor, idOrReference: string, reason: string, by: string, at: string): Promise<Hold> {
  return inTransaction(executor, async (transaction) => {
    const { id } = await getRegistration(transaction, idOrReference);
    if (await findHold(transaction, id))
      throw new IlmoError("notAllowed", "Expected a registration that is not held; this one is already.");
    await sql`insert into holds (registration_id, reason, set_by, set_at) values (${id}::uuid, ${reason}, ${by}, ${at})`.execute(
      transaction,
    );
    await appendAudit(transaction, { actor: by, action: "registration.held", registrationId: id, detail: null }, at);
    const made = await findHold(transaction, id);
    if (made) return made;
    throw new IlmoError("unexpected", "Expected the hold that was just set.");
  });
}

async function release(executor: Executor, idOrReference: string, by: string, at: string): Promise<void> {
  await inTransaction(executor, async (transaction) => {
    const { id } = await getRegistration(transaction, idOrReference);
    const { numAffectedRows } = await sql`
      update holds set released_by = ${by}, released_at = ${at} where registration_id = ${id}::uuid and released_at is null`.execute(
      transaction,
    );
    if (numAffectedRows !== 1n) throw new IlmoError("notAllowed", "Expected a registration that is held; this one is not.");
    await appendAudit(transaction, { actor: by, action: "registration.holdReleased", registrationId: id, detail: null }, at);
  });
}

const BLOB_COLUMNS = `
  select c.table_name as "table", c.column_name as "column" from information_schema.columns c
  where c.table_schema = 'public' and c.data_type = 'text' and (c.column_name = 'sha256' or c.column_name like '%\\_sha256')`;

/** A table that nobody has declared may name blobs in a way that is not known here: then no blob may be called unused. */
async function assertAllDeclared(executor: Executor): Promise<void> {
  const { rows } = await sql
    .raw<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'kysely%'",
    )
    .execute(executor);
  const unknown = rows.filter(({ name }) => DATA_MAP[name] === undefined).map(({ name }) => name);
  if (unknown.length === 0) return;
  throw new IlmoError("unexpected", "Expected every table to be declared in the data map; nothing was removed from the blob store.", {
    context: { tables: unknown.join(" ") },
  });
}

async function listReferencedBlobs(executor: Executor): Promise<Set<string>> {
  await assertAllDeclared(executor);
  const names = new Set<string>();
  const columns = await sql.raw<{ table: string; column: string }>(BLOB_COLUMNS).execute(executor);
  for (const { table, column } of columns.rows) {
    const { rows } = await sql
      .raw<{ name: string }>(`select distinct "${column}" as name from "${table}" where "${column}" is not null`)
      .execute(executor);
    for (const { name } of rows) names.add(name);
  }
  return names;
}

const SQL_PENDING = `select kind, name, size_bytes as "sizeBytes" from pending_removals p
  where kind <> 'outbox' or not exists (select 1 from documents d where d.relative_path = p.name)
  order by created_at, name`;
const SQL_DELETIONS = `select at, actor, cause, class, reason, item_count as "itemCount", ids from deletions order by id desc`;

/** Returns what retention and erasure need of an open database. */
export function createRetentionStore(db: Kysely<Database>, now: () => Date): RetentionStore {
  const at = (): string => now().toISOString();
  return {
    listKept: () => listKept(db),
    deleteDue: (name, ids, note) => deleteDue(db, name, ids, note),
    hold: (idOrReference, reason, by) => hold(db, idOrReference, reason, by, at()),
    release: (idOrReference, by) => release(db, idOrReference, by, at()),
    listHolds: () => listHolds(db),
    listDeletions: async (limit) => (await sql.raw<Deletion>(`${SQL_DELETIONS} limit ${limit}`).execute(db)).rows.toReversed(),
    listPendingRemovals: async () => (await sql.raw<PendingRemoval>(SQL_PENDING).execute(db)).rows,
    forgetPendingRemoval: async ({ kind, name }) => {
      await sql`delete from pending_removals where kind = ${kind} and name = ${name}`.execute(db);
    },
    listReferencedBlobs: () => listReferencedBlobs(db),
    listLiveOriginals: async (outcome) => {
      const state = outcome === "quarantine" ? "quarantined" : outcome;
      const { rows } = await sql<{ sha256: string }>`
        select distinct f.sha256 from submission_files f join submissions s on s.id = f.submission_id where s.state = ${state}`.execute(db);
      return new Set(rows.map(({ sha256 }) => sha256));
    },
  };
}
