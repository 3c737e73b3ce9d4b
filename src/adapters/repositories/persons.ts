import { type Kysely, sql } from "kysely";
import type { ErasureRemainder, PersonRegistration, PersonStore, PersonTable } from "../../pipeline/person-port.ts";
import { DATA_MAP, type TableDuty } from "../data-map.ts";
import type { Database } from "../database-schema.ts";
import { appendAudit } from "./audit.ts";
import { type Executor, inTransaction } from "./executor.ts";
import { getRegistration } from "./registrations.ts";
import {
  deleteLinkedRows,
  deleteOriginals,
  deletePapers,
  EMPTY_READING,
  emptyRegistrations,
  emptySubmissions,
  noteDeletion,
} from "./retention-delete.ts";

const SQL_REGISTRATIONS = `
  select r.id::text as id, r.reference, r.submission_id::text as "submissionId", r.state, r.ordinal,
    exists (select 1 from registrations o where o.submission_id = r.submission_id and o.id <> r.id and o.emptied_at is null) as "isShared",
    exists (select 1 from holds h where h.registration_id = r.id and h.released_at is null) as "isHeld",
    s.state in ('received', 'read') as "isUnfinished",
    exists (select 1 from export_records e join export_batches b on b.id = e.batch_id
      where e.registration_id = r.id and b.state = 'prepared') as "isBeingExported"
  from registrations r join submissions s on s.id = r.submission_id`;

async function findByKeys(executor: Executor, personKeys: readonly string[]): Promise<PersonRegistration[]> {
  const { rows } = await sql<PersonRegistration>`${sql.raw(SQL_REGISTRATIONS)} where r.person_keys && ${[...personKeys]}::text[]
    order by r.created_at`.execute(executor);
  return rows;
}

async function findByRegistration(executor: Executor, idOrReference: string): Promise<PersonRegistration[]> {
  const { id, personKeys } = await getRegistration(executor, idOrReference);
  const { rows } = await sql<PersonRegistration>`${sql.raw(SQL_REGISTRATIONS)} where r.id = ${id}::uuid`.execute(executor);
  const others = await findByKeys(executor, personKeys);
  return [...rows, ...others.filter((other) => other.id !== id)];
}

/** Rows of a submission that several persons share show the others: of it only the arrival is one's own. */
const SHARED_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  submissions: ["id", "received_at", "received_on", "channel", "source", "state", "created_at", "updated_at"],
};

function selectRows(table: string, { link }: TableDuty, ids: readonly string[]): string | null {
  if (link === null) return null;
  const wanted = `any('{${ids.join(",")}}'::uuid[])`;
  const { through, column } = link;
  const condition = through
    ? `t.${column} in (select ${through.key} from ${through.table} where ${through.column} = ${wanted})`
    : `t.${column} = ${wanted}`;
  const columns = SHARED_COLUMNS[table]?.map((name) => `t.${name}`).join(", ") ?? "t.*";
  return `select ${columns} from "${table}" t where ${condition}`;
}

async function collect(executor: Executor, registrations: readonly PersonRegistration[]): Promise<PersonTable[]> {
  const ownSubmissions = registrations.filter(({ isShared }) => !isShared).map(({ submissionId }) => submissionId);
  const allSubmissions = registrations.map(({ submissionId }) => submissionId);
  const tables: PersonTable[] = [];
  for (const [table, duty] of Object.entries(DATA_MAP)) {
    const submissionIds = SHARED_COLUMNS[table] === undefined ? ownSubmissions : allSubmissions;
    const ids = duty.link?.to === "submission" ? submissionIds : registrations.map(({ id }) => id);
    const statement = selectRows(table, duty, ids);
    if (statement === null) continue;
    const { rows } = await sql.raw<object>(statement).execute(executor);
    if (rows.length > 0) tables.push({ table, rows });
  }
  return tables;
}

/** Takes one person out of what was read of a submission that others share. */
async function emptyWithinSubmission(executor: Executor, { submissionId, ordinal }: PersonRegistration): Promise<void> {
  await sql`update submissions set reading = jsonb_set(reading, array['registrations', ${String(ordinal - 1)}], ${EMPTY_READING}::jsonb, false)
    where id = ${submissionId}::uuid and reading is not null`.execute(executor);
}

/** The submission and those that repeat its contents. */
async function withDuplicates(executor: Executor, submissionId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id::text as id from submissions where id = ${submissionId}::uuid or duplicate_of = ${submissionId}::uuid`.execute(executor);
  return rows.map(({ id }) => id);
}

async function eraseOriginals(executor: Executor, registration: PersonRegistration): Promise<ErasureRemainder[]> {
  if (registration.isShared) {
    await emptyWithinSubmission(executor, registration);
    return [{ kind: "sharedOriginal", what: registration.submissionId }];
  }
  const submissionIds = await withDuplicates(executor, registration.submissionId);
  await deleteOriginals(executor, submissionIds);
  await deleteLinkedRows(executor, ["extracted"], "submission", submissionIds);
  await emptySubmissions(executor, submissionIds);
  return [];
}

/** The line moves messages in their mailbox and deletes none; told before their rows go, by account, folder and time of arrival. */
async function listMailboxCopies(executor: Executor, submissionId: string): Promise<ErasureRemainder[]> {
  const { rows } = await sql<{ account: string; folder: string; arrived_at: string | Date }>`
    select account, coalesce(case when not is_moved then target_folder end, folder) as folder, arrived_at
    from mail_messages where submission_id = any(${await withDuplicates(executor, submissionId)}::uuid[]) order by arrived_at, id`.execute(
    executor,
  );
  return rows.map(({ account, folder, arrived_at }) => ({
    kind: "mailboxCopy",
    what: `came to ${account} at ${new Date(arrived_at).toISOString()} and lies in ${folder}`,
  }));
}

async function listImportFiles(executor: Executor, registrationId: string): Promise<ErasureRemainder[]> {
  const { rows } = await sql<{ what: string }>`
    select b.file_name as what from export_records e join export_batches b on b.id = e.batch_id
    where e.registration_id = ${registrationId}::uuid and b.state = 'published' and b.files_removed_at is null`.execute(executor);
  return rows.map(({ what }) => ({ kind: "importFile", what }));
}

/** Papers of sessions name everybody who had a seat; those of sessions to come are printed anew without the person. */
async function listRosters(executor: Executor, registrationId: string): Promise<ErasureRemainder[]> {
  const { rows } = await sql<{ what: string }>`
    select distinct d.relative_path as what from documents d join bookings b on b.session_id = d.session_id
    where b.registration_id = ${registrationId}::uuid and d.registration_id is null order by 1`.execute(executor);
  return rows.map(({ what }) => ({ kind: "otherRosters", what }));
}

async function listPaperPaths(executor: Executor, registrationId: string): Promise<string[]> {
  const { rows } = await sql<{
    path: string;
  }>`select relative_path as path from documents where registration_id = ${registrationId}::uuid`.execute(executor);
  return rows.map(({ path }) => path);
}

async function eraseOne(
  executor: Executor,
  registration: PersonRegistration,
  { by, reason }: { readonly by: string; readonly reason: string },
  at: string,
): Promise<ErasureRemainder[]> {
  return inTransaction(executor, async (transaction) => {
    const { id, reference } = registration;
    await sql`update registrations set state = 'CANCELLED' where id = ${id}::uuid and state in ('DRAFT', 'APPROVED')`.execute(transaction);
    const rosters = await listRosters(transaction, id);
    await deletePapers(transaction, await listPaperPaths(transaction, id));
    await deleteLinkedRows(transaction, ["extracted", "papers"], "registration", [id]);
    const copies = await listMailboxCopies(transaction, registration.submissionId);
    const shared = await eraseOriginals(transaction, registration);
    await emptyRegistrations(transaction, [id]);
    await noteDeletion(transaction, "person", [id], { actor: by, cause: "erasure", reason });
    await appendAudit(transaction, { actor: by, action: "registration.erased", registrationId: id, detail: null }, at);
    return [...shared, ...copies, ...rosters, ...(await listImportFiles(transaction, id)), { kind: "logs", what: reference }];
  });
}

/** Returns what export and erasure of a person need of an open database. */
export function createPersonStore(db: Kysely<Database>, now: () => Date): PersonStore {
  return {
    findByRegistration: (idOrReference) => findByRegistration(db, idOrReference),
    findByKeys: (personKeys) => findByKeys(db, personKeys),
    collect: (registrations) => collect(db, registrations),
    erase: (registration, note) => eraseOne(db, registration, note, now().toISOString()),
  };
}
