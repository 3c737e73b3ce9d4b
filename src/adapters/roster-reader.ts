import type { Config } from "../config.ts";
import { type RosterReader, RosterReadReply, type RosterReadRequest } from "../pipeline/roster-reader-port.ts";
import { ReadProgress } from "../pipeline/submission-reader-port.ts";
import { createWorkerPool } from "./worker-pool.ts";

const JOBS_PER_WORKER = 200;

/** A reading process without engines rests at about 200 MB. */
const RESTING_MEMORY_MB = 430;

/** Opens the process that reads signed rosters; it starts with its first job: rosters come back a few times a week. */
export function createRosterReader({ reading }: Pick<Config, "reading">): RosterReader {
  const pool = createWorkerPool<RosterReadRequest, RosterReadReply, ReadProgress>({
    entry: new URL("../workers/roster-worker.ts", import.meta.url),
    size: 1,
    limits: {
      silenceMs: reading.pageTimeoutMs,
      memoryMb: reading.workerMemoryMb,
      jobsPerWorker: JOBS_PER_WORKER,
      restingMemoryMb: RESTING_MEMORY_MB,
    },
    reply: RosterReadReply,
    progress: ReadProgress,
  });
  return { read: (request) => pool.run(request, () => {}), close: pool.close };
}
