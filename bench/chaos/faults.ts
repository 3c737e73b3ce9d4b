import { execFileSync } from "node:child_process";
import { chmodSync, closeSync, openSync, renameSync, rmSync, symlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { ChaosPlace } from "./chaos-place.ts";
import { killPid, type LineProcess } from "./line-process.ts";

/** One way in which the world goes wrong. */
export interface Fault {
  readonly name: string;
  /** Share of all strikes. */
  readonly weight: number;
  /** Strikes and takes it back; returns false when there was nothing to strike. */
  readonly strike: (line: LineProcess, random: () => number) => Promise<boolean>;
}

const pick = (pids: readonly number[], random: () => number): number | undefined => pids[Math.floor(random() * pids.length)];

/** Longest wait for a process to strike at: a start takes 1.5 s and the first page another second, on a busy machine ten times that. */
const TARGET_WAIT_MS = 30_000;
/** It is struck within this time after it was seen, so that it is at work. */
const AT_WORK_MS = 600;
const LOOK_MS = 200;

/** Waits for a process, then a moment longer so that it is at work, and strikes. Returns false when none came. */
async function strikeOne(find: () => readonly number[], signal: NodeJS.Signals, random: () => number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < TARGET_WAIT_MS; waitedMs += LOOK_MS) {
    if (find().length > 0) {
      await delay(random() * AT_WORK_MS);
      const pid = pick(find(), random);
      if (pid !== undefined) killPid(pid, signal);
      return pid !== undefined;
    }
    await delay(LOOK_MS);
  }
  return false;
}

const databaseServers = (line: LineProcess): number[] => [line.databaseServer() ?? []].flat();

const KILLS: readonly Fault[] = [
  {
    name: "service killed",
    weight: 10,
    strike: async (line) => {
      await line.end("SIGKILL");
      return true;
    },
  },
  { name: "worker killed", weight: 5, strike: (line, random) => strikeOne(() => line.workers(), "SIGKILL", random) },
  { name: "PostgreSQL killed", weight: 2, strike: (line, random) => strikeOne(() => databaseServers(line), "SIGKILL", random) },
  { name: "connection killed", weight: 1, strike: (line, random) => strikeOne(() => line.databaseBackends(), "SIGKILL", random) },
  { name: "PostgreSQL restarted", weight: 1, strike: (line, random) => strikeOne(() => databaseServers(line), "SIGINT", random) },
];

const OUTAGE_MS = { least: 500, most: 2_500 } as const;
const BALLAST_CHUNK = Buffer.alloc(4 * 1024 * 1024);

/** Lets an outage last; sometimes the service is killed in the middle of it and starts into it. */
async function holdOut(line: LineProcess, random: () => number): Promise<void> {
  const half = (OUTAGE_MS.least + random() * (OUTAGE_MS.most - OUTAGE_MS.least)) / 2;
  await delay(half);
  if (random() < 0.5) {
    await line.end("SIGKILL");
    line.ensureRuns();
  }
  await delay(half);
}

function fillDisk(path: string): void {
  const file = openSync(path, "w");
  try {
    for (;;) writeSync(file, BALLAST_CHUNK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  } finally {
    closeSync(file);
  }
}

function diskFull({ root, home, hasOwnDisk }: ChaosPlace): Fault {
  const strikeReal: Fault["strike"] = async (line, random) => {
    const ballast = join(root, "ballast");
    try {
      fillDisk(ballast);
      await holdOut(line, random);
    } finally {
      rmSync(ballast, { force: true });
    }
    return true;
  };
  /** Without a disk of our own: the folder in which blobs begin refuses every new file, for root too. */
  const strikeFolder: Fault["strike"] = async (line, random) => withFolderAway(join(home, "blobs", "tmp"), () => holdOut(line, random));
  return { name: hasOwnDisk ? "disk full" : "blob store full (emulated)", weight: 1, strike: hasOwnDisk ? strikeReal : strikeFolder };
}

/** Puts a link to a place that refuses files in a folder's stead. Returns false when the folder is not there. */
async function withFolderAway(folder: string, work: () => Promise<void>): Promise<boolean> {
  const away = `${folder}.away`;
  try {
    renameSync(folder, away);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
  symlinkSync("/sys/kernel", folder);
  try {
    await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
    renameSync(away, folder);
  }
  return true;
}

function readOnlyOutbox({ outbox, hasOwnDisk }: ChaosPlace): Fault {
  const isRoot = process.getuid?.() === 0;
  const strikeMount: Fault["strike"] = async (line, random) => {
    execFileSync("mount", ["--bind", outbox, outbox], { stdio: "ignore" });
    execFileSync("mount", ["-o", "remount,ro,bind", outbox], { stdio: "ignore" });
    try {
      await holdOut(line, random);
    } finally {
      execFileSync("umount", ["-l", outbox], { stdio: "ignore" });
    }
    return true;
  };
  const strikeMode: Fault["strike"] = async (line, random) => {
    chmodSync(outbox, 0o555);
    try {
      await holdOut(line, random);
    } finally {
      chmodSync(outbox, 0o755);
    }
    return true;
  };
  const strikeAway: Fault["strike"] = (line, random) => withFolderAway(outbox, () => holdOut(line, random));
  const strike = hasOwnDisk ? strikeMount : isRoot ? strikeAway : strikeMode;
  return { name: "outbox read-only", weight: 1, strike };
}

/** Everything that can be made to go wrong in a place. */
export function faultsOf(place: ChaosPlace): Fault[] {
  return [...KILLS, diskFull(place), readOnlyOutbox(place)];
}

/**
 * Returns the faults of a run in their order: each kind as often as its weight says and at least once, shuffled. Pure but for `random`.
 */
export function planStrikes(faults: readonly Fault[], count: number, random: () => number): Fault[] {
  const total = faults.reduce((sum, { weight }) => sum + weight, 0);
  const [first] = faults;
  const others = faults.slice(1).flatMap((fault) => Array<Fault>(Math.max(1, Math.round((count * fault.weight) / total))).fill(fault));
  const missing = Math.max(0, count - others.length);
  const plan = [...others.slice(0, count), ...(first === undefined ? [] : Array<Fault>(missing).fill(first))];
  for (let index = plan.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const [here, there] = [plan[index], plan[other]];
    if (here !== undefined && there !== undefined) [plan[index], plan[other]] = [there, here];
  }
  return plan;
}
