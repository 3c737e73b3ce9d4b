import { z } from "zod";
import { createWorkerPool } from "../../src/adapters/worker-pool.ts";

/** A program with one worker that hangs; it tells the worker's process id and waits to be killed. */
const pool = createWorkerPool<{ act: string }, { answer: string }, unknown>({
  entry: new URL("./hostile-worker.ts", import.meta.url),
  size: 1,
  limits: { silenceMs: 600_000, memoryMb: 200, jobsPerWorker: 100, restingMemoryMb: 150 },
  reply: z.object({ answer: z.string() }),
  progress: z.unknown(),
});
const { answer } = await pool.run({ act: "answer" }, () => {});
process.send?.(answer);
await pool.run({ act: "busy" }, () => {});
