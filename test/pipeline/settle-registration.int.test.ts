import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createStore } from "../../src/adapters/repositories/store.ts";
import { loadConfig } from "../../src/config.ts";
import type { InvitationInput, RosterInput } from "../../src/documents/paper-data.ts";
import type { Session } from "../../src/model/session.ts";
import type { IsoDate } from "../../src/model/time.ts";
import { issueRoster } from "../../src/pipeline/issue-roster.ts";
import { QUEUES, ROSTER_QUEUE, SETTLE_QUEUE } from "../../src/pipeline/queues.ts";
import { saveSessions } from "../../src/pipeline/save-sessions.ts";
import {
  bookSeat,
  cancelSeat,
  moveToSession,
  registerWalkIn,
  takeInRegistered,
  takeInUnregistered,
} from "../../src/pipeline/seat-operations.ts";
import { callOff, merge } from "../../src/pipeline/session-operations.ts";
import { type SettlePorts, settleRegistration } from "../../src/pipeline/settle-registration.ts";
import type { Store, StoredRegistration } from "../../src/pipeline/store-port.ts";
import { BOTH_DATABASES, type TestDatabase } from "../adapters/both-databases.ts";
import { MemoryJobQueue, MemoryTransaction } from "../adapters/memory-job-queue.ts";
import {
  createReading,
  createRegistration,
  createSession,
  createSubmission,
  FIRST_JOB,
  toSubmissionReading,
} from "../adapters/store-inputs.ts";

const BY = "Liisa Virkailija";
const [embedded] = BOTH_DATABASES;

let database: TestDatabase;
let store: Store;
let queue: MemoryJobQueue;
let ports: SettlePorts;
/** What was printed since the test began. */
let invitations: InvitationInput[];
let rosters: RosterInput[];
let files: string[];

/** The queue of these tests knows no database: its jobs wait for the commit here. */
function withJobsAtCommit(inner: Store): Store {
  const inTransaction: Store["inTransaction"] = async (work) => {
    const held = new MemoryTransaction();
    const result = await inner.inTransaction((transaction) =>
      work({ ...transaction, enqueue: (name, data, options) => queue.enqueue(name, data, { ...options, transaction: held }) }),
    );
    held.commit();
    return result;
  };
  return { ...inner, inTransaction };
}

beforeAll(async () => {
  database = await embedded.open();
  queue = new MemoryJobQueue([...QUEUES, { name: "read" }]);
  store = withJobsAtCommit(createStore({ db: database.db, queue, now: () => new Date() }));
  const paper = { bytes: new Uint8Array([1]), pages: 1 };
  ports = {
    store,
    queue,
    config: loadConfig({ ILMO_HOME: database.home }, database.home),
    today: () => "2026-03-02" as IsoDate,
    outbox: {
      write: async (relativePath) => {
        files.push(relativePath);
        return "a".repeat(64);
      },
    },
    printer: {
      invitation: async (data) => {
        invitations.push(data);
        return paper;
      },
      roster: async (data) => {
        rosters.push(data);
        return paper;
      },
      completionRequest: async () => paper,
      close: async () => {},
    },
  };
  const onDead = async (): Promise<void> => {
    throw new Error("expected no job to be given up");
  };
  await queue.work(SETTLE_QUEUE, { concurrency: 1, onDead }, ({ data }) => settleRegistration(String(data.registrationId), ports));
  await queue.work(ROSTER_QUEUE, { concurrency: 1, onDead }, ({ data }) => issueRoster(String(data.sessionId), ports));
});

afterAll(async () => {
  await queue.stop();
  await database.stopAll();
});

beforeEach(() => {
  [invitations, rosters, files] = [[], [], []];
});

/** Waits until the named queues have nothing to do. */
async function settle(names: readonly string[] = [SETTLE_QUEUE]): Promise<void> {
  for (;;) {
    const stats = (await queue.stats()).filter(({ name }) => names.includes(name));
    if (stats.every(({ waiting, delayed, active }) => waiting + delayed + active === 0)) return;
    await new Promise((next) => setTimeout(next, 10));
  }
}

async function openSession(change: Partial<Session> = {}): Promise<Session> {
  const session = createSession({ capacity: 1, ...change });
  await saveSessions(store, [session], BY);
  return session;
}

/** A registration whose names are sure and whose form names the session. */
async function register(sessionId: string | null): Promise<StoredRegistration> {
  const submission = createSubmission();
  await store.recordSubmission(submission, FIRST_JOB);
  const reading = createReading("Matkalainen");
  const names = {
    ...reading,
    readings: [
      ...reading.readings,
      { field: "givenNames", value: "Maija", confidence: 1, status: "accepted" as const, evidence: ["twoReaders" as const] },
    ],
  };
  const registrations = [
    createRegistration(1, { reading: names, check: { findings: [], route: "groupInfo", sessionId, sessionProposed: false } }),
  ];
  const [saved] = await store.saveReading(submission.id, toSubmissionReading(registrations), registrations);
  if (saved === undefined) throw new Error("expected a registration");
  return saved;
}

async function arrive(sessionId: string): Promise<StoredRegistration> {
  const registration = await register(sessionId);
  await settleRegistration(registration.id, ports);
  return registration;
}

const printed = (): unknown[] =>
  invitations.map(({ reference, version, session }) => [reference, version, session.code, session.date, session.time]);

describe("settleRegistration", () => {
  it("prints one invitation for a seat, however often it runs, and no other when the registration is approved", async () => {
    const { id: sessionId } = await openSession({ code: "AR-1603" });
    const { id, reference } = await arrive(sessionId);
    await settleRegistration(id, ports);
    await store.approve(id, BY);
    await settleRegistration(id, ports);
    await settle([SETTLE_QUEUE, ROSTER_QUEUE]);
    expect(printed()).toEqual([[reference, 1, "AR-1603", "2026-03-16", "9.00"]]);
    expect(await store.listInvitations(id)).toMatchObject([{ version: 1, sessionId }]);
    expect(rosters.at(-1)?.participants.map((person) => person.reference)).toEqual([reference]);
  });

  it("lets no file move people to a day that is past; an empty session may go there", async () => {
    const session = await openSession({ code: "AR-1704" });
    const past = { ...session, date: "2025-03-16" };
    const fromFile = { isFromFile: true, today: ports.today() };
    await arrive(session.id);
    await expect(saveSessions(store, [past], BY, fromFile)).rejects.toMatchObject({ code: "notAllowed" });
    expect((await store.listSessions()).find(({ id }) => id === session.id)?.date).toBe(session.date);
    const empty = await openSession();
    expect(await saveSessions(store, [{ ...empty, date: "2025-03-16" }], BY, fromFile)).toMatchObject({ changed: [empty.id] });
    await settle([SETTLE_QUEUE, ROSTER_QUEUE]);
  });

  it("invites nobody to a session that is over", async () => {
    const { id: sessionId } = await openSession({ code: "AR-0203", date: "2026-03-01" });
    const { id } = await register(null);
    await bookSeat(store, { registrationId: id, sessionId, by: BY });
    await settle([SETTLE_QUEUE, ROSTER_QUEUE]);
    expect(await store.findBooking(id)).toMatchObject({ sessionId, state: "booked" });
    expect(printed()).toEqual([]);
  });

  it("prints a roster again when it says something else, or when asked for, and not for what stays as it was", async () => {
    const { id: sessionId } = await openSession({ capacity: 3 });
    const { id } = await arrive(sessionId);
    await settle([SETTLE_QUEUE, ROSTER_QUEUE]);
    await settleRegistration(id, ports);
    await issueRoster(sessionId, ports);
    await settle([SETTLE_QUEUE, ROSTER_QUEUE]);
    expect(rosters.map(({ version, participants }) => [version, participants.length])).toEqual([[1, 1]]);
    await arrive(sessionId);
    await settle([SETTLE_QUEUE, ROSTER_QUEUE]);
    await issueRoster(sessionId, ports, true);
    expect(rosters.map(({ version, participants }) => [version, participants.length])).toEqual([
      [1, 1],
      [2, 2],
      [3, 2],
    ]);
  });

  it("prints the next version when the session moves in time or place, and none when what is printed stays", async () => {
    const session = await openSession();
    const { id, reference } = await arrive(session.id);
    await saveSessions(store, [{ ...session, minParticipants: 4, state: "closed" }], BY);
    await settle();
    expect(invitations).toHaveLength(1);
    await saveSessions(store, [{ ...session, state: "closed", time: "12.30" }], BY);
    await settle();
    await saveSessions(store, [{ ...session, state: "closed", time: "12.30", room: "3.1" }], BY);
    await settle();
    expect(invitations.map(({ version, session: { time, room } }) => [version, time, room ?? null])).toEqual([
      [1, "9.00", null],
      [2, "12.30", null],
      [3, "12.30", "3.1"],
    ]);
    expect(files.filter((file) => file.includes(reference))).toHaveLength(3);
    expect((await store.listInvitations(id)).map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  it("follows the seat after a move, and counts on when the person moves back", async () => {
    const [a, b] = [await openSession({ code: "A" }), await openSession({ code: "B" })];
    const { id } = await arrive(a.id);
    for (const sessionId of [b.id, a.id]) {
      await moveToSession(store, { registrationId: id, sessionId, by: BY });
      await settle();
    }
    await settleRegistration(id, ports);
    expect(printed().map((row) => (row as unknown[]).slice(1, 3))).toEqual([
      [1, "A"],
      [2, "B"],
      [3, "A"],
    ]);
    expect((await store.findBooking(id))?.sessionId).toBe(a.id);
    expect((await store.listPastBookings(id)).map(({ sessionId, endedReason }) => [sessionId, endedReason])).toEqual([
      [a.id, "moved"],
      [b.id, "moved"],
      [a.id, null],
    ]);
  });

  it("invites at once who gets a seat from the queue: one was freed, or there are more now", async () => {
    const session = await openSession();
    const [first, second, third] = [await arrive(session.id), await arrive(session.id), await arrive(session.id)];
    await settle();
    expect(invitations.map(({ reference }) => reference)).toEqual([first.reference]);
    await cancelSeat(store, { registrationId: first.id, by: BY, reason: "prevented" });
    await settle();
    expect(invitations.map(({ reference }) => reference)).toEqual([first.reference, second.reference]);
    const saved = await saveSessions(store, [{ ...session, capacity: 2 }], BY);
    await settle([SETTLE_QUEUE, ROSTER_QUEUE]);
    expect(saved.promoted).toEqual([third.id]);
    expect(invitations.map(({ reference }) => reference)).toEqual([first.reference, second.reference, third.reference]);
    expect(rosters.at(-1)?.participants).toHaveLength(2);
  });

  it("gives no seat back to whom a person took it from, nor to anybody when the session takes nobody", async () => {
    const session = await openSession();
    const { id } = await arrive(session.id);
    await cancelSeat(store, { registrationId: id, by: BY, reason: "prevented" });
    await settleRegistration(id, ports);
    expect(await store.findBooking(id)).toBeNull();
    const closed = await openSession({ state: "closed" });
    expect(await store.findBooking((await arrive(closed.id)).id)).toBeNull();
    expect(await store.findBooking((await arrive("no-such-session")).id)).toBeNull();
  });

  it("frees the seat of a registration that is cancelled", async () => {
    const session = await openSession();
    const [first, second] = [await arrive(session.id), await arrive(session.id)];
    await store.cancelRegistration(first.id, BY);
    await settleRegistration(first.id, ports);
    await settle();
    expect(await store.findBooking(first.id)).toBeNull();
    expect(await store.findBooking(second.id)).toMatchObject({ state: "booked" });
    expect(invitations.map(({ reference }) => reference)).toEqual([first.reference, second.reference]);
  });

  it("prints anew for everybody whose session is merged into another, and nothing for those of one that is called off", async () => {
    const [a, b] = [await openSession({ code: "A", capacity: 2 }), await openSession({ code: "B", capacity: 5 })];
    const people = [await arrive(a.id), await arrive(a.id)];
    await merge(store, { fromId: a.id, intoId: b.id, by: BY, overflow: "refuse" });
    await settle();
    expect(printed().map((row) => (row as unknown[]).slice(1, 3))).toEqual([
      [1, "A"],
      [1, "A"],
      [2, "B"],
      [2, "B"],
    ]);
    const ended = await callOff(store, { sessionId: b.id, by: BY, reason: "disturbance" });
    await settle();
    expect(ended.map(({ registrationId }) => registrationId).toSorted()).toEqual(people.map(({ id }) => id).toSorted());
    expect(invitations).toHaveLength(4);
    const demanders = await store.listDemanders();
    expect(demanders.find(({ registrationId }) => registrationId === people[0]?.id)).toMatchObject({ seat: null, lastEnd: "disturbance" });
  });
});

describe("places in sessions of two kinds", () => {
  it("stand beside each other, each with its own invitation, moved and cancelled alone", async () => {
    const info = await openSession({ code: "INFO" });
    const survey = await openSession({ code: "SURVEY", kind: "skillsSurvey", capacity: 2 });
    const later = await openSession({ code: "LATER", kind: "skillsSurvey", capacity: 2 });
    const { id } = await arrive(info.id);
    await bookSeat(store, { registrationId: id, sessionId: survey.id, by: BY });
    await settle();
    await settleRegistration(id, ports);
    await moveToSession(store, { registrationId: id, sessionId: later.id, by: BY });
    await settle();
    await settleRegistration(id, ports);
    expect(invitations.map(({ version, session }) => [version, session.code])).toEqual([
      [1, "INFO"],
      [2, "SURVEY"],
      [3, "LATER"],
    ]);
    expect((await store.listPlaces(id)).map(({ sessionId }) => sessionId)).toEqual([info.id, later.id]);
    await cancelSeat(store, { registrationId: id, by: BY, reason: "prevented", kind: "skillsSurvey" });
    expect((await store.listPlaces(id)).map(({ sessionId }) => sessionId)).toEqual([info.id]);
    expect(await store.findBooking(id)).toMatchObject({ sessionId: info.id, state: "booked" });
    expect((await store.listDemanders()).find(({ registrationId }) => registrationId === id)).toMatchObject({
      seat: "booked",
      lastEnd: null,
    });
    const other = await openSession();
    await expect(bookSeat(store, { registrationId: id, sessionId: other.id, by: BY })).rejects.toMatchObject({ code: "notAllowed" });
  });

  it("both end with the registration", async () => {
    const [info, survey] = [await openSession(), await openSession({ kind: "skillsSurvey" })];
    const { id } = await arrive(info.id);
    await bookSeat(store, { registrationId: id, sessionId: survey.id, by: BY });
    await store.cancelRegistration(id, BY);
    await settleRegistration(id, ports);
    expect(await store.listPlaces(id)).toEqual([]);
  });
});

describe("listDemanders", () => {
  it("says who came and who was absent, and nothing while an absence is only proposed", async () => {
    const { id: sessionId } = await openSession({ capacity: 3 });
    const people = [await arrive(sessionId), await arrive(sessionId), await arrive(sessionId)];
    const seen = [
      { state: "late", status: "recorded", by: null },
      { state: "absent", status: "confirmed", by: BY },
      { state: "absent", status: "proposed", by: null },
    ] as const;
    const rows = people.map(({ id }, index) => {
      const { state, status, by } = seen[index] ?? seen[0];
      const nothing = { language_test: null, skills_survey: null, doubts: [], reason: null };
      const decided = { decided_by: by, decided_at: by === null ? null : "2026-03-17T08:00:00.000Z" };
      return { session_id: sessionId, registration_id: id, state, status, ...decided, ...nothing };
    });
    await database.db.insertInto("attendance").values(rows).execute();
    const found = await store.listDemanders();
    expect(people.map(({ id }) => found.find(({ registrationId }) => registrationId === id)?.attended)).toEqual([true, false, null]);
  });
});

describe("the log of seats", () => {
  it("says who did what to whom and why, in ids and codes", async () => {
    const [a, b] = [await openSession(), await openSession()];
    const { id } = await arrive(a.id);
    await moveToSession(store, { registrationId: id, sessionId: b.id, by: BY });
    await cancelSeat(store, { registrationId: id, by: BY, reason: "willNotCome" });
    const log = await store.listAudit({ registrationId: id });
    expect(log.map(({ actor, action, detail }) => [actor, action, detail])).toEqual([
      ["ilmo", "seat.booked", `none -> ${a.id} seat 1; fromForm`],
      [BY, "seat.moved", `${a.id} seat 1 -> ${b.id} seat 1; moved`],
      [BY, "seat.cancelled", `${b.id} seat 1 -> none; willNotCome`],
    ]);
  });
});

describe("walk-ins", () => {
  it("take a seat without a form, and give it to the registration that comes later", async () => {
    const session = await openSession({ capacity: 2 });
    const first = await takeInUnregistered(store, { sessionId: session.id, by: BY });
    expect(first.reference).toMatch(/^W-/);
    await takeInUnregistered(store, { sessionId: session.id, by: BY });
    await expect(takeInUnregistered(store, { sessionId: session.id, by: BY })).rejects.toMatchObject({ code: "notAllowed" });
    const { id } = await register(null);
    expect((await bookSeat(store, { registrationId: id, sessionId: session.id, by: BY })).map(({ after }) => after?.state)).toEqual([
      "waiting",
    ]);
    await registerWalkIn(store, { registrationId: id, by: BY, reference: first.reference });
    expect(await store.findBooking(id)).toMatchObject({ state: "booked", seatNumber: 1, isWalkIn: true });
    expect((await store.countSeats()).get(session.id)).toEqual({ booked: 1, waiting: 0, walkIns: 1, held: 0 });
    expect(await registerWalkIn(store, { registrationId: id, by: BY, reference: first.reference })).toEqual([]);
    const other = await register(null);
    await expect(registerWalkIn(store, { registrationId: other.id, by: BY, reference: first.reference })).rejects.toMatchObject({
      code: "notAllowed",
    });
  });

  it("with a seat in another session sit where they came", async () => {
    const [a, b] = [await openSession(), await openSession({ state: "closed" })];
    const { id } = await arrive(a.id);
    await takeInRegistered(store, { registrationId: id, sessionId: b.id, by: BY });
    expect(await store.findBooking(id)).toMatchObject({ sessionId: b.id, isWalkIn: true });
  });
});

describe("saveSessions", () => {
  it("refuses what is taken twice, naming no person, and saves none of the sessions then", async () => {
    const standing = await openSession({ room: "9.9", host: "Aino Ohjaaja" });
    const clash = createSession({ room: "9.9", host: "Aino Ohjaaja", time: "10.00" });
    const fine = createSession({ room: "9.8" });
    const attempt = saveSessions(store, [fine, clash], BY);
    await expect(attempt).rejects.toMatchObject({ code: "sessionInvalid" });
    await expect(attempt).rejects.not.toThrow(/Aino/);
    const ids = (await store.listSessions()).map(({ id }) => id);
    expect([standing.id, clash.id, fine.id].map((id) => ids.includes(id))).toEqual([true, false, false]);
  });

  it("refuses to take seats, language or state away from people, and does nothing twice", async () => {
    const session = await openSession({ capacity: 2 });
    await arrive(session.id);
    await arrive(session.id);
    const attempts: Partial<Session>[] = [
      { capacity: 1 },
      { language: "fa" },
      { kind: "skillsSurvey" },
      { state: "cancelled" },
      { state: "planned" },
    ];
    for (const change of attempts)
      await expect(saveSessions(store, [{ ...session, ...change }], BY)).rejects.toMatchObject({ code: "notAllowed" });
    expect(await saveSessions(store, [session], BY)).toEqual({ added: [], changed: [], unchanged: [session.id], promoted: [] });
  });

  it("reopens nothing that a file does not speak of", async () => {
    const session = await openSession({ state: "closed" });
    expect(await saveSessions(store, [{ ...session, state: "open" }], BY, { isFromFile: true })).toMatchObject({ unchanged: [session.id] });
    expect(await saveSessions(store, [{ ...session, state: "open" }], BY)).toMatchObject({ changed: [session.id] });
    expect(await saveSessions(store, [{ ...session, state: "held" }], BY, { isFromFile: true })).toMatchObject({ changed: [session.id] });
    expect(await saveSessions(store, [{ ...session, state: "open" }], BY, { isFromFile: true })).toMatchObject({ unchanged: [session.id] });
  });
});
