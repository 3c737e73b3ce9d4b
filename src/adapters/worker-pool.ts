import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { FAULTS, type FaultCode, faultCodeOf, IlmoError } from "../errors.ts";
import { crashed, lied, timedOut, tooHungry } from "./worker-faults.ts";

/** What one worker process may use; it is killed beyond. */
export interface WorkerLimits {
  /**
   * Longest work without a sign (progress, reply): processor time of the process, so that a busy machine kills nobody;
   * by the clock it is `WALL_SHARE` times as long, for a process that hangs without working.
   */
  readonly silenceMs: number;
  /** Resident memory of the process, MB. */
  readonly memoryMb: number;
  /** A worker is replaced after this many jobs, or when one leaves it larger than this, so that nothing left behind grows. */
  readonly jobsPerWorker: number;
  readonly restingMemoryMb: number;
}

export interface WorkerPoolOptions<Reply, Progress> {
  /** Module that calls `serveWorker`. */
  readonly entry: URL;
  readonly size: number;
  readonly limits: WorkerLimits;
  /** What the child sends is not trusted: a parser may have been taken over. */
  readonly reply: z.ZodType<Reply>;
  readonly progress: z.ZodType<Progress>;
}

export interface WorkerPool<Request, Reply, Progress> {
  /** @throws parserTimeout, parserMemory, parserCrashed, and what the child's own work throws as IlmoError */
  readonly run: (request: Request, onProgress: (progress: Progress) => void) => Promise<Reply>;
  readonly close: () => Promise<void>;
  /** Highest resident memory that any worker reached so far, MB. */
  readonly peakMemoryMb: () => number;
}

/** How often a worker's memory is looked at; a parser fills 512 MB in no less than this. */
const WATCH_MS = 100;

/** A process that gets a third of a core still has its whole time. */
const WALL_SHARE = 3;

/** How a process ends whose JavaScript heap is full. */
const ABORT: NodeJS.Signals = "SIGABRT";

/** Processor time is counted in hundredths of a second (proc(5), USER_HZ). */
const MS_PER_TICK = 10;

/** Share of the memory limit that JavaScript itself may use; pictures and engines live outside that heap. */
const HEAP_SHARE = 0.5;

/**
 * One arena; the memory of pictures goes back to the system at once, and comes from it in pages of 2 MB, which costs a third of small
 * ones. Measured on a reading process over five cases: 402 MB at rest and 457 MB at most in 26.8 s of processor time; in small pages with
 * limits of 4 MB and 8 MB 536 MB and 600 MB.
 *
 * @see mallopt(3), GNU libc manual "Memory Allocation Tunables"
 */
const LEAN_ALLOCATION = {
  MALLOC_ARENA_MAX: "1",
  MALLOC_TRIM_THRESHOLD_: "2097152",
  MALLOC_MMAP_THRESHOLD_: "2097152",
  GLIBC_TUNABLES: "glibc.malloc.hugetlb=1",
} as const;

/**
 * The pictures made while one page is read (45 MB) outweigh the rest of the heap (27 MB): unless it may grow threefold between two
 * collections, every page brings six. Over 4 submissions 20.1 processor seconds in place of 23.2, and 2 % more memory.
 */
const SELDOM_COLLECTION = ["--max-semi-space-size=4", "--heap-growing-percent=200", "--expose-gc"] as const;

const Message = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("progress"), value: z.unknown() }),
  z.object({ kind: z.literal("reply"), value: z.unknown() }),
  z.object({
    kind: z.literal("fault"),
    code: z.enum(Object.keys(FAULTS) as [FaultCode, ...FaultCode[]]),
    message: z.string().max(1_000),
    context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
]);

/** Resident memory of a process, MB; 0 when it is gone. */
function memoryMbOf(pid: number | undefined): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Processor time that a process has used, ms; 0 when it is gone. @see proc(5), fields 14 and 15 of stat */
function processorMsOf(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
  } catch {
    return 0;
  }
}

interface Job<Request, Reply, Progress> {
  readonly request: Request;
  readonly onProgress: (progress: Progress) => void;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
  /** It was too large for a process that had worked before: it is given a fresh one. */
  readonly needsFresh?: boolean;
}

/** One process and the job it works on. */
class Worker<Request, Reply, Progress> {
  readonly child: ChildProcess;
  readonly exited: Promise<void>;
  jobsDone = 0;
  peakMemoryMb = 0;
  readonly #options: WorkerPoolOptions<Reply, Progress>;
  #job: Job<Request, Reply, Progress> | undefined;
  #endSignal: NodeJS.Signals | null = null;
  #lastSignMs = 0;
  #processorMsAtSign = 0;

  constructor(options: WorkerPoolOptions<Reply, Progress>) {
    this.#options = options;
    const { PATH, TMPDIR, NODE_COMPILE_CACHE } = process.env;
    this.child = fork(fileURLToPath(options.entry), [], {
      execArgv: [`--max-old-space-size=${Math.round(options.limits.memoryMb * HEAP_SHARE)}`, ...SELDOM_COLLECTION],
      env: { PATH, TMPDIR, NODE_COMPILE_CACHE, LANG: "C.UTF-8", ...LEAN_ALLOCATION },
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.exited = new Promise((done) => {
      this.child.once("exit", (_code, signal) => {
        this.#endSignal = signal;
        done();
      });
      this.child.once("error", () => done());
    });
    this.child.on("message", (raw) => this.#receive(raw));
  }

  /** Works on one job and tells `onFree` when the worker can take another; a worker that was killed never can. */
  async serve(job: Job<Request, Reply, Progress>): Promise<void> {
    this.#job = job;
    this.#noteSign();
    const watch = setInterval(() => this.#watch(), WATCH_MS);
    this.child.send({ kind: "request", value: job.request } as never, (error) => {
      if (error !== null) this.#fail(crashed());
    });
    const settled = new Promise<void>((done) => {
      this.#onSettled = done;
    });
    await Promise.race([settled, this.exited]);
    clearInterval(watch);
    this.#take()?.reject(this.#endSignal === ABORT ? tooHungry(this.#options.limits.memoryMb) : crashed());
    this.jobsDone += 1;
  }

  #onSettled: () => void = () => {};

  /** Returns the running job and ends it, so that it is settled once. */
  #take(): Job<Request, Reply, Progress> | undefined {
    const job = this.#job;
    this.#job = undefined;
    this.#onSettled();
    return job;
  }

  #fail(error: IlmoError): void {
    const job = this.#take();
    this.kill();
    job?.reject(error);
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }

  #watch(): void {
    const { memoryMb, silenceMs } = this.#options.limits;
    const usedMb = memoryMbOf(this.child.pid);
    this.peakMemoryMb = Math.max(this.peakMemoryMb, usedMb);
    if (usedMb > memoryMb) this.#fail(tooHungry(memoryMb));
    else if (this.#isSilent(silenceMs)) this.#fail(timedOut(silenceMs));
  }

  #noteSign(): void {
    this.#lastSignMs = performance.now();
    this.#processorMsAtSign = processorMsOf(this.child.pid);
  }

  #isSilent(silenceMs: number): boolean {
    const workedMs = processorMsOf(this.child.pid) - this.#processorMsAtSign;
    return workedMs > silenceMs || performance.now() - this.#lastSignMs > silenceMs * WALL_SHARE;
  }

  #receive(raw: unknown): void {
    this.#noteSign();
    const message = Message.safeParse(raw);
    if (!message.success) {
      this.#fail(lied());
      return;
    }
    const { data } = message;
    if (data.kind === "progress") this.#tell(data.value);
    else if (data.kind === "reply") this.#answer(data.value);
    else this.#take()?.reject(new IlmoError(data.code, data.message, { context: data.context }));
  }

  #answer(value: unknown): void {
    const reply = this.#options.reply.safeParse(value);
    if (reply.success) this.#take()?.resolve(reply.data);
    else this.#fail(lied());
  }

  #tell(value: unknown): void {
    const progress = this.#options.progress.safeParse(value);
    if (progress.success) this.#job?.onProgress(progress.data);
    else this.#fail(lied());
  }
}

/**
 * Starts processes that do dangerous work and can be killed: for silence, for memory, or because they answer nonsense.
 *
 * They are kept warm between jobs, at most `size` at once; a killed one is replaced and only its own job fails.
 */
export function createWorkerPool<Request, Reply, Progress>(
  options: WorkerPoolOptions<Reply, Progress>,
): WorkerPool<Request, Reply, Progress> {
  const idle: Worker<Request, Reply, Progress>[] = [];
  const alive = new Set<Worker<Request, Reply, Progress>>();
  const waiting: Job<Request, Reply, Progress>[] = [];
  let peakMb = 0;
  let isClosed = false;

  const start = (): Worker<Request, Reply, Progress> => {
    const worker = new Worker<Request, Reply, Progress>(options);
    alive.add(worker);
    void worker.exited.then(() => {
      alive.delete(worker);
      const at = idle.indexOf(worker);
      if (at >= 0) idle.splice(at, 1);
      next();
    });
    return worker;
  };

  const work = async (worker: Worker<Request, Reply, Progress>, job: Job<Request, Reply, Progress>): Promise<void> => {
    const isWarm = worker.jobsDone > 0;
    const reject = (error: unknown): void => {
      // What earlier jobs left behind is not this job's fault.
      if (isWarm && faultCodeOf(error) === "parserMemory") waiting.unshift({ ...job, needsFresh: true });
      else job.reject(error);
    };
    await worker.serve({ ...job, reject });
    peakMb = Math.max(peakMb, worker.peakMemoryMb);
    const { jobsPerWorker, restingMemoryMb } = options.limits;
    const isSpent =
      worker.jobsDone >= jobsPerWorker || memoryMbOf(worker.child.pid) > restingMemoryMb || worker.child.killed || !worker.child.connected;
    if (isSpent) worker.kill();
    else idle.push(worker);
    next();
  };

  const next = (): void => {
    const [job] = waiting;
    if (isClosed || job === undefined) return;
    const worker = job.needsFresh === true ? undefined : idle.pop();
    if (worker === undefined && alive.size >= options.size) {
      // The end of a process calls again.
      if (job.needsFresh === true) idle.pop()?.kill();
      return;
    }
    waiting.shift();
    void work(worker ?? start(), job);
  };

  return {
    run: (request, onProgress) =>
      new Promise<Reply>((resolve, reject) => {
        if (isClosed) reject(crashed());
        else waiting.push({ request, onProgress, resolve, reject });
        next();
      }),
    close: async () => {
      isClosed = true;
      for (const job of waiting.splice(0)) job.reject(crashed());
      const exits = [...alive].map((worker) => worker.exited);
      for (const worker of alive) worker.kill();
      await Promise.all(exits);
      for (const job of waiting.splice(0)) job.reject(crashed());
    },
    peakMemoryMb: () => peakMb,
  };
}
