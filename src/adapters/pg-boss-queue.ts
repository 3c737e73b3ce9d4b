import { randomUUID } from "node:crypto";
import { type ConstructorOptions, fromKysely, type JobResult, type JobWithMetadata, type KyselyTransactionLike, PgBoss } from "pg-boss";
import { z } from "zod";
import { FAULTS, type FaultCode, faultCodeOf, type IlmoError, isOutage } from "../errors.ts";
import {
  type DeadJob,
  type Job,
  type JobData,
  type JobQueue,
  nextDelayOf,
  type QueueSpec,
  RETRY_DELAYS_MS,
  type WorkOptions,
} from "../pipeline/queue-port.ts";
import { toStableUuid } from "../pipeline/stable-id.ts";
import { createQueues, deadQueueOf, WORKER_TIMING } from "./pg-boss-queues.ts";
import { readQueueStats } from "./pg-boss-stats.ts";
import { toDatabaseFault } from "./postgres-faults.ts";

/** How long a stop waits for running handlers; what is still running then is delivered again elsewhere. */
const STOP_TIMEOUT_MS = 30_000;

/** Connections of the queue in one process, one of them listening. */
const POOL_SIZE = 6;

export interface PgBossQueueOptions {
  readonly url: string;
  readonly queues: readonly QueueSpec[];
  /** False for a command that only enqueues or looks: it starts no upkeep and no listener. Default true. */
  readonly isWorker?: boolean;
  /** Default: 1, 5 and 30 minutes. */
  readonly retryDelaysMs?: readonly number[];
  /** Called when the queue met an error of its own (a lost connection); it goes on by itself. */
  readonly onError?: (fault: IlmoError) => void;
}

/** What pg-boss stores: the job's lasting id and how often its handler failed. A killed worker is not a failure. */
const Envelope = z.object({
  id: z.uuid(),
  failures: z.int().nonnegative(),
  /** How often the database or a disk was away; these do not count towards giving up. */
  outages: z.int().nonnegative().default(0),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
type Envelope = z.infer<typeof Envelope>;

const DeadOutput = z.object({ faultCode: z.enum(Object.keys(FAULTS) as [FaultCode, ...FaultCode[]]) });

/** Each try is a row of its own, named after the job and the try, so that it cannot be filed twice. */
function rowIdOf({ id, failures, outages }: Envelope): string {
  return failures + outages === 0 ? id : toStableUuid("retry", id, failures + outages);
}

async function connect({ url, queues, isWorker = true, onError }: PgBossQueueOptions): Promise<PgBoss> {
  const settings: ConstructorOptions = {
    connectionString: url,
    max: POOL_SIZE,
    application_name: "ilmo-queue",
    schedule: false,
    supervise: isWorker,
    useListenNotify: isWorker,
    registerInstance: isWorker,
    superviseIntervalSeconds: WORKER_TIMING.superviseIntervalSeconds,
    monitorIntervalSeconds: WORKER_TIMING.monitorIntervalSeconds,
  };
  const boss = new PgBoss(settings);
  boss.on("error", (error) => onError?.(toDatabaseFault(error)));
  try {
    await boss.start();
    await createQueues(boss, queues);
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    throw toDatabaseFault(error);
  }
  return boss;
}

/** Files the next try of a failed job, or gives it up. Filing twice changes nothing, so a crash in between is harmless. */
async function settleFailure(
  boss: PgBoss,
  row: JobWithMetadata,
  envelope: Envelope,
  delaysMs: readonly number[],
  error: unknown,
): Promise<JobResult> {
  const faultCode = faultCodeOf(error);
  const delayMs = nextDelayOf(envelope.failures, faultCode, delaysMs);
  if (delayMs === undefined) return { id: row.id, status: "deadletter", output: { faultCode } };
  const { failures, outages } = envelope;
  const next = isOutage(faultCode) ? { ...envelope, outages: outages + 1 } : { ...envelope, failures: failures + 1 };
  await boss.send(row.name, next, {
    id: rowIdOf(next),
    startAfter: new Date(Date.now() + delayMs),
    ...(row.singletonKey === null ? {} : { singletonKey: row.singletonKey }),
  });
  return { id: row.id, status: "completed", output: { faultCode, retried: true } };
}

async function startWorkers(
  boss: PgBoss,
  name: string,
  options: WorkOptions,
  delaysMs: readonly number[],
  handler: (job: Job) => Promise<void>,
): Promise<void> {
  const timing = {
    ...WORKER_TIMING.polling,
    localConcurrency: options.concurrency,
    perJobResults: true,
    includeMetadata: true,
    batchSize: 1,
  } as const;
  await boss.work(name, timing, async (rows: JobWithMetadata[]) => {
    const results: JobResult[] = [];
    for (const row of rows) {
      const envelope = Envelope.parse(row.data);
      const heartbeat = async (): Promise<void> => {
        await boss.touch(name, row);
      };
      try {
        await handler({
          id: envelope.id,
          name,
          data: envelope.data,
          attempt: envelope.failures + envelope.outages + 1,
          signal: row.signal,
          heartbeat,
        });
        results.push({ id: row.id, status: "completed" });
      } catch (error) {
        results.push(await settleFailure(boss, row, envelope, delaysMs, error));
      }
    }
    return results;
  });
}

/** A job whose worker was killed again and again has no output of ours: its fault is unexpected. */
function toDeadJob(name: string, row: JobWithMetadata): DeadJob {
  const envelope = Envelope.parse(row.data);
  const output = DeadOutput.safeParse(row.sourceOutput);
  return { id: envelope.id, name, data: envelope.data, faultCode: output.success ? output.data.faultCode : "unexpected" };
}

async function startUndertaker(boss: PgBoss, name: string, onDead: WorkOptions["onDead"]): Promise<void> {
  const timing = { ...WORKER_TIMING.polling, includeMetadata: true, batchSize: 1 } as const;
  await boss.work(deadQueueOf(name), timing, async (rows: JobWithMetadata[]) => {
    for (const row of rows) {
      await onDead(toDeadJob(name, row)).catch((error: unknown) => {
        throw new Error(faultCodeOf(error)); // pg-boss stores the message: the code only, no personal data
      });
    }
  });
}

/**
 * Starts the queue on PostgreSQL, in the schema `pgboss` of the store's database.
 *
 * A job and the row it belongs to commit in one transaction (`transaction` of `enqueue`). A killed worker's job
 * is delivered again once its heartbeat stopped for ten seconds.
 *
 * @throws databaseUnavailable
 */
export async function startPgBossQueue(options: PgBossQueueOptions): Promise<JobQueue> {
  const boss = await connect(options);
  const delaysMs = options.retryDelaysMs ?? RETRY_DELAYS_MS;
  const enqueue: JobQueue["enqueue"] = async (name: string, data: JobData, { id = randomUUID(), key, startAfterMs, transaction } = {}) => {
    try {
      await boss.send(name, { id, failures: 0, outages: 0, data } satisfies Envelope, {
        id,
        ...(key === undefined ? {} : { singletonKey: key }),
        ...(startAfterMs === undefined ? {} : { startAfter: new Date(Date.now() + startAfterMs) }),
        ...(transaction === undefined ? {} : { db: fromKysely(transaction as KyselyTransactionLike) }),
      });
      return id;
    } catch (error) {
      throw toDatabaseFault(error);
    }
  };
  return {
    enqueue,
    work: async (name, workOptions, handler) => {
      await startWorkers(boss, name, workOptions, delaysMs, handler);
      await startUndertaker(boss, name, workOptions.onDead);
    },
    stats: () => readQueueStats(boss, options.queues),
    stop: () => boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS }),
  };
}
