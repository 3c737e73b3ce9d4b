import type { Client } from "pg";
import { IlmoError } from "../../errors.ts";

/** A table of ours with the columns that hold values of their own. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Made by the migrations themselves, so that a copy of their rows would stand in the way. */
const MIGRATION_TABLES = ["kysely_migration", "kysely_migration_lock"];

const COLUMNS = `
  select c.table_name as name, array_agg(c.column_name::text order by c.ordinal_position) as columns
  from information_schema.columns c
  join information_schema.tables t using (table_schema, table_name)
  where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER' and not (c.table_name = any($1))
  group by c.table_name order by c.table_name`;

const REFERENCES = `
  select conrelid::regclass::text as from_table, confrelid::regclass::text as to_table
  from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid`;

const unquoted = (name: string): string => name.replace(/^public\./, "").replace(/^"(.*)"$/, "$1");

/** Puts what is referred to before what refers to it. Pure. @throws unexpected when tables refer to each other in a ring */
export function sortByReferences(
  tables: readonly TableShape[],
  references: readonly { readonly from: string; readonly to: string }[],
): TableShape[] {
  const sorted: TableShape[] = [];
  let rest = [...tables];
  while (rest.length > 0) {
    const waiting = new Set(rest.map(({ name }) => name));
    const isFree = ({ name }: TableShape): boolean => !references.some(({ from, to }) => from === name && waiting.has(to));
    const free = rest.filter(isFree);
    if (free.length === 0) throw new IlmoError("unexpected", "Expected tables that do not refer to each other in a ring.");
    sorted.push(...free);
    rest = rest.filter((table) => !free.includes(table));
  }
  return sorted;
}

/** Lists every table of the line, whoever made it, in an order in which its rows can be put in. */
export async function listTables(client: Client): Promise<TableShape[]> {
  const tables = await client.query<{ name: string; columns: string[] }>(COLUMNS, [MIGRATION_TABLES]);
  const references = await client.query<{ from_table: string; to_table: string }>(REFERENCES);
  const edges = references.rows.map(({ from_table, to_table }) => ({ from: unquoted(from_table), to: unquoted(to_table) }));
  return sortByReferences(tables.rows, edges);
}

/** Returns the name of the last migration that the tables went through. */
export async function lastMigration(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>("select name from kysely_migration order by name desc limit 1");
  const [row] = rows;
  if (row) return row.name;
  throw new IlmoError("databaseUnavailable", "Expected a database that ilmo has set up; it has no tables of ilmo.");
}

/** Columns that name a blob: `sha256` and whatever ends in `_sha256`. */
const BLOB_COLUMNS = `
  select c.table_name as "table", c.column_name as "column"
  from information_schema.columns c
  join information_schema.tables t using (table_schema, table_name)
  where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type in ('text', 'character varying', 'character')
    and (c.column_name = 'sha256' or c.column_name like '%\\_sha256')
  order by 1, 2`;

/** Lists the columns by whose values a row names a blob. */
export async function listBlobColumns(client: Client): Promise<{ readonly table: string; readonly column: string }[]> {
  return (await client.query<{ table: string; column: string }>(BLOB_COLUMNS)).rows;
}

/** Returns an identifier as SQL takes it. Pure. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
