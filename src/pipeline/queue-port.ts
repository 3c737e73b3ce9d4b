import { FAULTS, type FaultCode, isOutage } from "../errors.ts";

/** What a job carries: plain JSON, ids only, never personal data. */
export type JobData = Readonly<Record<string, string | number | boolean | null>>;

/** The open transaction of a store; only the adapters of store and queue look inside. */
export type QueueTransaction = object;

export interface EnqueueOptions {
  /** UUID; enqueuing the same id twice gives one job. Default: random. */
  readonly id?: string;
  /** For queues with `oneWaitingPerKey`: a second waiting job of the same key is dropped. */
  readonly key?: string;
  readonly startAfterMs?: number;
  /** The job becomes visible when this transaction commits, and never if it does not. */
  readonly transaction?: QueueTransaction;
}

/** One delivery of a job. The same job may be delivered again: its effects are keyed by `id`. */
export interface Job {
  readonly id: string;
  readonly name: string;
  readonly data: JobData;
  /** 1-based; counts failures, not killed workers. */
  readonly attempt: number;
  /** Aborted when the job no longer belongs to this worker: its heartbeat was lost, or the queue stops. */
  readonly signal: AbortSignal;
  /** Tells the queue that the job is alive; it is also told so by itself every few seconds. */
  readonly heartbeat: () => Promise<void>;
}

/** A job that is given up: its fault is not worth a retry, or all retries failed. */
export interface DeadJob {
  readonly id: string;
  readonly name: string;
  readonly data: JobData;
  readonly faultCode: FaultCode;
}

export interface WorkOptions {
  /** Jobs handled at once in this process. */
  readonly concurrency: number;
  /** Called at least once for each dead job, until it succeeds. */
  readonly onDead: (job: DeadJob) => Promise<void>;
}

/** How many jobs of one queue wait, run, lost their worker or died. */
export interface QueueStats {
  readonly name: string;
  readonly waiting: number;
  /** Waiting for the time of a retry. */
  readonly delayed: number;
  readonly active: number;
  /** Active without a heartbeat. */
  readonly stuck: number;
  readonly dead: number;
  /** Instant of the oldest job that could run now; null when none waits. */
  readonly oldestWaitingAt: string | null;
}

export interface QueueSpec {
  readonly name: string;
  /** At most one waiting job a key; every job of such a queue names its key. */
  readonly oneWaitingPerKey?: true;
}

/** Waits between the attempts of a failing job; after the last one it is dead (DESIGN section 5). */
export const RETRY_DELAYS_MS: readonly number[] = [60_000, 300_000, 1_800_000];

/**
 * Returns how long a failing job waits for its next try, ms; undefined when it is given up.
 *
 * While the place is at fault (`isOutage`) nothing is given up: it is tried again and again at the first delay. Pure.
 *
 * @param failures earlier failures of another kind
 */
export function nextDelayOf(failures: number, faultCode: FaultCode, delaysMs: readonly number[]): number | undefined {
  if (isOutage(faultCode)) return delaysMs[0];
  return FAULTS[faultCode].action === "retry" ? delaysMs[failures] : undefined;
}

/** Durable jobs, delivered at least once. */
export interface JobQueue {
  /** Returns the job's id, also when the job existed already. */
  readonly enqueue: (name: string, data: JobData, options?: EnqueueOptions) => Promise<string>;
  /** Starts workers. A handler that throws is tried again when its fault code says so, else the job is dead. */
  readonly work: (name: string, options: WorkOptions, handler: (job: Job) => Promise<void>) => Promise<void>;
  readonly stats: () => Promise<QueueStats[]>;
  /** Takes no new jobs, waits for the running ones and lets go. */
  readonly stop: () => Promise<void>;
}
