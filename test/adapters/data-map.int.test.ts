import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listBlobColumns, listTables } from "../../src/adapters/backup/database-tables.ts";
import { DATA_MAP, isBlobColumn } from "../../src/adapters/data-map.ts";
import { BOTH_DATABASES, type TestDatabase } from "./both-databases.ts";

/** Hashes of things that are not in the blob store. */
const NOT_BLOBS = ["mail_messages.body_sha256", "export_batches.sha256"];

describe("DATA_MAP", () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await BOTH_DATABASES[0].open();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });

  afterAll(async () => {
    await client.end();
    await database.stopAll();
  });

  it("declares every table: whoever makes one says in src/adapters/data-map.ts whose data it holds", async () => {
    const tables = (await listTables(client)).map(({ name }) => name);
    expect(tables.length).toBeGreaterThan(10);
    expect(tables.filter((name) => DATA_MAP[name] === undefined)).toEqual([]);
  });

  it("declares every column that names a blob", async () => {
    const columns = await listBlobColumns(client);
    expect(columns.length).toBeGreaterThan(1);
    const undeclared = columns.filter(({ table, column }) => !isBlobColumn(table, column)).map(({ table, column }) => `${table}.${column}`);
    expect(undeclared.filter((name) => !NOT_BLOBS.includes(name))).toEqual([]);
  });

  it("names columns that the tables have", async () => {
    const columns = new Map((await listTables(client)).map(({ name, columns: names }) => [name, names]));
    for (const [table, { link, blobs = [] }] of Object.entries(DATA_MAP)) {
      const found = columns.get(table);
      if (found === undefined) continue;
      expect(found, table).toEqual(expect.arrayContaining([...blobs, ...(link === null ? [] : [link.column])]));
      if (link?.through)
        expect(columns.get(link.through.table), table).toEqual(expect.arrayContaining([link.through.key, link.through.column]));
    }
  });

  it("gives each table that leads to a person a fate: nothing with a registration_id is left out", async () => {
    for (const { name, columns } of await listTables(client))
      if (columns.includes("registration_id")) expect(DATA_MAP[name]?.link?.to, name).toBe("registration");
  });
});
