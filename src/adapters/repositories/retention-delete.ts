import { sql } from "kysely";
import type { DeletionNote, PendingRemoval } from "../../pipeline/retention-port.ts";
import type { RetentionClass } from "../../retention/find-expired.ts";
import { DATA_MAP, type DataClass, type TableDuty } from "../data-map.ts";
import { type Executor, inTransaction } from "./executor.ts";

/** What stays of a reading: a row that says that something was read, and nothing of what. */
export const EMPTY_READING = JSON.stringify({
  layoutId: null,
  formLanguage: null,
  formVersion: null,
  versionState: "none",
  missingFormPages: [],
  pages: [],
  readings: [],
  signature: { present: false, kind: null, status: "review", confidence: 0 },
});
const EMPTY_SUBMISSION = JSON.stringify({ registrations: [], unassignedPages: [] });

/** Takes every cut-out picture ("png" of a crop) out of a stored reading, wherever it stands in it. */
async function removePictures(executor: Executor, table: "submissions" | "registrations", column: string, ids: readonly string[]) {
  const { rows } = await sql
    .raw<{ id: string; reading: unknown }>(
      `select id::text as id, reading from ${table} where ${column} = any('{${ids.join(",")}}'::uuid[])`,
    )
    .execute(executor);
  for (const { id, reading } of rows) {
    const bare = JSON.stringify(reading, (key, value: unknown) => (key === "png" ? undefined : value)) ?? null;
    await sql`update ${sql.table(table)} set reading = ${bare}::jsonb, pictures_removed_at = now() where id = ${id}::uuid`.execute(
      executor,
    );
  }
}

/** Empties registrations: the row, its reference and its state stay, so that exports and logs still add up. */
export async function emptyRegistrations(executor: Executor, registrationIds: readonly string[]): Promise<void> {
  await sql`update registrations set reading = ${EMPTY_READING}::jsonb, person_keys = '{}', pictures_removed_at = now(), emptied_at = now(),
      check_result = jsonb_build_object('findings', '[]'::jsonb, 'route', route, 'sessionId', null, 'sessionProposed', false),
      updated_at = now()
    where id = any(${registrationIds}::uuid[])`.execute(executor);
}

/** The same contents that come in again later are new then, not a duplicate of something that is gone. */
export async function emptySubmissions(executor: Executor, submissionIds: readonly string[]): Promise<void> {
  await sql`update submissions set reading = case when reading is null then null else ${EMPTY_SUBMISSION}::jsonb end,
      fault_reason = null, pictures_removed_at = now(), emptied_at = now()
    where id = any(${submissionIds}::uuid[])`.execute(executor);
}

function whereOf({ link }: TableDuty): string {
  const condition = `= any($ids)`;
  if (!link) return "false";
  if (!link.through) return `${link.column} ${condition}`;
  return `${link.column} in (select ${link.through.key} from ${link.through.table} where ${link.through.column} ${condition})`;
}

/** Deletes the rows that belong to registrations or submissions, in all tables of these classes, those that refer to others first. */
export async function deleteLinkedRows(
  executor: Executor,
  classes: readonly DataClass[],
  to: "registration" | "submission",
  ids: readonly string[],
): Promise<void> {
  const duties = Object.entries(DATA_MAP).filter(
    ([, duty]) => classes.includes(duty.holds) && duty.onErasure === "row" && duty.link?.to === to,
  );
  for (const [table, duty] of duties.toSorted(([, a], [, b]) => (b.depth ?? 0) - (a.depth ?? 0))) {
    const { rows } = await sql<{ there: boolean }>`select to_regclass(${`public.${table}`}) is not null as there`.execute(executor);
    if (!rows[0]?.there) continue;
    const condition = whereOf(duty).replace("$ids", `'{${ids.join(",")}}'::uuid[]`);
    await sql.raw(`delete from "${table}" where ${condition}`).execute(executor);
  }
}

async function registrationsOf(executor: Executor, submissionIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select id::text as id from registrations where submission_id = any(${submissionIds}::uuid[])`.execute(executor);
  return rows.map(({ id }) => id);
}

/** Notes files that must go once the rows are gone; noting one twice changes nothing. */
export async function noteRemovals(executor: Executor, removals: readonly PendingRemoval[]): Promise<void> {
  for (const { kind, name, sizeBytes } of removals)
    await sql`insert into pending_removals (kind, name, size_bytes) values (${kind}, ${name}, ${sizeBytes}) on conflict do nothing`.execute(
      executor,
    );
}

/** Removes the originals of submissions: rows now, files after. */
export async function deleteOriginals(executor: Executor, submissionIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ state: string; sha256: string; size_bytes: number }>`
    select distinct s.state, f.sha256, f.size_bytes from submission_files f join submissions s on s.id = f.submission_id
    where s.id = any(${submissionIds}::uuid[])`.execute(executor);
  const folders = { done: "done", duplicate: "duplicate", quarantined: "quarantine" } as const;
  const removals = rows.flatMap(({ state, sha256, size_bytes }): PendingRemoval[] => {
    const kind = folders[state as keyof typeof folders];
    return kind === undefined ? [] : [{ kind, name: sha256, sizeBytes: size_bytes }];
  });
  await noteRemovals(executor, removals);
  await deleteLinkedRows(executor, ["originals"], "submission", submissionIds);
  await sql`update submissions set content_key = 'removed:' || id where id = any(${submissionIds}::uuid[])`.execute(executor);
}

/** Removes papers by their path: the note now, the file after. */
export async function deletePapers(executor: Executor, paths: readonly string[]): Promise<void> {
  await noteRemovals(
    executor,
    paths.map((name) => ({ kind: "outbox", name, sizeBytes: null })),
  );
  await sql`delete from documents where relative_path = any(${paths}::text[])`.execute(executor);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Every printing of a roster is remembered with its blob, so all of them go. */
async function deleteRosters(executor: Executor, ids: readonly string[]): Promise<void> {
  const paths = ids.filter((id) => !UUID.test(id));
  const { rows } = await sql<{ session_id: string }>`
    select distinct session_id from documents where relative_path = any(${paths}::text[]) and session_id is not null`.execute(executor);
  const sessionIds = rows.map(({ session_id }) => session_id);
  for (const table of ["roster_print_rows", "roster_prints"])
    await sql`delete from ${sql.table(table)} where session_id = any(${sessionIds}::text[])`.execute(executor);
  await deletePapers(executor, paths);
  await deleteRosterScans(
    executor,
    ids.filter((id) => UUID.test(id)),
  );
}

/** The signed sheets themselves; what was read of them stays as attendance, without the pictures. */
async function deleteRosterScans(executor: Executor, submissionIds: readonly string[]): Promise<void> {
  await sql`update roster_scan_rows set png = null where scan_id in
    (select id from roster_scans where submission_id = any(${submissionIds}::uuid[]))`.execute(executor);
  await deleteOriginals(executor, submissionIds);
}

async function deleteImportFiles(executor: Executor, batchIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ file_name: string }>`
    update export_batches set files_removed_at = now() where id = any(${batchIds}::uuid[]) and file_name is not null returning file_name`.execute(
    executor,
  );
  await noteRemovals(
    executor,
    rows.map(({ file_name }) => ({ kind: "importFile", name: file_name.replace(/\.xml$/, ""), sizeBytes: null })),
  );
}

async function deleteExtracted(executor: Executor, submissionIds: readonly string[]): Promise<void> {
  const registrationIds = await registrationsOf(executor, submissionIds);
  const { rows } = await sql<{ path: string }>`
    select relative_path as path from documents where registration_id = any(${registrationIds}::uuid[])`.execute(executor);
  await deletePapers(
    executor,
    rows.map(({ path }) => path),
  );
  await deleteLinkedRows(executor, ["extracted", "papers"], "registration", registrationIds);
  await deleteLinkedRows(executor, ["extracted"], "submission", submissionIds);
  await emptyRegistrations(executor, registrationIds);
  await emptySubmissions(executor, submissionIds);
}

const DELETERS: Readonly<Record<RetentionClass, (executor: Executor, ids: readonly string[]) => Promise<void>>> = {
  originals: deleteOriginals,
  pictures: async (executor, ids) => {
    await removePictures(executor, "submissions", "id", ids);
    await removePictures(executor, "registrations", "submission_id", ids);
  },
  papers: deletePapers,
  rosters: deleteRosters,
  importFiles: deleteImportFiles,
  quarantine: async (executor, ids) => {
    await deleteOriginals(executor, ids);
    await emptySubmissions(executor, ids);
    await sql`delete from mail_messages where id = any(${ids}::uuid[]) and submission_id is null`.execute(executor);
  },
  extracted: deleteExtracted,
  log: async (executor, ids) => {
    await sql`delete from audit_log where id = any(${ids}::bigint[])`.execute(executor);
    await sql`delete from job_effects where created_at < (select coalesce(min(at), now()) from audit_log)`.execute(executor);
  },
};

/** Writes what was deleted into the log of deletions. */
export async function noteDeletion(executor: Executor, name: string, ids: readonly string[], note: DeletionNote): Promise<void> {
  await sql`insert into deletions (actor, cause, class, reason, item_count, ids)
    values (${note.actor}, ${note.cause}, ${name}, ${note.reason}, ${ids.length}, ${JSON.stringify(ids)}::jsonb)`.execute(executor);
}

/** Deletes these of one class, with their row in the log, together. */
export async function deleteDue(executor: Executor, name: RetentionClass, ids: readonly string[], note: DeletionNote): Promise<void> {
  if (ids.length === 0) return;
  await inTransaction(executor, async (transaction) => {
    await DELETERS[name](transaction, ids);
    await noteDeletion(transaction, name, ids, note);
  });
}
