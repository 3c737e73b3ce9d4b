import { randomUUID } from "node:crypto";
import { faultCodeOf, isOutage } from "../../src/errors.ts";
import {
  type EnqueueOptions,
  type Job,
  type JobData,
  type JobQueue,
  nextDelayOf,
  type QueueSpec,
  RETRY_DELAYS_MS,
  type WorkOptions,
} from "../../src/pipeline/queue-port.ts";

interface Entry {
  readonly id: string;
  readonly data: JobData;
  readonly key: string | undefined;
  readonly enqueuedAt: number;
  readonly dueAt: number;
  readonly failures: number;
  readonly outages: number;
}

interface Channel {
  readonly spec: QueueSpec;
  readonly known: Set<string>;
  waiting: Entry[];
  active: number;
  dead: number;
  worker?: { readonly options: WorkOptions; readonly handler: (job: Job) => Promise<void> };
}

/** What an open transaction of the memory queue holds back. */
export class MemoryTransaction {
  readonly held: (() => void)[] = [];

  commit(): void {
    for (const release of this.held.splice(0)) release();
  }
}

const LOOK_MS = 10;

/** A job queue for tests of what stands on the port; held to the same contract as pg-boss. Forgets everything. */
export class MemoryJobQueue implements JobQueue {
  readonly #channels: Map<string, Channel>;
  readonly #delaysMs: readonly number[];
  readonly #running = new Set<Promise<void>>();
  readonly #timer: NodeJS.Timeout;

  constructor(specs: readonly QueueSpec[], delaysMs: readonly number[] = RETRY_DELAYS_MS) {
    this.#channels = new Map(specs.map((spec) => [spec.name, { spec, known: new Set(), waiting: [], active: 0, dead: 0 }]));
    this.#delaysMs = delaysMs;
    this.#timer = setInterval(() => this.#deliver(), LOOK_MS);
  }

  readonly enqueue = async (name: string, data: JobData, options: EnqueueOptions = {}): Promise<string> => {
    const id = options.id ?? randomUUID();
    const now = Date.now();
    const entry = { id, data, key: options.key, enqueuedAt: now, dueAt: now + (options.startAfterMs ?? 0), failures: 0, outages: 0 };
    const file = (): void => {
      const channel = this.#channelOf(name);
      const isKeyTaken = channel.spec.oneWaitingPerKey && channel.waiting.some(({ key }) => key === entry.key);
      if (channel.known.has(id) || isKeyTaken) return;
      channel.known.add(id);
      channel.waiting.push(entry);
    };
    if (options.transaction instanceof MemoryTransaction) options.transaction.held.push(file);
    else file();
    return id;
  };

  readonly work = async (name: string, options: WorkOptions, handler: (job: Job) => Promise<void>): Promise<void> => {
    this.#channelOf(name).worker = { options, handler };
  };

  readonly stats: JobQueue["stats"] = async () => {
    const now = Date.now();
    return [...this.#channels.values()].map(({ spec, waiting, active, dead }) => {
      const ready = waiting.filter(({ dueAt }) => dueAt <= now);
      const oldest = ready.length === 0 ? null : new Date(Math.min(...ready.map(({ enqueuedAt }) => enqueuedAt))).toISOString();
      return {
        name: spec.name,
        waiting: ready.length,
        delayed: waiting.length - ready.length,
        active,
        stuck: 0,
        dead,
        oldestWaitingAt: oldest,
      };
    });
  };

  readonly stop = async (): Promise<void> => {
    clearInterval(this.#timer);
    await Promise.all(this.#running);
  };

  #channelOf(name: string): Channel {
    const channel = this.#channels.get(name);
    if (!channel) throw new Error("expected a queue of the specs");
    return channel;
  }

  #deliver(): void {
    for (const channel of this.#channels.values()) {
      while (channel.worker && channel.active < channel.worker.options.concurrency) {
        const next = channel.waiting.find(({ dueAt }) => dueAt <= Date.now());
        if (!next) break;
        channel.waiting = channel.waiting.filter((entry) => entry !== next);
        const run = this.#run(channel, channel.worker, next);
        this.#running.add(run);
        void run.finally(() => this.#running.delete(run));
      }
    }
  }

  async #run(channel: Channel, { options, handler }: NonNullable<Channel["worker"]>, entry: Entry): Promise<void> {
    const { id, data, failures, outages } = entry;
    const { name } = channel.spec;
    channel.active += 1;
    try {
      await handler({ id, name, data, attempt: failures + outages + 1, signal: new AbortController().signal, heartbeat: async () => {} });
    } catch (error) {
      const faultCode = faultCodeOf(error);
      const delayMs = nextDelayOf(failures, faultCode, this.#delaysMs);
      if (delayMs !== undefined) {
        const counted = isOutage(faultCode) ? { outages: outages + 1 } : { failures: failures + 1 };
        channel.waiting.push({ ...entry, ...counted, dueAt: Date.now() + delayMs });
      } else {
        channel.dead += 1;
        await options.onDead({ id, name, data, faultCode });
      }
    } finally {
      channel.active -= 1;
    }
  }
}
