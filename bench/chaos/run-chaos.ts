import { createHash } from "node:crypto";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { localDay } from "../../src/model/time.ts";
import { makeLiveSubmissions } from "../../test/live-submissions.ts";
import { type Account, type Dropped, type LineStatus, takeAccount } from "./account.ts";
import type { ChaosMailbox } from "./chaos-mailbox.ts";
import { type ChaosPlace, createPlace } from "./chaos-place.ts";
import { faultsOf, planStrikes } from "./faults.ts";
import { LineProcess } from "./line-process.ts";
import { numbersFrom } from "./random.ts";

/** How much goes wrong, and over what. */
export interface ChaosRequest {
  readonly kills: number;
  readonly submissions: number;
  /** Of the submissions, those whose content came before. */
  readonly duplicates: number;
  /** Of the submissions, those that are cut off in the middle. */
  readonly damaged: number;
  readonly seed: number;
  /** A mailbox by which every third good form comes, and which goes away now and then. */
  readonly openMailbox?: () => Promise<ChaosMailbox>;
  readonly onProgress: (text: string) => void;
}

/** What struck how often, and the account after it. */
export interface ChaosResult {
  readonly strikes: Readonly<Record<string, number>>;
  readonly account: Account;
}

/** Shortest and longest time between two strikes: a start takes about 1.5 s. */
const PAUSE_MS = { least: 150, most: 2_500 } as const;
/** Share of the pauses that last long enough for a form to get through, and how long. */
const LONG_PAUSE = { share: 0.1, leastMs: 3_000, mostMs: 8_000 } as const;
/** The line must come to rest within this time after the last strike, for each submission. */
const REST_MS_PER_SUBMISSION = 20_000;
const LOOK_MS = 1_000;

interface Drop extends Dropped {
  readonly bytes: Uint8Array;
}

async function makeDrops(request: ChaosRequest, line: LineProcess, place: ChaosPlace): Promise<Drop[]> {
  const { submissions, duplicates, damaged } = request;
  const { files, sessions } = await makeLiveSubmissions(submissions - duplicates - damaged, localDay(new Date()));
  const sessionFile = join(place.root, "sessions.json");
  await writeFile(sessionFile, JSON.stringify(sessions));
  await line.run("sessions", "import", sessionFile);
  const isByMail = (index: number): boolean => request.openMailbox !== undefined && index >= duplicates && index % 3 === 0;
  const toDrop = (name: string, bytes: Uint8Array, outcome: Drop["outcome"], isMail = false): Drop => ({
    name,
    bytes,
    outcome,
    isMail,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  });
  return [
    ...files.map(({ name, bytes }, index) => toDrop(name, bytes, "done", isByMail(index))),
    ...files.slice(0, duplicates).map(({ bytes }, index) => toDrop(`uudelleen-${index}.pdf`, bytes, "duplicate")),
    ...files.slice(-damaged).map(({ bytes }, index) => toDrop(`rikki-${index}.pdf`, bytes.slice(0, bytes.length / 2), "quarantine")),
  ];
}

/** Puts a file into the inbox as a scanner does that writes elsewhere first. A full disk makes it try again. */
async function drop({ root, inbox }: ChaosPlace, mailbox: ChaosMailbox | null, { name, bytes, isMail }: Drop): Promise<void> {
  if (isMail) return mailbox?.deliver(name, bytes);
  const staged = join(root, "staging", name);
  for (;;) {
    try {
      await writeFile(staged, bytes);
      await rename(staged, join(inbox, name));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      await delay(LOOK_MS);
    }
  }
}

function pauseMs(random: () => number): number {
  const [least, most] = random() < LONG_PAUSE.share ? [LONG_PAUSE.leastMs, LONG_PAUSE.mostMs] : [PAUSE_MS.least, PAUSE_MS.most];
  return least + random() * (most - least);
}

async function waitUntilRest(
  { line, mailbox }: { readonly line: LineProcess; readonly mailbox: ChaosMailbox | null },
  submissions: number,
  onProgress: (text: string) => void,
): Promise<LineStatus> {
  const deadline = performance.now() + 60_000 + submissions * REST_MS_PER_SUBMISSION;
  for (;;) {
    line.ensureRuns();
    const status = (await line.run("status")) as LineStatus;
    const { done = 0, duplicate = 0, quarantined = 0 } = status.submissions;
    const untouched = (await mailbox?.count())?.waiting ?? 0;
    const open = untouched + status.jobs.reduce((sum, job) => sum + job.waiting + job.delayed + job.active, 0);
    onProgress(`${done + duplicate + quarantined} of ${submissions} ended, ${open} jobs or messages open`);
    if ((done + duplicate + quarantined >= submissions && open === 0) || performance.now() > deadline) return status;
    await delay(LOOK_MS);
  }
}

/**
 * Runs the line in a place of its own, strikes at random while it works, lets it come to rest, and takes stock.
 *
 * Half of the submissions lie there from the start, the others come in between the strikes.
 */
export async function runChaos(request: ChaosRequest): Promise<ChaosResult> {
  const mailbox = (await request.openMailbox?.()) ?? null;
  const place = createPlace(mailbox?.settings);
  const line = new LineProcess(place);
  const random = numbersFrom(request.seed);
  const strikes: Record<string, number> = {};
  try {
    const drops = await makeDrops(request, line, place);
    const firstCount = Math.ceil(drops.length / 2);
    for (const item of drops.slice(0, firstCount)) await drop(place, mailbox, item);
    const later = drops.slice(firstCount);
    const plan = planStrikes([...faultsOf(place), ...(mailbox === null ? [] : [mailbox.fault])], request.kills, random);
    for (const [index, fault] of plan.entries()) {
      line.ensureRuns();
      const due = Math.ceil(((index + 1) * (drops.length - firstCount)) / plan.length) - (drops.length - firstCount - later.length);
      for (const item of later.splice(0, Math.max(0, due))) await drop(place, mailbox, item);
      await delay(pauseMs(random));
      const struck = await fault.strike(line, random);
      const name = struck ? fault.name : `${fault.name}: nothing there`;
      strikes[name] = (strikes[name] ?? 0) + 1;
      request.onProgress(`${index + 1} of ${plan.length} strikes: ${fault.name}`);
    }
    const status = await waitUntilRest({ line, mailbox }, drops.length, request.onProgress);
    return { strikes, account: await takeAccount({ place, line, mailbox }, drops, status) };
  } finally {
    await endLine(line);
    place.remove();
    await mailbox?.stop();
  }
}

/** Lets the service end by itself, so that it takes the database server with it. */
async function endLine(line: LineProcess): Promise<void> {
  line.ensureRuns();
  await delay(3_000);
  await line.end("SIGTERM");
}
