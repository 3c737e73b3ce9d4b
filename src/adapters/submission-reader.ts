import type { Config } from "../config.ts";
import { ReadProgress, ReadReply, type ReadRequest, type SubmissionReader } from "../pipeline/submission-reader-port.ts";
import { createWorkerPool } from "./worker-pool.ts";

/** Starting the engines takes about two seconds; a job is some pages. */
const JOBS_PER_WORKER = 200;

/** Opens the reading processes, as many as configured; they start with their first job. */
export function createSubmissionReader({ reading }: Pick<Config, "reading">): SubmissionReader & { readonly peakMemoryMb: () => number } {
  const pool = createWorkerPool<ReadRequest, ReadReply, ReadProgress>({
    entry: new URL("../workers/read-worker.ts", import.meta.url),
    size: reading.workers,
    limits: { silenceMs: reading.pageTimeoutMs, memoryMb: reading.workerMemoryMb, jobsPerWorker: JOBS_PER_WORKER },
    reply: ReadReply,
    progress: ReadProgress,
  });
  return { read: pool.run, close: pool.close, peakMemoryMb: pool.peakMemoryMb };
}
