import { mkdirSync, readdirSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LineStatus } from "../bench/chaos/account.ts";
import { type ChaosPlace, createPlace } from "../bench/chaos/chaos-place.ts";
import { LineProcess } from "../bench/chaos/line-process.ts";
import { localDay } from "../src/model/time.ts";
import { makeLiveSubmissions } from "./live-submissions.ts";

const SUBMISSIONS = 8;
const LOOK_MS = 500;
const END_MS = 200_000;

interface Backup {
  readonly folder: string;
  readonly submissions: Record<string, number>;
  readonly registrations: Record<string, number>;
}

let before: ChaosPlace;
let after: ChaosPlace;
let first: LineProcess;
let second: LineProcess;

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((total, count) => total + count, 0);

async function statusWhen(line: LineProcess, isReached: (status: LineStatus) => boolean): Promise<LineStatus> {
  const deadline = performance.now() + END_MS;
  for (;;) {
    const status = (await line.run("status")) as LineStatus;
    if (isReached(status)) return status;
    if (performance.now() > deadline) throw new Error(`not reached: ${JSON.stringify(status)}`);
    await delay(LOOK_MS);
  }
}

beforeAll(async () => {
  before = createPlace();
  after = createPlace();
  first = new LineProcess(before);
  second = new LineProcess(after);
  const { files, sessions } = await makeLiveSubmissions(SUBMISSIONS, localDay(new Date()));
  await writeFile(join(before.root, "sessions.json"), JSON.stringify(sessions));
  await first.run("sessions", "import", join(before.root, "sessions.json"));
  for (const { name, bytes } of files) {
    await writeFile(join(before.root, "staging", name), bytes);
    await rename(join(before.root, "staging", name), join(before.inbox, name));
  }
});

afterAll(async () => {
  await Promise.all([first.end("SIGTERM"), second.end("SIGTERM")]);
  before.remove();
  after.remove();
});

describe("ilmo backup and ilmo restore", () => {
  it("bring a line back that was backed up at work, and everything that had not ended then ends", async () => {
    first.ensureRuns();
    mkdirSync(join(before.root, "backups"));
    await statusWhen(first, ({ submissions }) => sum(submissions) === SUBMISSIONS);
    const backup = (await first.run("backup", join(before.root, "backups"))) as Backup;
    await first.end("SIGKILL");
    const taken = sum(backup.submissions);
    expect(taken).toBe(SUBMISSIONS);
    expect(backup.submissions.done ?? 0).toBeLessThan(SUBMISSIONS);

    const home = join(after.root, "restored");
    const { status } = (await second.run("restore", backup.folder, "--into", home)) as { status: LineStatus };
    expect(status.submissions).toMatchObject(backup.submissions);
    expect(sum(status.submissions)).toBe(taken);

    const restored = new LineProcess({ ...after, home, environment: { ...after.environment, ILMO_HOME: home } });
    second = restored;
    expect((await restored.run("status")) as LineStatus).toMatchObject({ submissions: backup.submissions });
    restored.ensureRuns();
    const isOpen = ({ jobs }: LineStatus): boolean => jobs.some((job) => job.waiting + job.delayed + job.active > 0);
    const ended = await statusWhen(restored, (now) => now.submissions.done === SUBMISSIONS && !isOpen(now));
    expect(ended.jobs.every((job) => job.dead === 0)).toBe(true);
    const registrations = (await restored.run("list")) as { reference: string }[];
    expect(new Set(registrations.map(({ reference }) => reference)).size).toBe(SUBMISSIONS);
    const requests = readdirSync(join(after.outbox, "completion-requests"), { recursive: true }).map(String);
    expect(requests.filter((name) => name.endsWith(".pdf")).length).toBeGreaterThan(0);
  });
});
