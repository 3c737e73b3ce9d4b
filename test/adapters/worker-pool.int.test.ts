import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createWorkerPool, type WorkerPool } from "../../src/adapters/worker-pool.ts";

interface Request {
  readonly act: string;
}
type Pool = WorkerPool<Request, { answer: string }, { step: number }>;

let pool: Pool;
const open = (size: number, jobsPerWorker = 100): Pool =>
  createWorkerPool({
    entry: new URL("./hostile-worker.ts", import.meta.url),
    size,
    limits: { silenceMs: 1_500, memoryMb: 200, jobsPerWorker, restingMemoryMb: 150 },
    reply: z.object({ answer: z.string() }),
    progress: z.object({ step: z.int() }),
  });
const run = (act: string): Promise<string> => pool.run({ act }, () => {}).then((reply) => reply.answer);

beforeEach(() => {
  pool = open(1);
});
afterEach(() => pool.close());

const isAlive = (pid: string): boolean => {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
};

describe("createWorkerPool", () => {
  it.each([
    ["hang", "parserTimeout"],
    ["busy", "parserTimeout"],
    ["crash", "parserCrashed"],
    ["eat", "parserMemory"],
    ["fill", "parserMemory"],
    ["lie", "parserCrashed"],
  ])("ends a worker that does %s with %s, kills it and goes on with a fresh one", async (act, code) => {
    const before = await run("answer");
    await expect(run(act)).rejects.toMatchObject({ code });
    const after = await run("answer");
    expect(after).not.toBe(before);
    expect(isAlive(before)).toBe(false);
  });

  it("hands over a fault with its code and facts and keeps the worker", async () => {
    const before = await run("answer");
    await expect(run("fault")).rejects.toMatchObject({ code: "fileDamaged", context: { at: 7 } });
    expect(await run("answer")).toBe(before);
  });

  it("lets no foreign error's text out of the worker", async () => {
    const fault: unknown = await run("foreign").catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: "unexpected" });
    expect(String(fault) + JSON.stringify(fault)).not.toContain("Hakimi");
  });

  it("lets a worker live that tells its progress, and passes it on in order", async () => {
    const steps: number[] = [];
    await pool.run({ act: "slow" }, ({ step }) => steps.push(step));
    expect(steps).toEqual([0, 1, 2, 3]);
  });

  it("works on as many jobs at once as it has workers, and on no more", async () => {
    await pool.close();
    pool = open(2);
    const pids = await Promise.all([run("slow"), run("slow"), run("slow"), run("slow")]);
    expect(new Set(pids).size).toBe(2);
  });

  it("gives a job that was too large beside what earlier jobs left behind a fresh worker", async () => {
    const before = await run("leave");
    const after = await run("large");
    expect(after).not.toBe(before);
    expect(isAlive(before)).toBe(false);
  });

  it("replaces a worker after its number of jobs", async () => {
    await pool.close();
    pool = open(1, 2);
    const pids = [await run("answer"), await run("answer"), await run("answer")];
    expect([pids[0] === pids[1], pids[1] === pids[2]]).toEqual([true, false]);
  });

  it("leaves no process behind when closed in the middle of a job", async () => {
    const pid = await run("answer");
    const running = run("hang").catch((error: unknown) => error);
    await pool.close();
    expect(isAlive(pid)).toBe(false);
    expect(await running).toMatchObject({ code: "parserCrashed" });
  });
});
