import { constants } from "node:fs";
import { access, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createFileOpener, type FileOpener } from "../adapters/file-opener.ts";
import { type OpenedSubmission, openContainers } from "../adapters/local-containers.ts";
import { findLocalSubmission, type LocalSubmission } from "../adapters/local-submissions.ts";
import { ensureOwnForms } from "../adapters/own-forms.ts";
import { createSubmissionReader } from "../adapters/submission-reader.ts";
import { writeFileWhole } from "../adapters/write-file-whole.ts";
import type { Config } from "../config.ts";
import { faultCodeOf, IlmoError } from "../errors.ts";
import type { SubmissionReading } from "../model/reading.ts";
import { SessionFile } from "../model/session.ts";
import type { IsoDate } from "../model/time.ts";
import { type CheckedRegistration, checkSubmission } from "../pipeline/check-submission.ts";
import { formatReadOutput } from "../pipeline/format-read-output.ts";
import type { ReadRequest, SubmissionReader } from "../pipeline/submission-reader-port.ts";
import { loadSessionFile } from "./session-file-commands.ts";
import { formatTable, type Terminal } from "./terminal.ts";

export interface ReadOptions {
  readonly sessions: string | undefined;
  readonly out: string;
  readonly withPictures: boolean;
  /** Local day; used where a submission does not say when it was received. */
  readonly today: IsoDate;
}

type Outcome =
  | {
      readonly kind: "read";
      readonly submission: LocalSubmission;
      readonly unreadable: number;
      readonly reading: SubmissionReading;
      readonly ms: number;
    }
  | { readonly kind: "fault"; readonly submission: LocalSubmission; readonly error: unknown; readonly ms: number };

interface Reading {
  readonly config: Config;
  readonly reader: SubmissionReader;
  readonly opener: FileOpener;
  readonly sessionFile: SessionFile;
  readonly options: ReadOptions;
}

const receivedOnOf = (submission: LocalSubmission, options: ReadOptions): IsoDate =>
  (submission.receivedOn as IsoDate | undefined) ?? options.today;

function requestOf({ submission }: OpenedSubmission, { config, sessionFile, options }: Reading): ReadRequest {
  return {
    files: submission.files.map(({ fileIndex, path }) => ({ fileIndex, path })),
    home: config.home,
    sessions: sessionFile.sessions,
    receivedOn: receivedOnOf(submission, options),
    environment: config.environment,
    senderUnits: config.senders.map(({ unit }) => unit),
    withPictures: options.withPictures,
    acceptFrom: config.reading.acceptFrom,
  };
}

async function readOne(submission: LocalSubmission, setting: Reading): Promise<Outcome> {
  const startedMs = performance.now();
  try {
    const opened = await openContainers(submission, setting.opener, setting.config.home);
    try {
      const reading = await setting.reader.read(requestOf(opened, setting), () => {});
      return { kind: "read", submission: opened.submission, unreadable: opened.unreadable, reading, ms: performance.now() - startedMs };
    } finally {
      await opened.remove();
    }
  } catch (error) {
    return { kind: "fault", submission, error, ms: performance.now() - startedMs };
  }
}

/** Submissions begun for each reading process: with fewer a process waits while a long submission holds up the order. */
const BEGUN_PER_WORKER = 4;

/** Reads in parallel (as many as there are reading processes) and hands the outcomes over in the order of the submissions. */
async function* readInOrder(submissions: readonly LocalSubmission[], setting: Reading): AsyncGenerator<Outcome> {
  const running: Promise<Outcome>[] = [];
  let next = 0;
  const ahead = setting.config.reading.workers * BEGUN_PER_WORKER;
  while (running.length > 0 || next < submissions.length) {
    while (running.length < ahead && next < submissions.length) {
      const submission = submissions[next];
      if (submission !== undefined) running.push(readOne(submission, setting));
      next += 1;
    }
    const first = running.shift();
    if (first !== undefined) yield await first;
  }
}

/** Returns the names of the results, no two alike: several submissions may bear one caseId, and disks may not tell capitals apart. Pure. */
function outputNamesOf(submissions: readonly LocalSubmission[]): string[] {
  const taken = new Set<string>();
  return submissions.map(({ caseId }, index) => {
    const isPlain = caseId !== undefined && /^[A-Za-z0-9._-]{1,100}$/.test(caseId) && !caseId.startsWith(".");
    const base = isPlain ? caseId : `submission-${String(index + 1).padStart(4, "0")}`;
    let name = base;
    for (let copy = 2; taken.has(name.toLowerCase()); copy += 1) name = `${base}-${copy}`;
    taken.add(name.toLowerCase());
    return `${name}.json`;
  });
}

async function writeOutcome(outcome: Outcome, checked: readonly CheckedRegistration[], path: string): Promise<void> {
  const { submission } = outcome;
  const fileNames = submission.files.map((file) => file.name);
  const output =
    outcome.kind === "read"
      ? formatReadOutput(
          outcome.reading,
          checked.map((item) => item.check),
          fileNames,
          submission.caseId,
        )
      : { ...(submission.caseId === undefined ? {} : { caseId: submission.caseId }), cases: [], pages: [], fault: faultOf(outcome.error) };
  await writeFileWhole(path, `${JSON.stringify(output, null, 1)}\n`);
}

function faultOf(error: unknown): { code: string; message: string } {
  const message = error instanceof IlmoError ? error.message : "An unexpected fault; run again with ILMO_LOG_LEVEL=debug.";
  return { code: faultCodeOf(error), message };
}

function rowOf(outcome: Outcome, checked: readonly CheckedRegistration[], fileName: string): string[] {
  const seconds = `${(outcome.ms / 1000).toFixed(1)} s`;
  if (outcome.kind === "fault") return [fileName, "-", "-", "-", faultCodeOf(outcome.error), seconds];
  const pages = outcome.reading.registrations.flatMap((item) => item.pages).length + outcome.reading.unassignedPages.length;
  const routes = checked.map((item) => item.check.route).join(" ");
  const findings = checked.flatMap((item) => item.check.findings.map((finding) => finding.code)).join(" ");
  return [fileName, String(pages), String(checked.length), routes, findings, seconds];
}

async function findSubmissions(paths: readonly string[]): Promise<LocalSubmission[]> {
  const found: LocalSubmission[] = [];
  for (const [index, path] of paths.entries()) {
    const submission = await findLocalSubmission(path).catch((cause: unknown) => {
      if (!(cause instanceof IlmoError) || paths.length === 1) throw cause;
      throw new IlmoError(cause.code, `Place ${index + 1} of ${paths.length}: ${cause.message} Nothing was read.`, { cause });
    });
    if (submission !== null) found.push(submission);
  }
  if (found.length === 0) throw new IlmoError("usage", "Expected scans or folders with scans; those named hold none.");
  return found;
}

/** @throws usage when the folder cannot be made or written to: told before anything is read */
async function openOutFolder(out: string): Promise<void> {
  try {
    await mkdir(out, { recursive: true });
    await access(out, constants.W_OK);
  } catch (cause) {
    const words = "Expected a folder for the results (--out) that can be made and written to; the one named cannot.";
    throw new IlmoError("usage", `${words} Name another, or mend its rights. Nothing was read.`, { cause });
  }
}

/**
 * `ilmo read <file or folder>... --out <dir>`: reads and checks without intake or database, one JSON a submission. Where no form is
 * known yet, the office's own forms are made known first.
 *
 * @returns how many submissions could not be read at all
 * @throws usage, sessionInvalid
 */
export async function readLocally(config: Config, terminal: Terminal, paths: readonly string[], options: ReadOptions): Promise<number> {
  const submissions = await findSubmissions(paths);
  const outputNames = outputNamesOf(submissions);
  const sessionFile = options.sessions === undefined ? SessionFile.parse({ sessions: [] }) : await loadSessionFile(options.sessions);
  await openOutFolder(options.out);
  await ensureOwnForms(config.home);
  const reader = await createSubmissionReader(config);
  const opener = createFileOpener(config);
  const seenPersons = new Set<string>();
  const rows: string[][] = [["output", "pages", "registrations", "route", "findings", "time"]];
  let faults = 0;
  try {
    for await (const outcome of readInOrder(submissions, { config, reader, opener, sessionFile, options })) {
      const unreadableAttachments = outcome.kind === "read" ? outcome.unreadable : 0;
      const receivedOn = receivedOnOf(outcome.submission, options);
      const context = { receivedOn, ...sessionFile, environment: config.environment, unreadableAttachments };
      const isKnown = async (keys: readonly string[]): Promise<boolean> => keys.some((key) => seenPersons.has(key));
      const checked = outcome.kind === "read" ? await checkSubmission(outcome.reading, context, isKnown) : [];
      const registrations = checked.filter(({ check }) => check.route !== "otherForm");
      for (const key of registrations.flatMap((item) => item.personKeys)) seenPersons.add(key);
      const fileName = outputNames[rows.length - 1] ?? "";
      await writeOutcome(outcome, checked, join(options.out, fileName));
      rows.push(rowOf(outcome, checked, fileName));
      if (outcome.kind === "fault") faults += 1;
      terminal.progress(`${rows.length - 1} of ${submissions.length} submissions read`);
    }
  } finally {
    await Promise.all([reader.close(), opener.close()]);
  }
  terminal.progressDone();
  terminal.line(formatTable(rows));
  terminal.json(
    rows.slice(1).map(([output, pages, registrations, route, findings, time]) => ({ output, pages, registrations, route, findings, time })),
  );
  return faults;
}
