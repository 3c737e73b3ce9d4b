import { pipeline } from "node:stream/promises";
import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { IlmoError } from "../../errors.ts";
import { toDatabaseFault } from "../postgres-faults.ts";
import type { TablePart } from "./backup-manifest.ts";
import { quoteName } from "./database-tables.ts";
import type { OpenBackup } from "./open-backup.ts";
import { openPart } from "./part-writer.ts";

const COUNTERS = `
  select table_name as "table", column_name as "column" from information_schema.columns
  where table_schema = 'public' and (is_identity = 'YES' or column_default like 'nextval(%')`;

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: "ilmo-restore" });
  client.on("error", () => {}); // the query that is under way reports it
  await client.connect();
  return client;
}

/** @throws notAllowed when the database has tables already: a restore never overwrites anything */
export async function assertEmptyDatabase(url: string): Promise<void> {
  let client: Client | undefined;
  try {
    client = await connect(url);
    const { rows } = await client.query<{ count: string }>(
      "select count(*) as count from information_schema.tables where table_schema in ('public', 'pgboss')",
    );
    if (Number(rows[0]?.count ?? 0) === 0) return;
  } catch (error) {
    throw toDatabaseFault(error);
  } finally {
    await client?.end().catch(() => {});
  }
  throw new IlmoError("notAllowed", "Expected an empty database to restore into; this one has tables. Create a new one for DATABASE_URL.");
}

async function loadTable(client: Client, backup: OpenBackup, { name, columns, rows, part }: TablePart): Promise<void> {
  const list = columns.map(quoteName).join(", ");
  await pipeline(openPart(backup.folder, part, backup.key), client.query(copyFrom(`copy ${quoteName(name)} (${list}) from stdin`)));
  const { rows: counted } = await client.query<{ count: string }>(`select count(*) as count from ${quoteName(name)}`);
  const found = Number(counted[0]?.count ?? 0);
  if (found !== rows)
    throw new IlmoError("fileDamaged", "Expected as many rows as the backup's manifest says. Nothing was restored.", {
      context: { table: name, expected: rows, found },
    });
}

/** Generated numbers go on after the highest one that was restored. */
async function setCounters(client: Client): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(COUNTERS);
  for (const { table, column } of rows) {
    const [name, field] = [quoteName(table), quoteName(column)];
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce(max(${field}), 1), max(${field}) is not null) from ${name}`,
      [name, column],
    );
  }
}

/**
 * Puts the rows of a backup into tables of the same shape; all of them or none.
 *
 * @throws fileDamaged, databaseUnavailable, storageUnavailable
 */
export async function loadDatabase(url: string, backup: OpenBackup, onProgress: (table: string) => void): Promise<void> {
  let client: Client | undefined;
  try {
    client = await connect(url);
    await client.query("begin");
    const { tables } = backup.manifest;
    await client.query(`truncate ${tables.map(({ name }) => quoteName(name)).join(", ")}`);
    for (const table of tables) {
      onProgress(table.name);
      await loadTable(client, backup, table);
    }
    await setCounters(client);
    await client.query("commit");
  } catch (error) {
    throw toDatabaseFault(error);
  } finally {
    await client?.end().catch(() => {});
  }
}
