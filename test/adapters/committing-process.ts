import { Client } from "pg";
import { startEmbeddedPostgres } from "../../src/adapters/embedded-postgres.ts";

/** Started by tests that kill it: writes one row after the other and prints each number once its commit is acknowledged. */
const server = await startEmbeddedPostgres({ home: process.argv[2] ?? "" });
const client = new Client({ connectionString: server.url });
client.on("error", () => {});
await client.connect();
await client.query("create table if not exists acknowledged (number bigint generated always as identity)");
for (;;) {
  const { rows } = await client.query<{ number: string }>("insert into acknowledged default values returning number");
  process.stdout.write(`${rows[0]?.number}\n`);
}
