import type { Config } from "../config.ts";
import {
  InspectReply,
  type InspectRequest,
  ReadProgress,
  ReadReply,
  type ReadRequest,
  type SubmissionReader,
} from "../pipeline/submission-reader-port.ts";
import { createWorkerPool } from "./worker-pool.ts";

/** Starting the engines takes about two seconds; a job is some pages. */
const JOBS_PER_WORKER = 200;

/**
 * A reading process rests at 380 to 450 MB with its engines warm (a tenth of it shared with the other processes); a larger one is
 * replaced before its next job. A process that is replaced after every job costs twice the processor time.
 */
const RESTING_MEMORY_MB = 490;

/** What a file that nobody has looked at yet may take; the most that 789 odd and hostile files took was 364 MB. */
const INSPECT_MEMORY_MB = 512;

/** It holds no engines: at rest it takes 200 MB. */
const INSPECT_RESTING_MB = 300;

/** Opens the reading processes, as many as configured; they start with their first job. */
export function createSubmissionReader({ reading }: Pick<Config, "reading">): SubmissionReader & { readonly peakMemoryMb: () => number } {
  const pool = createWorkerPool<ReadRequest, ReadReply, ReadProgress>({
    entry: new URL("../workers/read-worker.ts", import.meta.url),
    size: reading.workers,
    limits: {
      silenceMs: reading.pageTimeoutMs,
      memoryMb: reading.workerMemoryMb,
      jobsPerWorker: JOBS_PER_WORKER,
      restingMemoryMb: RESTING_MEMORY_MB,
    },
    reply: ReadReply,
    progress: ReadProgress,
  });
  return { read: pool.run, close: pool.close, peakMemoryMb: pool.peakMemoryMb };
}

/** Opens the process that looks through the pages of incoming files before their originals are moved. */
export function createPageInspector({ reading }: Pick<Config, "reading">): {
  /** @throws file*, parser* */
  readonly inspect: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
} {
  const pool = createWorkerPool<InspectRequest, InspectReply, ReadProgress>({
    entry: new URL("../workers/inspect-worker.ts", import.meta.url),
    size: 1,
    limits: {
      silenceMs: reading.pageTimeoutMs,
      memoryMb: INSPECT_MEMORY_MB,
      jobsPerWorker: JOBS_PER_WORKER,
      restingMemoryMb: INSPECT_RESTING_MB,
    },
    reply: InspectReply,
    progress: ReadProgress,
  });
  const inspect = async (path: string): Promise<void> => {
    await pool.run({ path }, () => {});
  };
  return { inspect, close: pool.close };
}
