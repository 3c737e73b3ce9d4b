import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localDay } from "../src/model/time.ts";
import { makeLiveSubmissions } from "./live-submissions.ts";

const MAIN = resolve(import.meta.dirname, "../src/main.ts");
const KILLS = 50;
const SUBMISSIONS = 30;
/** Every tenth file is one that came before; every fifteenth is cut off in the middle. */
const DUPLICATES = 3;
const DAMAGED = 2;
const END_MS = 300_000;

let home: string;
let service: ChildProcess | undefined;

const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  ILMO_HOME: join(home, "data"),
  ILMO_INBOX: join(home, "inbox"),
  ILMO_OUTBOX: join(home, "outbox"),
  ILMO_ENVIRONMENT: "test",
  ILMO_LOG_LEVEL: "silent",
  ILMO_CONFIG: join(home, "ilmo.toml"),
  DATABASE_URL: undefined,
});

function start(): ChildProcess {
  return spawn(process.execPath, [MAIN, "start"], { env: environment(), stdio: "ignore" });
}

function ended(child: ChildProcess): Promise<void> {
  return child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((done) => child.once("exit", () => done()));
}

async function ilmo(...args: string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...args, "--json"], { env: environment(), maxBuffer: 1 << 26 });
  return JSON.parse(stdout);
}

interface Status {
  readonly submissions: Record<string, number>;
  readonly jobs: { readonly waiting: number; readonly delayed: number; readonly active: number }[];
}

async function waitUntilEnded(count: number): Promise<Status> {
  const startedMs = performance.now();
  for (;;) {
    const status = (await ilmo("status")) as Status;
    const { done = 0, duplicate = 0, quarantined = 0 } = status.submissions;
    const open = status.jobs.reduce((sum, job) => sum + job.waiting + job.delayed + job.active, 0);
    if (done + duplicate + quarantined >= count && open === 0) return status;
    if (performance.now() - startedMs > END_MS) throw new Error(`not ended: ${JSON.stringify(status)}`);
    await new Promise((next) => setTimeout(next, 1_000));
  }
}

/** A repeatable sequence of numbers 0-1 (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile() && !entry.parentPath.includes(".tmp")).map((entry) => join(entry.parentPath, entry.name));
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "ilmo-line-"));
  for (const folder of ["inbox", "outbox", "staging"]) await mkdir(join(home, folder));
  await writeFile(
    join(home, "ilmo.toml"),
    "[intake]\nscanMs = 100\nquietMs = 200\nrenamedQuietMs = 100\nincompleteMs = 1000\n[reading]\nworkers = 2\n",
  );
});

afterAll(async () => {
  service?.kill("SIGKILL");
  if (service !== undefined) await ended(service);
  service = start();
  await new Promise((next) => setTimeout(next, 3_000));
  service.kill("SIGTERM");
  await ended(service);
  await rm(home, { recursive: true, force: true });
});

describe("the service", () => {
  it(`brings ${SUBMISSIONS} submissions to one end each through ${KILLS} kill -9 at random instants`, async () => {
    const today = localDay(new Date());
    const { files, sessions } = await makeLiveSubmissions(SUBMISSIONS - DUPLICATES - DAMAGED, today);
    const sessionFile = join(home, "sessions.json");
    await writeFile(sessionFile, JSON.stringify(sessions));
    await ilmo("sessions", "import", sessionFile);
    const again = files.slice(0, DUPLICATES).map(({ bytes }, index) => ({ name: `uudelleen-${index}.pdf`, bytes }));
    const broken = files
      .slice(3, 3 + DAMAGED)
      .map(({ bytes }, index) => ({ name: `rikki-${index}.pdf`, bytes: bytes.slice(0, bytes.length / 2) }));
    const random = numbers(7);
    const waiting = [...files, ...again, ...broken];
    for (let kill = 0; kill < KILLS; kill += 1) {
      for (const { name, bytes } of waiting.splice(0, 1)) {
        await writeFile(join(home, "staging", name), bytes);
        await rename(join(home, "staging", name), join(home, "inbox", name));
      }
      service = start();
      await new Promise((next) => setTimeout(next, 300 + random() * 3_500));
      service.kill("SIGKILL");
      await ended(service);
    }
    expect(waiting).toHaveLength(0);
    service = start();
    const status = await waitUntilEnded(SUBMISSIONS);
    expect(status.submissions).toMatchObject({ done: SUBMISSIONS - DUPLICATES - DAMAGED, duplicate: DUPLICATES, quarantined: DAMAGED });
    const placed = (await filesBelow(join(home, "inbox"))).map((path) => path.slice(home.length));
    const originals = placed.filter((path) => path.endsWith(".pdf"));
    expect(originals.filter((path) => path.includes("/done/"))).toHaveLength(SUBMISSIONS - DUPLICATES - DAMAGED);
    expect(originals.filter((path) => path.includes("/duplicate/"))).toHaveLength(DUPLICATES);
    expect(originals.filter((path) => path.includes("/quarantine/"))).toHaveLength(DAMAGED);
    expect(originals).toHaveLength(SUBMISSIONS);
    const registrations = (await ilmo("list")) as { reference: string }[];
    expect(new Set(registrations.map((item) => item.reference)).size).toBe(SUBMISSIONS - DUPLICATES - DAMAGED);
    const papers = await filesBelow(join(home, "outbox"));
    for (const path of papers) expect((await readFile(path)).subarray(-32).toString("latin1")).toContain("%%EOF");
    const completionRequests = papers.filter((path) => path.includes("/completion-requests/"));
    expect(completionRequests).toHaveLength(registrations.length);
  });
});
