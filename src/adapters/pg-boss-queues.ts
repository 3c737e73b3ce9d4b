import type { PgBoss, Queue } from "pg-boss";
import type { QueueSpec } from "../pipeline/queue-port.ts";

/** With the default of 30 s between looks, four workers did 13 of 150 jobs in 90 s. */
const POLL_SECONDS = 0.5;

/** Shortest that pg-boss takes. A handler that blocks the process longer than this loses its job to another worker. */
const HEARTBEAT_SECONDS = 10;

/** How pg-boss looks for work and for lost workers. */
export const WORKER_TIMING = {
  polling: { pollingIntervalSeconds: POLL_SECONDS, notifyPollingIntervalSeconds: POLL_SECONDS },
  superviseIntervalSeconds: 2,
  monitorIntervalSeconds: 2,
} as const;

/** Kills of its worker that one job may cost before it is given up: parsers run in children, so a kill is seldom the job's fault. */
const KILL_LIMIT = 100;

/** Ten years: a job that waits is never thrown away. */
const KEEP_SECONDS = 10 * 365 * 24 * 3_600;

/** Longest run of one job whose process is alive: a batch of 200 pages at 10 s a page, doubled. */
const EXPIRE_SECONDS = 4_000;

const COMMON = {
  heartbeatSeconds: HEARTBEAT_SECONDS,
  expireInSeconds: EXPIRE_SECONDS,
  retentionSeconds: KEEP_SECONDS,
  notify: true,
  retryBackoff: false,
} as const;

/** Where jobs go that are given up. */
export function deadQueueOf(name: string): string {
  return `${name}.dead`;
}

function toSettings({ name, oneWaitingPerKey }: QueueSpec): Omit<Queue, "name"> {
  return {
    ...COMMON,
    policy: oneWaitingPerKey ? "short" : "standard",
    retryLimit: KILL_LIMIT,
    retryDelay: 0,
    deadLetter: deadQueueOf(name),
  };
}

/** Makes the queues that are missing; those that exist get the present settings. */
export async function createQueues(boss: PgBoss, specs: readonly QueueSpec[]): Promise<void> {
  const known = new Set((await boss.getQueues()).map(({ name }) => name));
  for (const spec of specs) {
    const dead = deadQueueOf(spec.name);
    if (!known.has(dead)) await boss.createQueue(dead, { ...COMMON, retryLimit: 1_000_000, retryDelay: 60 });
    const { policy, ...settings } = toSettings(spec);
    if (known.has(spec.name)) await boss.updateQueue(spec.name, settings);
    else await boss.createQueue(spec.name, { ...settings, ...(policy === undefined ? {} : { policy }) });
  }
}
