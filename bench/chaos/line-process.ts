import { type ChildProcess, execFile, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { ChaosPlace } from "./chaos-place.ts";

const MAIN = resolve(import.meta.dirname, "../../src/main.ts");

/** A process as /proc shows it. */
interface Seen {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function seeProcess(pid: number): Seen | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [, parent = "0"] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { pid, parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, "utf8") };
  } catch {
    return undefined; // it has ended
  }
}

function listProcesses(): Seen[] {
  return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (seeProcess(Number(name)) ?? []) : []));
}

/** Kills a process that may have ended meanwhile. */
export function killPid(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The service of one place, as a supervisor sees it: it starts it again whenever it ends. */
export class LineProcess {
  readonly #place: ChaosPlace;
  #child: ChildProcess | undefined;

  constructor(place: ChaosPlace) {
    this.#place = place;
  }

  /** Starts the service unless it runs. */
  ensureRuns(): void {
    if (this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null) return;
    const stdio = process.env.ILMO_CHAOS_LOG === undefined ? "ignore" : "inherit";
    this.#child = spawn(process.execPath, [MAIN, "start"], { env: this.#place.environment, stdio: ["ignore", "ignore", stdio] });
  }

  /** Kills the service, or asks it to stop, and waits until it is gone. */
  async end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((done) => child.once("exit", () => done()));
    child.kill(signal);
    await gone;
  }

  /** Processes that the service started, without the database server. */
  workers(): number[] {
    const pid = this.#child?.pid;
    return listProcesses()
      .filter(({ parent, command }) => parent === pid && !command.includes("postgres"))
      .map((seen) => seen.pid);
  }

  /** The database server, or undefined while it is down. */
  databaseServer(): number | undefined {
    try {
      const pid = Number.parseInt(readFileSync(join(this.#place.home, "postgres", "data", "postmaster.pid"), "utf8"), 10);
      return seeProcess(pid)?.command.includes("postgres") ? pid : undefined;
    } catch {
      return undefined;
    }
  }

  /** Connections and helpers of the database server. */
  databaseBackends(): number[] {
    const server = this.databaseServer();
    return listProcesses()
      .filter(({ parent }) => parent === server)
      .map(({ pid }) => pid);
  }

  /** Runs a command of ilmo and returns its JSON. */
  async run(...args: string[]): Promise<unknown> {
    const { environment: env } = this.#place;
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...args, "--json"], { env, maxBuffer: 1 << 28 });
    return JSON.parse(stdout);
  }
}
