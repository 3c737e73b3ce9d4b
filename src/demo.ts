import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Demo, type DemoSubmission, makeDemo } from "../fixtures/demo.ts";
import { exportApprovedIn } from "./commands/office-commands.ts";
import { formatTable, openTerminal } from "./commands/terminal.ts";
import { type Config, loadConfig } from "./config.ts";
import { openLog } from "./log.ts";
import { localDay } from "./model/time.ts";
import type { StoredRegistration, Submission } from "./pipeline/store-port.ts";
import { type Service, startService } from "./service.ts";

/** Who approves in the demo; an invented clerk. */
const CLERK = "Demo Virkailija";
const POLL_MS = 250;
/** A machine under load reads a page in some seconds; beyond this the demo has failed. */
const PATIENCE_MS = 20 * 60_000;
const MARKER = ".demo";
const FRESH_FOLDERS = ["invitations", "rosters", "completion-requests", "import"];

const terminal = openTerminal(false);
const say = (text: string): void => terminal.line(text);

/** The outbox itself when it is empty or holds an earlier demo; a folder in it when the office's own papers lie there. */
async function demoOutbox(outbox: string): Promise<string> {
  await mkdir(outbox, { recursive: true });
  const holds = (await readdir(outbox)).filter((name) => name !== ".gitkeep");
  const folder = holds.length === 0 || holds.includes(MARKER) ? outbox : join(outbox, "demo");
  for (const name of FRESH_FOLDERS) await rm(join(folder, name), { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, MARKER), "");
  return folder;
}

async function demoConfig(): Promise<Config> {
  const loaded = loadConfig();
  const home = resolve(loaded.home, "demo");
  await rm(home, { recursive: true, force: true });
  return {
    ...loaded,
    home,
    inbox: join(home, "inbox"),
    outbox: await demoOutbox(loaded.outbox),
    environment: "test",
    databaseUrl: undefined,
    logLevel: process.env.ILMO_LOG_LEVEL === undefined ? "error" : loaded.logLevel,
    intake: { ...loaded.intake, scanMs: 200, quietMs: 300, renamedQuietMs: 100 },
  };
}

/** Drops a submission as a clerk's program would: written beside the inbox, then renamed in. */
async function drop(submission: DemoSubmission, config: Config): Promise<void> {
  const staging = join(config.home, "staging");
  await mkdir(staging, { recursive: true });
  const path = join(staging, submission.name);
  if (submission.isFolder) {
    await mkdir(path, { recursive: true });
    for (const file of submission.files) await writeFile(join(path, file.name), file.bytes);
  } else {
    const [file] = submission.files;
    if (file !== undefined) await writeFile(path, file.bytes);
  }
  await rename(path, join(config.inbox, submission.name));
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

function isSame(dropped: DemoSubmission, found: Submission): boolean {
  const own = dropped.files
    .map((file) => sha256(file.bytes))
    .toSorted()
    .join();
  return (
    own ===
    found.files
      .map((file) => file.sha256)
      .toSorted()
      .join()
  );
}

const ENDED = ["done", "duplicate", "quarantined"];

/** Waits until every submission and every job has ended. */
async function waitForEnd({ office }: Service, count: number, pages: () => number): Promise<void> {
  const startedMs = performance.now();
  for (;;) {
    const submissions = await office.store.listSubmissions();
    const ended = submissions.filter((submission) => ENDED.includes(submission.state)).length;
    const jobs = await office.queue.stats();
    const open = jobs.reduce((sum, job) => sum + job.waiting + job.delayed + job.active, 0);
    terminal.progress(`${ended} of ${count} submissions at their end, ${pages()} pages read, ${open} jobs open`);
    if (ended >= count && open === 0) break;
    if (performance.now() - startedMs > PATIENCE_MS) throw new Error("the demo did not come to its end in time");
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
  terminal.progressDone();
}

interface Checked {
  readonly row: string[];
  readonly complaints: readonly string[];
}

function complaintsOf(dropped: DemoSubmission, found: Submission | undefined, registrations: readonly StoredRegistration[]): string[] {
  const complaints: string[] = [];
  if (found?.state !== dropped.outcome) complaints.push(`${dropped.title}: expected ${dropped.outcome}, came ${found?.state ?? "nothing"}`);
  if (registrations.length !== dropped.expected.length)
    complaints.push(`${dropped.title}: expected ${dropped.expected.length} registrations, came ${registrations.length}`);
  for (const [index, expected] of dropped.expected.entries()) {
    const codes = (registrations[index]?.check.findings ?? []).map((finding) => finding.code);
    const missing = expected.findings.filter((code) => !codes.includes(code));
    const extra = codes.filter((code) => !expected.findings.includes(code) && !expected.toleratedFindings.includes(code));
    if (missing.length > 0) complaints.push(`${dropped.title}: expected the finding ${missing.join(", ")}`);
    if (extra.length > 0) complaints.push(`${dropped.title}: did not expect the finding ${extra.join(", ")}`);
    if (registrations[index]?.check.route !== expected.route) complaints.push(`${dropped.title}: expected the route ${expected.route}`);
  }
  return complaints;
}

async function examine(dropped: DemoSubmission, found: Submission | undefined, { office }: Service): Promise<Checked> {
  const hasEnded = found !== undefined && found.state === "done";
  const registrations = hasEnded ? await office.store.listRegistrations({ submissionId: found.id }) : [];
  const reading = hasEnded ? await office.store.getReading(found.id) : null;
  const pages = (reading?.registrations.flatMap((item) => item.pages).length ?? 0) + (reading?.unassignedPages.length ?? 0);
  const written: string[] = [];
  for (const { id } of registrations)
    for (const { relativePath } of await office.store.listDocuments({ registrationId: id })) written.push(relativePath);
  const cell = (pick: (item: StoredRegistration) => string): string => registrations.map(pick).join(" | ");
  const row = [
    dropped.title,
    found?.state ?? "-",
    String(pages),
    cell((item) => item.reference),
    cell((item) => item.check.route),
    cell((item) => item.check.findings.map((finding) => finding.code).join(" ") || "-"),
    written.join(" ") || "-",
  ];
  return { row, complaints: complaintsOf(dropped, found, registrations) };
}

async function approveComplete({ office }: Service): Promise<number> {
  let approved = 0;
  for (const { id, check } of await office.store.listRegistrations({ state: "DRAFT", route: "groupInfo" })) {
    if (check.findings.some((finding) => finding.severity === "error" || finding.code === "duplicatePerson")) continue;
    await office.store.approve(id, CLERK);
    approved += 1;
  }
  return approved;
}

async function listOutbox(outbox: string): Promise<string[]> {
  const entries = await readdir(outbox, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name).slice(outbox.length + 1));
}

/** Every kind of paper that a day at the office leaves. */
const EXPECTED_PAPERS = [
  /^invitations\/.*\.pdf$/,
  /^rosters\/.*\.pdf$/,
  /^completion-requests\/.*\.pdf$/,
  /^import\/.*\.xml$/,
  /^import\/.*\.manifest\.json$/,
  /^import\/.*\.csv$/,
];

async function runLine(demo: Demo, config: Config): Promise<string[]> {
  let pagesRead = 0;
  const service = await startService(config, openLog(config), (event) => {
    if (event.kind === "page") pagesRead += 1;
  });
  try {
    await service.office.store.upsertSessions(demo.sessions.sessions);
    await service.office.store.setMeta("sessionRules", demo.sessions.rules);
    for (const submission of demo.submissions) await drop(submission, config);
    await waitForEnd(service, demo.submissions.length, () => pagesRead);
    const found = await service.office.store.listSubmissions();
    const checked: Checked[] = [];
    for (const submission of demo.submissions) {
      const wanted = found.filter((item) => isSame(submission, item));
      const own = wanted.find((item) => (item.state === "duplicate") === (submission.outcome === "duplicate"));
      checked.push(await examine(submission, own, service));
    }
    say(formatTable([["submission", "state", "pages", "reference", "route", "findings", "written"], ...checked.map((item) => item.row)]));
    say(`\n${await approveComplete(service)} registrations without open errors approved by ${CLERK}.`);
    const exported = await exportApprovedIn(service.office.store, config, () => {});
    say(`${exported.records} of them handed over in ${exported.files.filter((file) => file.endsWith(".xml")).length} import file(s).`);
    return checked.flatMap((item) => item.complaints);
  } finally {
    await service.stop();
  }
}

async function main(): Promise<number> {
  const startedMs = performance.now();
  const config = await demoConfig();
  say("Making sample scans of invented people ...");
  const demo = await makeDemo(localDay(new Date()));
  await mkdir(config.inbox, { recursive: true });
  say(`Running the line on ${demo.submissions.length} submissions ...\n`);
  const complaints = await runLine(demo, config);
  const files = await listOutbox(config.outbox);
  say(
    `\nLeft in ${config.outbox}:\n${files
      .toSorted()
      .map((file) => `  ${file}`)
      .join("\n")}`,
  );
  for (const pattern of EXPECTED_PAPERS)
    if (!files.some((file) => pattern.test(file))) complaints.push(`no file like ${pattern.source} was left`);
  for (const complaint of complaints) say(`NOT AS EXPECTED  ${complaint}`);
  say(
    `\n${complaints.length === 0 ? "Everything as expected" : `${complaints.length} things not as expected`}, ${((performance.now() - startedMs) / 1000).toFixed(0)} s.`,
  );
  return complaints.length === 0 && existsSync(config.outbox) ? 0 : 1;
}

process.exitCode = await main();
