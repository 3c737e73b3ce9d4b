import { setTimeout as delay } from "node:timers/promises";
import { startPgBossQueue } from "../../src/adapters/pg-boss-queue.ts";

/** Started by a test that kills it: takes one job, says so and never finishes it. */
const queue = await startPgBossQueue({ url: process.argv[2] ?? "", queues: [{ name: "fragile" }] });
await queue.work("fragile", { concurrency: 1, onDead: async () => {} }, async ({ id }) => {
  process.stdout.write(`${id}\n`);
  await delay(600_000);
});
