import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPgBossQueue } from "../../src/adapters/pg-boss-queue.ts";
import { BOTH_DATABASES, type TestDatabase } from "./both-databases.ts";
import { CONTRACT_DELAYS_MS, CONTRACT_QUEUES, describeJobQueue } from "./job-queue-contract.ts";

for (const { name, open } of BOTH_DATABASES) {
  describeJobQueue(`pg-boss on ${name} PostgreSQL`, async () => {
    const database = await open();
    const queue = await startPgBossQueue({ url: database.url, queues: CONTRACT_QUEUES, retryDelaysMs: CONTRACT_DELAYS_MS });
    return {
      queue,
      inTransaction: (work) => database.db.transaction().execute(work),
      close: async () => {
        await queue.stop();
        await database.stopAll();
      },
    };
  });
}

describe("startPgBossQueue", () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await BOTH_DATABASES[0].open();
  });

  afterAll(async () => {
    await database.stopAll();
  });

  it("gives the job of a killed worker to another, as its first attempt", async () => {
    const watcher = await startPgBossQueue({ url: database.url, queues: [{ name: "fragile" }] });
    const id = await watcher.enqueue("fragile", { submissionId: "a" });
    const child = spawn(process.execPath, [join(import.meta.dirname, "dying-worker-process.ts"), database.url], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const taken = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
    expect(taken.value).toBe(id);
    child.kill("SIGKILL");
    await once(child, "exit");
    const seen: { readonly id: string; readonly attempt: number }[] = [];
    await watcher.work("fragile", { concurrency: 1, onDead: async () => {} }, async (job) => {
      seen.push({ id: job.id, attempt: job.attempt });
    });
    for (let round = 0; round < 600 && seen.length === 0; round += 1) await delay(100);
    expect(seen).toEqual([{ id, attempt: 1 }]);
    await watcher.stop();
  });

  it("goes on after PostgreSQL was killed under it", async () => {
    const faults: string[] = [];
    const queue = await startPgBossQueue({ url: database.url, queues: [{ name: "steady" }], onError: ({ code }) => faults.push(code) });
    const seen: string[] = [];
    await queue.work("steady", { concurrency: 1, onDead: async () => {} }, async ({ id }) => {
      seen.push(id);
    });
    const server = Number.parseInt(readFileSync(join(database.home, "postgres", "data", "postmaster.pid"), "utf8"), 10);
    process.kill(server, "SIGKILL");
    let id: string | null = null;
    for (let round = 0; round < 600 && id === null; round += 1) {
      id = await queue.enqueue("steady", {}).catch(() => null);
      await delay(50);
    }
    for (let round = 0; round < 400 && seen.length === 0; round += 1) await delay(50);
    expect(seen).toEqual([id]);
    expect(new Set(faults)).not.toContain("unexpected");
    await queue.stop();
  });

  it("says that the database is unavailable when nobody listens", async () => {
    await expect(startPgBossQueue({ url: "postgresql://office@127.0.0.1:1/line", queues: [] })).rejects.toMatchObject({
      code: "databaseUnavailable",
    });
  });
});
