import { Client } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { z } from "zod";
import { isBlobColumn } from "../data-map.ts";
import { toDatabaseFault } from "../postgres-faults.ts";
import { type BackupJob, type BackupManifest, JOBS_PART, PART_FOLDERS, type TablePart } from "./backup-manifest.ts";
import { lastMigration, listBlobColumns, listTables, quoteName, type TableShape } from "./database-tables.ts";
import type { PartWriter } from "./part-writer.ts";

/** What the snapshot says, for the manifest and for the copying of blobs. */
export interface DatabaseDump extends Pick<BackupManifest, "migration" | "tables" | "submissions" | "registrations" | "unfinishedJobs"> {
  /** Names of blobs that its rows refer to. */
  readonly referencedBlobs: ReadonlySet<string>;
}

const JOBS = `
  select name as queue, data, singleton_key as key, start_after
  from pgboss.job where state in ('created', 'retry', 'active') and name not like '%.dead' order by created_on`;

const JobRow = z.object({
  queue: z.string(),
  data: z.object({ id: z.uuid(), data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])) }),
  key: z.string().nullable(),
  start_after: z.date(),
});

async function dumpTable(client: Client, { name, columns }: TableShape, writer: PartWriter): Promise<TablePart> {
  const part = `${PART_FOLDERS.tables}/${name}.copy`;
  const list = columns.map(quoteName).join(", ");
  const { rows } = await client.query<{ count: string }>(`select count(*) as count from ${quoteName(name)}`);
  await writer.write(part, client.query(copyTo(`copy ${quoteName(name)} (${list}) to stdout`)));
  return { name, columns: [...columns], rows: Number(rows[0]?.count ?? 0), part };
}

/** Jobs are filed anew from their lasting id and data: nothing depends on how the queue stores them. */
async function dumpJobs(client: Client, writer: PartWriter): Promise<number> {
  const { rows } = await client.query(JOBS);
  const jobs = z
    .array(JobRow)
    .parse(rows)
    .map(
      ({ queue, data, key, start_after }): BackupJob => ({
        queue,
        id: data.id,
        data: data.data,
        key,
        startAfter: start_after.toISOString(),
      }),
    );
  await writer.write(JOBS_PART, Buffer.from(JSON.stringify(jobs)));
  return jobs.length;
}

async function countByState(client: Client, table: "submissions" | "registrations"): Promise<Record<string, number>> {
  const { rows } = await client.query<{ state: string; count: string }>(`select state, count(*) as count from ${table} group by state`);
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
}

async function listReferencedBlobs(client: Client): Promise<Set<string>> {
  const names = new Set<string>();
  for (const { table, column } of await listBlobColumns(client)) {
    if (!isBlobColumn(table, column)) continue;
    const { rows } = await client.query<{ name: string }>(
      `select distinct ${quoteName(column)} as name from ${quoteName(table)} where ${quoteName(column)} is not null`,
    );
    for (const { name } of rows) names.add(name);
  }
  return names;
}

async function dump(client: Client, writer: PartWriter, onProgress: (table: string) => void): Promise<DatabaseDump> {
  await client.query("begin isolation level repeatable read read only");
  const migration = await lastMigration(client);
  const tables: TablePart[] = [];
  for (const table of await listTables(client)) {
    onProgress(table.name);
    tables.push(await dumpTable(client, table, writer));
  }
  const result = {
    migration,
    tables,
    submissions: await countByState(client, "submissions"),
    registrations: await countByState(client, "registrations"),
    unfinishedJobs: await dumpJobs(client, writer),
    referencedBlobs: await listReferencedBlobs(client),
  };
  await client.query("commit");
  return result;
}

/**
 * Writes every row and every unfinished job as they were at one instant, while others go on writing.
 *
 * One REPEATABLE READ transaction reads all of it, so that no row is there without those it belongs with.
 *
 * @throws databaseUnavailable, storageUnavailable
 */
export async function dumpDatabase(url: string, writer: PartWriter, onProgress: (table: string) => void): Promise<DatabaseDump> {
  const client = new Client({ connectionString: url, application_name: "ilmo-backup" });
  client.on("error", () => {}); // the query that is under way reports it
  try {
    await client.connect();
    return await dump(client, writer, onProgress);
  } catch (error) {
    throw toDatabaseFault(error);
  } finally {
    await client.end().catch(() => {});
  }
}
