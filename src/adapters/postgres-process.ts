import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { IlmoError } from "../errors.ts";
import type { PostgresAccount } from "./postgres-account.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";

/** One server: its programs, its account and its folders. */
export interface PostgresPlace {
  readonly binaries: PostgresBinaries;
  readonly account: PostgresAccount | undefined;
  readonly dataFolder: string;
  readonly socketFolder: string;
  readonly logFile: string;
  /** URL of the maintenance database. */
  readonly adminUrl: string;
}

const POLL_MS = 50;
const CONNECT_TIMEOUT_MS = 5_000;

/** Orphaned backends of a killed server hold its shared memory for a moment; a server that keeps refusing longer is broken. */
const REFUSED_WAIT_MS = 15_000;

/** Crash recovery replays at most `max_wal_size` of log; minutes on a slow disk. */
const RECOVERY_WAIT_MS = 600_000;
const FAST_STOP_WAIT_MS = 30_000;
const LOG_LIMIT_BYTES = 5 * 1024 * 1024;

/**
 * Durable and small. Errors of statements stay out of the server's log: their text quotes values, personal data.
 * ("log" ranks above "error": starts, recoveries and fatal faults are still written.)
 */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "",
  unix_socket_permissions: "0700",
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  max_connections: "60",
  shared_buffers: "32MB",
  work_mem: "4MB",
  maintenance_work_mem: "32MB",
  max_wal_size: "256MB",
  min_wal_size: "32MB",
  max_parallel_workers_per_gather: "0",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
  log_min_messages: "log",
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
};

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** A process that is not this server may have got the number of a dead one; its command line tells. A zombie has none. */
function isServerOf(pid: number, dataFolder: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(dataFolder);
  } catch {
    return false;
  }
}

/** Returns the process id of the live server of a data folder, or null. Reads postmaster.pid and /proc. */
export function findServerPid(dataFolder: string): number | null {
  let pid: number;
  try {
    pid = Number.parseInt(readFileSync(join(dataFolder, "postmaster.pid"), "utf8"), 10);
  } catch {
    return null;
  }
  if (!Number.isInteger(pid) || pid <= 0 || hasEnded(pid)) return null;
  return isServerOf(pid, dataFolder) ? pid : null;
}

async function isAnswering(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on("error", () => {}); // the connect below reports it
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function openLog(logFile: string): number {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) truncateSync(logFile);
  return openSync(logFile, "a", 0o600);
}

/** Starts a postmaster in a session of its own, so that Ctrl-C at a terminal reaches only ilmo. Returns a way to see it end. */
function spawnServer(place: PostgresPlace): { readonly pid: number; readonly hasExited: () => boolean } {
  const settings = { ...SETTINGS, unix_socket_directories: place.socketFolder };
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const identity = place.account === undefined ? {} : { uid: place.account.uid, gid: place.account.gid };
  const log = openLog(place.logFile);
  const child = spawn(place.binaries.postgres, ["-D", place.dataFolder, ...options], {
    ...identity,
    cwd: "/",
    env: { LANG: "C", LC_ALL: "C", TZ: "UTC" },
    stdio: ["ignore", log, log],
    detached: true,
  });
  closeSync(log);
  let exited = false;
  const markExited = (): void => {
    exited = true;
  };
  child.on("exit", markExited);
  child.on("error", markExited);
  child.unref();
  return { pid: child.pid ?? 0, hasExited: () => exited };
}

async function waitUntilAnswering(place: PostgresPlace, hasExited: () => boolean): Promise<boolean> {
  const deadline = Date.now() + RECOVERY_WAIT_MS;
  while (Date.now() < deadline) {
    if (await isAnswering(place.adminUrl)) return true;
    if (hasExited()) return false;
    await delay(POLL_MS);
  }
  throw new IlmoError(
    "databaseUnavailable",
    "Expected PostgreSQL to answer within ten minutes. See server.log in the postgres folder of the data folder.",
  );
}

/** Files of a server that is gone; PostgreSQL itself would refuse to start when another process has got its number. */
function removeStaleFiles(place: PostgresPlace): void {
  rmSync(join(place.dataFolder, "postmaster.pid"), { force: true });
  rmSync(join(place.socketFolder, ".s.PGSQL.5432"), { force: true });
  rmSync(join(place.socketFolder, ".s.PGSQL.5432.lock"), { force: true });
}

/**
 * Returns the process id of the server of this place: the one that runs already, else a new one.
 *
 * Waits for crash recovery. The caller holds the folder's lock.
 *
 * @throws databaseUnavailable when the server refuses to start
 */
export async function ensureServerRuns(place: PostgresPlace): Promise<number> {
  const refusedUntil = Date.now() + REFUSED_WAIT_MS;
  while (Date.now() < refusedUntil) {
    const livePid = findServerPid(place.dataFolder);
    if (livePid !== null) {
      if (await waitUntilAnswering(place, () => findServerPid(place.dataFolder) === null)) return livePid;
      continue;
    }
    removeStaleFiles(place);
    const server = spawnServer(place);
    if (await waitUntilAnswering(place, server.hasExited)) return server.pid;
    await delay(POLL_MS * 4);
  }
  throw new IlmoError(
    "databaseUnavailable",
    "Expected PostgreSQL to start, but it ended at once several times. See server.log in the postgres folder of the data folder (disk full, wrong owner?).",
  );
}

/** The server takes postmaster.pid away shortly before it ends: only its process tells that it is gone. */
async function waitUntilGone(pid: number, dataFolder: string, waitMs: number): Promise<boolean> {
  const deadline = Date.now() + waitMs;
  while (Date.now() < deadline) {
    if (!isServerOf(pid, dataFolder)) return true;
    await delay(POLL_MS);
  }
  return false;
}

/** Stops the server of a data folder: open transactions are rolled back, committed ones stay. Nothing happens when none runs. */
export async function stopServer(dataFolder: string): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    const pid = findServerPid(dataFolder);
    if (pid === null) return;
    process.kill(pid, signal);
    if (await waitUntilGone(pid, dataFolder, FAST_STOP_WAIT_MS)) return;
  }
}
