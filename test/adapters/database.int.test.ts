import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { BOTH_DATABASES } from "./both-databases.ts";

/** Long enough for the news of a cut connection to arrive while nothing is asked of it. */
const NEWS_MS = 200;

describe.each(BOTH_DATABASES)("openDatabase ($name)", ({ open }) => {
  it("outlives a connection that is cut between two statements of a transaction", async () => {
    const { db, stopAll } = await open();
    try {
      const cut = db.transaction().execute(async (transaction) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
        await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(db);
        await delay(NEWS_MS);
        await sql`select 1`.execute(transaction);
      });
      await expect(cut).rejects.toMatchObject({ code: "databaseUnavailable" });
      const { rows } = await sql<{ one: number }>`select 1 as one`.execute(db);
      expect(rows).toEqual([{ one: 1 }]);
    } finally {
      await stopAll();
    }
  });
});
