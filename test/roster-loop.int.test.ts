import { mkdirSync, rmSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PDFDocument } from "@cantoo/pdf-lib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRandom } from "../fixtures/random.ts";
import { type RosterScan, scanRoster } from "../fixtures/rosters.ts";
import { type RosterRowTruth, type RowStory, tickRoster } from "../fixtures/tick-roster.ts";
import { Config } from "../src/config.ts";
import { openLog } from "../src/log.ts";
import type { Session } from "../src/model/session.ts";
import { addDays, localDay } from "../src/model/time.ts";
import { listAttendanceTasks, listSessionAttendance } from "../src/pipeline/attendance-list.ts";
import { ROSTER_QUEUE } from "../src/pipeline/queues.ts";
import { bookSeat } from "../src/pipeline/seat-operations.ts";
import type { Store } from "../src/pipeline/store-port.ts";
import { type Service, type ServiceEvent, startService } from "../src/service.ts";
import { createRegistration, createSession, createSubmission, toSubmissionReading } from "./adapters/store-inputs.ts";
import { createHome, removeHome } from "./adapters/test-home.ts";
import { makeLiveSubmissions } from "./live-submissions.ts";

const TODAY = localDay(new Date());
const CLEAN: RosterScan = {
  mode: "grey",
  dpi: 200,
  skewDeg: 2,
  scaling: 0.01,
  damages: [{ kind: "scannerNoise", strength: 1 }],
  rotation: 180,
  container: "pdfJpeg",
  jpegQuality: 70,
};
/** Generous: the machine may run other tests at the same time. */
const END_MS = 150_000;
const START_MS = 300_000;

let root: string;
let config: Config;
let service: Service | undefined;
let store: Store;
const events: ServiceEvent[] = [];

beforeAll(async () => {
  root = createHome();
  const intake = { scanMs: 100, quietMs: 200, renamedQuietMs: 100, incompleteMs: 1_000 };
  const folders = { home: join(root, "home"), inbox: join(root, "inbox"), outbox: join(root, "outbox") };
  config = Config.parse({ ...folders, environment: "test", logLevel: "silent", intake, reading: { workers: 1 } });
  mkdirSync(config.inbox, { recursive: true });
  service = await startService(config, openLog(config), (event) => events.push(event));
  store = service.office.store;
}, START_MS);

afterAll(async () => {
  await service?.stop();
  removeHome(config.home);
  rmSync(root, { recursive: true, force: true });
});

async function waitFor<T>(look: () => Promise<T | null>, what: string): Promise<T> {
  const startedMs = performance.now();
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() - startedMs > END_MS) throw new Error(`expected ${what}`);
    await new Promise((next) => setTimeout(next, 200));
  }
}

/** Opens a session of today and gives so many people a seat in it. */
async function fillSession(code: string, people: number): Promise<Session> {
  const session = createSession({ id: code, code, date: TODAY, language: "ar" });
  await store.upsertSessions([session]);
  const submission = createSubmission();
  await store.recordSubmission(submission, { name: ROSTER_QUEUE, data: { sessionId: "none" } });
  const order = Array.from({ length: people }, (_, index) => createRegistration(index + 1));
  const registrations = await store.saveReading(submission.id, toSubmissionReading(order), order);
  await store.finishSubmission(submission.id);
  for (const { id } of registrations) await bookSeat(store, { registrationId: id, sessionId: session.id, by: "Liisa Virkailija" });
  return session;
}

/** Waits until the service has printed everybody on the roster. */
async function printedRoster(session: Session, people: number): Promise<{ bytes: Uint8Array; version: number }> {
  const print = await waitFor(async () => {
    const newest = (await store.listRosterPrints(session.id)).at(-1);
    const document = (await store.listDocuments({ sessionId: session.id })).find(({ kind }) => kind === "roster");
    return newest?.registrationIds.length === people && document?.version === newest.version ? newest : null;
  }, "a printed roster");
  return { bytes: new Uint8Array(await readFile(join(config.outbox, "rosters", `${session.id}.pdf`))), version: print.version };
}

async function drop(name: string, bytes: Uint8Array): Promise<string> {
  const before = new Set((await store.listSubmissions()).map(({ id }) => id));
  await writeFile(join(config.inbox, name), bytes);
  return waitFor(async () => {
    const fresh = (await store.listSubmissions()).find(({ id, state }) => !before.has(id) && (state === "done" || state === "quarantined"));
    return fresh?.id ?? null;
  }, "a finished submission");
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(join(config.inbox, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

const story = (rows: readonly RosterRowTruth[], name: RowStory): RosterRowTruth | undefined => rows.find((row) => row.story === name);

describe("a signed roster in the inbox of the running service", () => {
  it("ends in done with the attendance of everybody on it, row by row", async () => {
    const session = await fillSession("AR-LOOP", 6);
    const { bytes } = await printedRoster(session, 6);
    const stories: RowStory[] = ["present", "absent", "late", "signedOnly", "scratched", "present"];
    const { pdf, rows } = await tickRoster(bytes, { participants: 6, isStamped: false, stories }, makeRandom("loop"));
    const [scan = new Uint8Array()] = await scanRoster(pdf, 1, CLEAN, makeRandom("loop-scan"));
    const submissionId = await drop("lista.pdf", scan);

    expect(await store.getSubmission(submissionId)).toMatchObject({ state: "done", faultCode: null });
    expect(await filesIn("done")).toContain("lista.pdf");
    const list = await listSessionAttendance(session.id, store);
    expect(list.missingPages).toEqual([]);
    const order = (await store.listRosterPrints(session.id)).at(-1)?.registrationIds;
    expect(list.rows.map(({ registrationId }) => registrationId)).toEqual(order);
    expect(list.rows.map(({ state, status }) => `${state} ${status}`)).toEqual([
      "present recorded",
      "absent proposed",
      "late recorded",
      "null review",
      "null review",
      "present recorded",
    ]);
    const present = story(rows, "present");
    expect(list.rows[0]).toMatchObject({ languageTest: present?.languageTest, skillsSurvey: present?.skillsSurvey });
    const tasks = await listAttendanceTasks([session.id], store);
    expect(tasks.map(({ kind, rowNumber }) => [kind, rowNumber])).toEqual([
      ["row", 4],
      ["row", 5],
    ]);
    for (const { png } of tasks)
      expect(
        Buffer.from(png ?? "", "base64")
          .subarray(1, 4)
          .toString("latin1"),
      ).toBe("PNG");
  });

  it("takes roster pages out of a file with a form and reads both; a page that is missing leaves its rows open", async () => {
    const session = await fillSession("AR-MIXED", 20);
    const { bytes, version } = await printedRoster(session, 20);
    const { pdf } = await tickRoster(
      bytes,
      { participants: 20, isStamped: false, stories: Array(20).fill("present") },
      makeRandom("mixed"),
    );
    const [scan = new Uint8Array()] = await scanRoster(pdf, 1, { ...CLEAN, rotation: 0 }, makeRandom("mixed-scan"));
    const { files } = await makeLiveSubmissions(1, TODAY);
    const mixed = await PDFDocument.load(files[0]?.bytes ?? new Uint8Array());
    const [page] = await mixed.copyPages(await PDFDocument.load(scan), [0]);
    if (page !== undefined) mixed.insertPage(0, page);
    const submissionId = await drop("yhdessa.pdf", await mixed.save());

    expect(await store.getSubmission(submissionId)).toMatchObject({ state: "done" });
    const [registration] = await store.listRegistrations({ submissionId });
    expect(registration?.reading.missingFormPages).toEqual([]);
    expect(registration?.reading.pages.map(({ kind }) => kind)).not.toContain("roster");
    const { rows, missingPages } = await listSessionAttendance(session.id, store);
    expect(missingPages).toEqual([{ version, pageNumbers: [2] }]);
    expect(rows.map(({ status }) => status)).toEqual([...Array(18).fill("recorded"), "open", "open"]);
  });

  it("puts a roster whose code names no one print aside, with a note", async () => {
    const session = await fillSession("AR-GONE", 2);
    const { bytes, version } = await printedRoster(session, 2);
    await store.upsertSessions([createSession({ ...session, id: "AR-OTHER", code: "AR-OTHER", date: addDays(TODAY, -3) })]);
    const { pdf } = await tickRoster(bytes, { participants: 2, isStamped: false, stories: ["present", "present"] }, makeRandom("gone"));
    const [scan = new Uint8Array()] = await scanRoster(pdf, 1, CLEAN, makeRandom("gone-scan"));
    // Another session's print with the same code: the sheet could be either's.
    await store.saveRosterPrint({
      sessionId: "AR-OTHER",
      version,
      sessionCode: session.code,
      sha256: "a".repeat(64),
      pages: 1,
      registrationIds: [],
    });
    const submissionId = await drop("tuntematon.pdf", scan);

    expect(await store.getSubmission(submissionId)).toMatchObject({ state: "quarantined", faultCode: "rosterUnknown" });
    expect((await filesIn("quarantine")).some((name) => name.endsWith(".txt"))).toBe(true);
    expect(await store.listAttendance({ sessionId: session.id })).toEqual([]);
  });
});
