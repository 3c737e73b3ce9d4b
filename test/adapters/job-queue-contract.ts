import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IlmoError } from "../../src/errors.ts";
import type { DeadJob, Job, JobQueue, QueueSpec, QueueTransaction } from "../../src/pipeline/queue-port.ts";

/** Queues that the contract uses; short waits between attempts keep it quick. */
export const CONTRACT_QUEUES: readonly QueueSpec[] = [
  { name: "deliver" },
  { name: "wide" },
  { name: "retry" },
  { name: "doomed" },
  { name: "outage" },
  { name: "hopeless" },
  { name: "bound" },
  { name: "keyed", oneWaitingPerKey: true },
  { name: "later" },
  { name: "counted" },
];
export const CONTRACT_DELAYS_MS: readonly number[] = [50, 100];

export interface QueueHarness {
  readonly queue: JobQueue;
  /** Runs `work` in a transaction; it does not commit when `work` throws. */
  readonly inTransaction: (work: (transaction: QueueTransaction) => Promise<void>) => Promise<void>;
  readonly close: () => Promise<void>;
}

async function waitFor(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; round < 400; round += 1) {
    if (await isTrue()) return;
    await delay(25);
  }
  throw new Error("expected the queue to get there within ten seconds");
}

/** Long enough for a queue that polls every half second to deliver what it must not deliver. */
const SILENCE_MS = 1_200;

const ignoreDead = async (): Promise<void> => {};

/** What every job queue does. */
export function describeJobQueue(name: string, open: () => Promise<QueueHarness>): void {
  describe(`job queue: ${name}`, () => {
    let harness: QueueHarness;
    let queue: JobQueue;

    beforeAll(async () => {
      harness = await open();
      queue = harness.queue;
    });

    afterAll(async () => {
      await harness.close();
    });

    it("delivers each job once with its id and data, and one id only once", async () => {
      const seen: Job[] = [];
      const id = randomUUID();
      expect(await queue.enqueue("deliver", { submissionId: "a", pages: 3, isLast: false, note: null }, { id })).toBe(id);
      expect(await queue.enqueue("deliver", { submissionId: "a", pages: 3, isLast: false, note: null }, { id })).toBe(id);
      const other = await queue.enqueue("deliver", { submissionId: "b" });
      await queue.work("deliver", { concurrency: 2, onDead: ignoreDead }, async (job) => {
        await job.heartbeat();
        seen.push(job);
      });
      await waitFor(() => seen.length >= 2);
      await queue.enqueue("deliver", { submissionId: "a" }, { id });
      await delay(SILENCE_MS);
      expect(seen.map((job) => job.id).toSorted()).toEqual([id, other].toSorted());
      expect(seen.find((job) => job.id === id)).toMatchObject({
        name: "deliver",
        attempt: 1,
        data: { submissionId: "a", pages: 3, isLast: false, note: null },
      });
    });

    it("runs as many jobs at once as it was told, no more", async () => {
      let running = 0;
      let most = 0;
      let done = 0;
      await queue.work("wide", { concurrency: 3, onDead: ignoreDead }, async () => {
        running += 1;
        most = Math.max(most, running);
        await delay(200);
        running -= 1;
        done += 1;
      });
      for (let job = 0; job < 9; job += 1) await queue.enqueue("wide", { job });
      await waitFor(() => done === 9);
      expect(most).toBeLessThanOrEqual(3);
      expect(most).toBeGreaterThan(1);
    });

    it("tries a job again under the same id when its fault may pass", async () => {
      const attempts: string[] = [];
      await queue.work("retry", { concurrency: 1, onDead: ignoreDead }, async ({ id, attempt }) => {
        attempts.push(`${id} ${attempt}`);
        if (attempt < 3) throw new IlmoError("parserCrashed", "Expected the parser to live.");
      });
      const id = await queue.enqueue("retry", {});
      await waitFor(() => attempts.length >= 3);
      expect(attempts).toEqual([`${id} 1`, `${id} 2`, `${id} 3`]);
      const stats = (await queue.stats()).find((queueStats) => queueStats.name === "retry");
      expect(stats).toMatchObject({ waiting: 0, delayed: 0, dead: 0 });
    });

    it("gives a job up after the last attempt and tells so until it is heard", async () => {
      const dead: DeadJob[] = [];
      let attempts = 0;
      const onDead = async (job: DeadJob): Promise<void> => {
        dead.push(job);
      };
      await queue.work("doomed", { concurrency: 1, onDead }, async () => {
        attempts += 1;
        throw new Error("Matkalainen");
      });
      const id = await queue.enqueue("doomed", { submissionId: "c" });
      await waitFor(() => dead.length > 0);
      expect(attempts).toBe(CONTRACT_DELAYS_MS.length + 1);
      expect(dead).toEqual([{ id, name: "doomed", data: { submissionId: "c" }, faultCode: "unexpected" }]);
    });

    it("does not give a job up while a disk is away, and counts its other failures from there", async () => {
      const dead: DeadJob[] = [];
      const outages = CONTRACT_DELAYS_MS.length + 1;
      let attempts = 0;
      const onDead = async (job: DeadJob): Promise<void> => {
        dead.push(job);
      };
      await queue.work("outage", { concurrency: 1, onDead }, async () => {
        attempts += 1;
        if (attempts <= outages) throw new IlmoError("storageUnavailable", "Expected the disk to take bytes.");
        throw new IlmoError("parserCrashed", "Expected the parser to live.");
      });
      await queue.enqueue("outage", {});
      await waitFor(() => dead.length > 0);
      expect(attempts).toBe(outages + CONTRACT_DELAYS_MS.length + 1);
      expect(dead[0]?.faultCode).toBe("parserCrashed");
    });

    it("gives a job up at once when its fault will not pass", async () => {
      const dead: DeadJob[] = [];
      let attempts = 0;
      const onDead = async (job: DeadJob): Promise<void> => {
        dead.push(job);
      };
      await queue.work("hopeless", { concurrency: 1, onDead }, async () => {
        attempts += 1;
        throw new IlmoError("fileEncrypted", "Expected a file without a password.");
      });
      await queue.enqueue("hopeless", {});
      await waitFor(() => dead.length > 0);
      expect(attempts).toBe(1);
      expect(dead[0]?.faultCode).toBe("fileEncrypted");
    });

    it("shows a job when its transaction commits, and never when it rolls back", async () => {
      const seen: unknown[] = [];
      await queue.work("bound", { concurrency: 1, onDead: ignoreDead }, async ({ data }) => {
        seen.push(data.kind);
      });
      const rolledBack = harness.inTransaction(async (transaction) => {
        await queue.enqueue("bound", { kind: "rolled back" }, { transaction });
        throw new Error("the row was refused");
      });
      await expect(rolledBack).rejects.toThrow("the row was refused");
      await harness.inTransaction(async (transaction) => {
        await queue.enqueue("bound", { kind: "committed" }, { transaction });
        await delay(SILENCE_MS);
        expect(seen).toEqual([]);
      });
      await waitFor(() => seen.length > 0);
      await delay(SILENCE_MS);
      expect(seen).toEqual(["committed"]);
    });

    it("lets one job of a key wait, where the queue says so", async () => {
      const seen: unknown[] = [];
      for (const round of [1, 2, 3]) await queue.enqueue("keyed", { round }, { key: "session-1" });
      await queue.enqueue("keyed", { round: 4 }, { key: "session-2" });
      await queue.work("keyed", { concurrency: 1, onDead: ignoreDead }, async ({ data }) => {
        seen.push(data.round);
      });
      await waitFor(() => seen.length >= 2);
      await delay(SILENCE_MS);
      expect(seen.toSorted()).toEqual([1, 4]);
    });

    it("holds a job back until its time", async () => {
      let isDue = false;
      const early: boolean[] = [];
      await queue.work("later", { concurrency: 1, onDead: ignoreDead }, async () => {
        early.push(!isDue);
      });
      await queue.enqueue("later", {}, { startAfterMs: 2_000 });
      await delay(SILENCE_MS);
      expect(early).toEqual([]);
      isDue = true;
      await waitFor(() => early.length > 0);
      expect(early).toEqual([false]);
    });

    it("counts what waits", async () => {
      await queue.enqueue("counted", {});
      await queue.enqueue("counted", {}, { startAfterMs: 60_000 });
      const stats = (await queue.stats()).find((queueStats) => queueStats.name === "counted");
      expect(stats).toMatchObject({ waiting: 1, delayed: 1, active: 0, stuck: 0, dead: 0 });
      expect(Date.parse(stats?.oldestWaitingAt ?? "")).toBeLessThanOrEqual(Date.now() + 1_000);
    });
  });

  describe(`job queue: ${name}, when it stops`, () => {
    it("waits for the job that runs", async () => {
      const harness = await open();
      let isStarted = false;
      let isDone = false;
      await harness.queue.work("deliver", { concurrency: 1, onDead: ignoreDead }, async () => {
        isStarted = true;
        await delay(700);
        isDone = true;
      });
      await harness.queue.enqueue("deliver", {});
      await waitFor(() => isStarted);
      await harness.queue.stop();
      expect(isDone).toBe(true);
      await harness.close();
    });
  });
}
