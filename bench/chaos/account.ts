import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ChaosMailbox } from "./chaos-mailbox.ts";
import type { ChaosPlace } from "./chaos-place.ts";
import type { LineProcess } from "./line-process.ts";

export type Outcome = "done" | "duplicate" | "quarantine";

/** A file as it was dropped into the inbox, and where it must end. */
export interface Dropped {
  readonly name: string;
  readonly sha256: string;
  readonly outcome: Outcome;
  /** Came by mail: its original stays in the mailbox, not in the inbox's folders. */
  readonly isMail: boolean;
}

/** One outcome: how many should have it, how many of them by mail, how many lie in its folder and are recorded. */
export interface AccountRow {
  readonly outcome: Outcome;
  readonly dropped: number;
  readonly byMail: number;
  readonly inFolder: number;
  readonly recorded: number;
}

/** What became of everything that was dropped. */
export interface Account {
  readonly rows: readonly AccountRow[];
  /** Messages that were delivered, that lie untouched, and that were moved; null without a mailbox. */
  readonly mail: { readonly delivered: number; readonly waiting: number; readonly processed: number } | null;
  readonly registrations: number;
  readonly references: number;
  readonly papers: number;
  readonly brokenPapers: number;
  readonly openJobs: number;
  readonly deadJobs: number;
  /** One sentence for each thing that is not as it must be; empty when everything is accounted for exactly once. */
  readonly faults: readonly string[];
}

export interface LineStatus {
  readonly submissions: Readonly<Record<string, number>>;
  readonly jobs: readonly {
    readonly name: string;
    readonly waiting: number;
    readonly delayed: number;
    readonly active: number;
    readonly dead: number;
  }[];
}

const RECORDED_AS = { done: "done", duplicate: "duplicate", quarantine: "quarantined" } as const;

/** Lists the files below a folder without those that are only being written. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile() && !entry.parentPath.includes(".tmp")).map((entry) => join(entry.parentPath, entry.name));
}

async function sha256Of(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

/** Compares by content and outcome: every dropped file must lie once where it belongs. */
async function findOriginals(inbox: string, dropped: readonly Dropped[]): Promise<{ counts: Map<string, number>; faults: string[] }> {
  const expected = countBy(
    dropped.filter(({ isMail }) => !isMail),
    ({ outcome, sha256 }) => `${outcome} ${sha256}`,
  );
  const places: string[] = [];
  for (const path of await filesBelow(inbox)) {
    if (path.endsWith(".reason.txt")) continue;
    const [folder = "inbox"] = path.slice(inbox.length + 1).split("/");
    places.push(`${folder} ${await sha256Of(path)}`);
  }
  const found = countBy(places, (place) => place);
  const faults = [...new Set([...expected.keys(), ...found.keys()])]
    .filter((place) => (expected.get(place) ?? 0) !== (found.get(place) ?? 0))
    .map((place) => `expected ${expected.get(place) ?? 0} originals, found ${found.get(place) ?? 0}: ${place.slice(0, 40)}`);
  return { counts: countBy(places, (place) => place.slice(0, place.indexOf(" "))), faults };
}

/** Takes stock after everything has ended. */
export async function takeAccount(
  { place, line, mailbox }: { readonly place: ChaosPlace; readonly line: LineProcess; readonly mailbox: ChaosMailbox | null },
  dropped: readonly Dropped[],
  status: LineStatus,
): Promise<Account> {
  const originals = await findOriginals(place.inbox, dropped);
  const registrations = (await line.run("list")) as { reference: string; submissionId?: string }[];
  const papers = await filesBelow(place.outbox);
  const tails = await Promise.all(papers.map(async (path) => (await readFile(path)).subarray(-32).toString("latin1")));
  const brokenPapers = tails.filter((tail) => !tail.includes("%%EOF")).length;
  const rows = (["done", "duplicate", "quarantine"] as const).map((outcome) => ({
    outcome,
    dropped: dropped.filter((item) => item.outcome === outcome).length,
    byMail: dropped.filter((item) => item.outcome === outcome && item.isMail).length,
    inFolder: originals.counts.get(outcome) ?? 0,
    recorded: status.submissions[RECORDED_AS[outcome]] ?? 0,
  }));
  const openJobs = status.jobs.reduce((sum, job) => sum + job.waiting + job.delayed + job.active, 0);
  const deadJobs = status.jobs.filter(({ name }) => name !== "submission").reduce((sum, job) => sum + job.dead, 0);
  const references = new Set(registrations.map(({ reference }) => reference)).size;
  const mail = mailbox === null ? null : { delivered: dropped.filter(({ isMail }) => isMail).length, ...(await mailbox.count()) };
  const account = { rows, mail, registrations: registrations.length, references, papers: papers.length, brokenPapers, openJobs, deadJobs };
  return { ...account, faults: [...originals.faults, ...findFaults(account, status)] };
}

function findFaults(account: Omit<Account, "faults">, { submissions }: LineStatus): string[] {
  const faults = account.rows
    .filter(({ dropped, byMail, inFolder, recorded }) => inFolder !== dropped - byMail || recorded !== dropped)
    .map(
      ({ outcome, dropped, byMail, inFolder, recorded }) =>
        `${outcome}: ${dropped} (${byMail} by mail), ${inFolder} in the folder, ${recorded} recorded`,
    );
  const { mail } = account;
  if (mail !== null && (mail.waiting > 0 || mail.processed !== mail.delivered))
    faults.push(`${mail.delivered} messages delivered, ${mail.processed} moved, ${mail.waiting} untouched`);
  const done = account.rows.find(({ outcome }) => outcome === "done")?.dropped ?? 0;
  const unfinished = (submissions.received ?? 0) + (submissions.read ?? 0);
  if (unfinished > 0) faults.push(`${unfinished} submissions did not end`);
  if (account.registrations !== done || account.references !== done)
    faults.push(`${done} forms, ${account.registrations} registrations, ${account.references} references`);
  if (account.brokenPapers > 0) faults.push(`${account.brokenPapers} papers are cut off`);
  if (account.papers < done) faults.push(`${done} completion requests expected, ${account.papers} papers found`);
  if (account.openJobs > 0) faults.push(`${account.openJobs} jobs are still open`);
  if (account.deadJobs > 0) faults.push(`${account.deadJobs} jobs were given up`);
  return faults;
}
