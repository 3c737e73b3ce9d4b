import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStore } from "../../src/adapters/repositories/store.ts";
import type { Attendance, RosterRowReading } from "../../src/model/attendance.ts";
import type { NewRosterScan } from "../../src/pipeline/attendance-store-port.ts";
import { QUEUES } from "../../src/pipeline/queues.ts";
import { settleSession } from "../../src/pipeline/settle-session.ts";
import type { Store } from "../../src/pipeline/store-port.ts";
import { rowOf, SIGNED } from "../sessions/roster-rows.ts";
import { BOTH_DATABASES, type TestDatabase } from "./both-databases.ts";
import { MemoryJobQueue } from "./memory-job-queue.ts";
import { createRegistration, createSession, createSubmission, FIRST_JOB, toSubmissionReading } from "./store-inputs.ts";

const SHA = "a".repeat(64);
const PEOPLE = 3;

describe.each(BOTH_DATABASES)("attendance on $name PostgreSQL", ({ open }) => {
  let database: TestDatabase;
  let store: Store;
  let queue: MemoryJobQueue;
  let people: string[];
  let submissionId: string;
  let now = new Date("2026-03-17T08:00:00.000Z");

  beforeAll(async () => {
    database = await open();
    queue = new MemoryJobQueue([...QUEUES, { name: "read" }]);
    store = createStore({ db: database.db, queue, now: () => now });
    const submission = createSubmission();
    submissionId = submission.id;
    await store.recordSubmission(submission, FIRST_JOB);
    const registrations = Array.from({ length: PEOPLE }, (_, index) => createRegistration(index + 1));
    people = (await store.saveReading(submissionId, toSubmissionReading(registrations), registrations)).map(({ id }) => id);
  });

  afterAll(async () => {
    await queue.stop();
    await database.stopAll();
  });

  async function openSession(): Promise<string> {
    const session = createSession();
    await store.upsertSessions([session]);
    const print = { sessionId: session.id, sessionCode: session.code, sha256: SHA, pages: 1, registrationIds: people };
    await store.saveRosterPrint({ ...print, version: 1 });
    return session.id;
  }

  async function scan(sessionId: string, rows: readonly RosterRowReading[], change: Partial<NewRosterScan> = {}): Promise<NewRosterScan> {
    const page: NewRosterScan = {
      id: randomUUID(),
      submissionId,
      fileIndex: Math.floor(Math.random() * 1_000_000),
      pageIndex: 0,
      sessionCode: "AR 16.3.",
      version: 1,
      pageNumber: 1,
      pages: 1,
      sessionId,
      state: "read",
      quality: 0.9,
      showsPaleInk: true,
      scannedOn: "2026-03-17",
      rows: rows.map((seen) => ({ registrationId: people[seen.rowNumber - 1] ?? null, seen })),
      ...change,
    };
    await store.inTransaction(async (transaction) => {
      await transaction.saveRosterScan(page);
      await settleSession(sessionId, transaction);
    });
    return page;
  }

  async function attendanceOf(sessionId: string, personIndex: number): Promise<Attendance | undefined> {
    return (await store.listAttendance({ sessionId })).find((item) => item.registrationId === people[personIndex]);
  }

  it("remembers who stood in which row of which print, and never takes a version twice", async () => {
    const sessionId = await openSession();
    const turned = people.toReversed();
    const print = { sessionId, version: 2, sessionCode: "AR 16.3.", sha256: SHA, pages: 1, registrationIds: turned };
    await store.saveRosterPrint(print);
    expect((await store.listRosterPrints(sessionId)).map(({ registrationIds }) => registrationIds)).toEqual([people, turned]);
    expect(await store.lastRosterVersion(sessionId)).toBe(2);
    await expect(store.saveRosterPrint({ ...print, registrationIds: people })).rejects.toThrow(expect.anything());
    expect((await store.listRosterPrints(sessionId)).at(-1)?.registrationIds).toEqual(turned);
  });

  it("records the present, proposes the absent and asks about the rest", async () => {
    const sessionId = await openSession();
    await scan(sessionId, [rowOf(1, SIGNED), rowOf(2), rowOf(3, { came: "yes" })]);
    expect(await attendanceOf(sessionId, 0)).toMatchObject({ state: "present", status: "recorded", languageTest: false });
    expect(await attendanceOf(sessionId, 1)).toMatchObject({ state: "absent", status: "proposed" });
    expect(await attendanceOf(sessionId, 2)).toMatchObject({ state: null, status: "review", doubts: ["tickWithoutSignature"] });
  });

  it("says the same after the same page again, and writes nothing to the log for it", async () => {
    const sessionId = await openSession();
    const page = await scan(sessionId, [rowOf(1, SIGNED), rowOf(2), rowOf(3, SIGNED)]);
    const before = { attendance: await store.listAttendance({ sessionId }), audit: (await store.listAudit()).length };
    await store.inTransaction(async (transaction) => {
      await transaction.saveRosterScan(page);
      await settleSession(sessionId, transaction);
    });
    await scan(sessionId, [rowOf(1, SIGNED), rowOf(2), rowOf(3, SIGNED)]);
    expect({ attendance: await store.listAttendance({ sessionId }), audit: (await store.listAudit()).length }).toEqual(before);
  });

  it("asks a person when a second scan contradicts the first", async () => {
    const sessionId = await openSession();
    await scan(sessionId, [rowOf(1, SIGNED), rowOf(2), rowOf(3, SIGNED)]);
    await scan(sessionId, [rowOf(1, SIGNED), rowOf(2, SIGNED), rowOf(3, SIGNED)]);
    expect(await attendanceOf(sessionId, 1)).toMatchObject({ state: null, status: "review", doubts: ["scansDisagree"] });
    expect(await attendanceOf(sessionId, 0)).toMatchObject({ state: "present", status: "recorded", doubts: [] });
  });

  it("leaves what a person confirmed and raises a doubt beside it", async () => {
    const sessionId = await openSession();
    await scan(sessionId, [rowOf(1, SIGNED), rowOf(2), rowOf(3, SIGNED)]);
    const known = await attendanceOf(sessionId, 1);
    if (known === undefined) throw new Error("expected an attendance");
    now = new Date();
    const confirmed = { state: "excused", status: "confirmed", decidedBy: "Liisa", decidedAt: now.toISOString(), reason: "ill" } as const;
    await store.saveAttendance({ ...known, ...confirmed });
    // Decisions and scans are dated to the millisecond: the scan must come in a later one.
    while (Date.now() <= now.getTime()) await new Promise((next) => setTimeout(next, 1));
    await scan(sessionId, [rowOf(1, SIGNED), rowOf(2, SIGNED), rowOf(3, SIGNED)]);
    expect(await attendanceOf(sessionId, 1)).toMatchObject({ ...confirmed, doubts: ["differsFromDecision"] });
  });

  it("refuses an attendance without a state that nobody is asked about", async () => {
    const sessionId = await openSession();
    const [registrationId = ""] = people;
    const base = {
      sessionId,
      registrationId,
      languageTest: null,
      skillsSurvey: null,
      doubts: [],
      decidedBy: null,
      decidedAt: null,
      reason: null,
    };
    await expect(store.saveAttendance({ ...base, state: null, status: "recorded" })).rejects.toThrow(expect.anything());
    await expect(store.saveAttendance({ ...base, state: "absent", status: "confirmed" })).rejects.toThrow(expect.anything());
  });
});
