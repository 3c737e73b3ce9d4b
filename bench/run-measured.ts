import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** What a command cost, children and their children included. */
export interface Cost {
  readonly wallMs: number;
  /** Processor time, user and system. */
  readonly cpuMs: number;
  /** Largest memory of the whole process tree, bytes: proportional set size, so that shared pages count once. */
  readonly peakBytes: number;
  /** Memory of the tree over time: milliseconds since the start, bytes. */
  readonly memory: readonly (readonly [number, number])[];
  readonly exitCode: number;
}

export interface MeasuredCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly sampleMs?: number;
}

const SAMPLE_MS = 500;
const BYTES_PER_KB = 1024;
/** `times` of a shell prints the processor time of its ended children as "1m2.345s 0m0.678s" in its second line. */
const TIMES = /^(\d+)m([\d.]+)s (\d+)m([\d.]+)s$/;

function listChildren(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "latin1");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // The process has ended since the folder was listed.
    }
  }
  return children;
}

function memoryOf(pid: number): number {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "latin1"))?.[1];
    return Number(kilobytes ?? 0) * BYTES_PER_KB;
  } catch {
    return 0;
  }
}

/** Returns the memory of a process and all its descendants, bytes. */
function memoryOfTree(root: number): number {
  const children = listChildren();
  const open = [root];
  let sum = 0;
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    sum += memoryOf(pid);
    open.push(...(children.get(pid) ?? []));
  }
  return sum;
}

function cpuMsOf(output: string): number {
  const last = output.trimEnd().split("\n").at(-1) ?? "";
  const match = TIMES.exec(last.trim());
  if (match === null) return Number.NaN;
  const [, userMinutes, userSeconds, systemMinutes, systemSeconds] = match.map(Number);
  return (((userMinutes ?? 0) + (systemMinutes ?? 0)) * 60 + (userSeconds ?? 0) + (systemSeconds ?? 0)) * 1000;
}

/** Runs a command to its end and returns what it cost. Its own output is dropped. */
export function runMeasured({ program, args, cwd, env, sampleMs = SAMPLE_MS }: MeasuredCommand): Promise<Cost> {
  const startedMs = performance.now();
  const child = spawn("sh", ["-c", '"$@" >/dev/null 2>&1; code=$?; times; exit $code', "sh", program, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString("latin1");
  });
  const memory: [number, number][] = [];
  const sample = (): void => {
    if (child.pid !== undefined) memory.push([Math.round(performance.now() - startedMs), memoryOfTree(child.pid)]);
  };
  const timer = setInterval(sample, sampleMs);
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => {
      clearInterval(timer);
      const wallMs = performance.now() - startedMs;
      const peakBytes = Math.max(0, ...memory.map(([, bytes]) => bytes));
      done({ wallMs, cpuMs: cpuMsOf(output), peakBytes, memory, exitCode: code ?? 1 });
    });
  });
}
