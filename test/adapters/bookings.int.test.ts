import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStore } from "../../src/adapters/repositories/store.ts";
import type { Booking } from "../../src/model/booking.ts";
import { QUEUES } from "../../src/pipeline/queues.ts";
import { saveSessions } from "../../src/pipeline/save-sessions.ts";
import { bookSeat, cancelSeat, moveToSession } from "../../src/pipeline/seat-operations.ts";
import { merge } from "../../src/pipeline/session-operations.ts";
import type { Store } from "../../src/pipeline/store-port.ts";
import { BOTH_DATABASES, type TestDatabase } from "./both-databases.ts";
import { MemoryJobQueue } from "./memory-job-queue.ts";
import { createRegistration, createSession, createSubmission, FIRST_JOB, toSubmissionReading } from "./store-inputs.ts";

/** People who want a seat; as many as the largest test needs. */
const PEOPLE = 50;
const BY = "Liisa Virkailija";

const numbersFrom1 = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

function expectSoundSession(bookings: readonly Booking[], capacity: number): void {
  const seats = bookings.flatMap(({ seatNumber }) => seatNumber ?? []);
  const queue = bookings.flatMap(({ waitingNumber }) => waitingNumber ?? []);
  expect(new Set(seats).size).toBe(seats.length);
  expect(new Set(queue).size).toBe(queue.length);
  expect(seats.length).toBeLessThanOrEqual(capacity);
  expect(new Set(bookings.map(({ registrationId }) => registrationId)).size).toBe(bookings.length);
  if (queue.length > 0) expect(seats.length).toBe(capacity);
}

describe.each(BOTH_DATABASES)("seats on $name PostgreSQL", ({ open }) => {
  let database: TestDatabase;
  let store: Store;
  let queue: MemoryJobQueue;
  let people: string[];

  beforeAll(async () => {
    database = await open();
    queue = new MemoryJobQueue([...QUEUES, { name: "read" }]);
    store = createStore({ db: database.db, queue, now: () => new Date() });
    const submission = createSubmission();
    await store.recordSubmission(submission, FIRST_JOB);
    const registrations = numbersFrom1(PEOPLE).map((ordinal) => createRegistration(ordinal));
    people = (await store.saveReading(submission.id, toSubmissionReading(registrations), registrations)).map(({ id }) => id);
  });

  afterAll(async () => {
    await queue.stop();
    await database.stopAll();
  });

  async function openSession(capacity: number): Promise<string> {
    const session = createSession({ capacity });
    await store.upsertSessions([session]);
    return session.id;
  }

  async function clear(): Promise<void> {
    await database.db.deleteFrom("bookings").execute();
    await database.db.deleteFrom("sessions").execute();
  }

  const book = async (registrationId: string, sessionId: string): Promise<void> => {
    await bookSeat(store, { registrationId, sessionId, by: BY });
  };

  const cancel = async (registrationId: string): Promise<void> => {
    await cancelSeat(store, { registrationId, by: BY, reason: "prevented" });
  };

  /** A step that may be refused (the session is full, the person has no place) leaves everything as it was. */
  const orRefused = async (step: Promise<unknown>): Promise<void> => {
    await step.catch((error: unknown) => expect(error).toMatchObject({ code: "notAllowed" }));
  };

  it("gives 50 people who book 35 seats at once 35 seats and 15 places in the queue", async () => {
    await clear();
    const sessionId = await openSession(35);
    await Promise.all(people.map((id) => book(id, sessionId)));
    const bookings = await store.listBookings(sessionId);
    expect(bookings.flatMap(({ seatNumber }) => seatNumber ?? [])).toEqual(numbersFrom1(35));
    expect(bookings.flatMap(({ waitingNumber }) => waitingNumber ?? [])).toEqual(numbersFrom1(15));
    expect(bookings.filter(({ waitingReason }) => waitingReason === "full")).toHaveLength(15);
    expectSoundSession(bookings, 35);
    expect(new Set(bookings.map(({ registrationId }) => registrationId))).toEqual(new Set(people));
    expect((await store.countSeats()).get(sessionId)).toEqual({ booked: 35, waiting: 15, walkIns: 0, held: 0 });
  });

  it("never oversells, gives no seat twice, loses nobody and leaves no seat empty while people wait, whatever happens at once", async () => {
    const step = fc.record({
      person: fc.nat({ max: 9 }),
      session: fc.nat({ max: 1 }),
      capacity: fc.integer({ min: 1, max: 6 }),
      kind: fc.constantFrom("book" as const, "book" as const, "cancel" as const, "move" as const, "resize" as const),
    });
    const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), rounds, async (capacity, plan) => {
        await clear();
        const ids = [await openSession(capacity), await openSession(capacity)];
        const take = async (sessionId: string): Promise<Booking[]> => store.listBookings(sessionId);
        for (const round of plan) {
          const before = (await Promise.all(ids.map(take))).flat().map(({ registrationId }) => registrationId);
          await Promise.all(
            round.map(async ({ person, session, kind, ...wanted }) => {
              const registrationId = people[person] ?? "";
              const sessionId = ids[session] ?? "";
              if (kind === "book") return orRefused(book(registrationId, sessionId));
              if (kind === "cancel") return cancel(registrationId);
              if (kind === "move") return orRefused(moveToSession(store, { registrationId, sessionId, by: BY, mayWait: true }));
              const found = (await store.listSessions()).find(({ id }) => id === sessionId);
              return orRefused(saveSessions(store, found === undefined ? [] : [{ ...found, capacity: wanted.capacity }], BY));
            }),
          );
          const sessions = await store.listSessions();
          const after: string[] = [];
          for (const { id, capacity: seats } of sessions) {
            const bookings = await take(id);
            expectSoundSession(bookings, seats);
            after.push(...bookings.map(({ registrationId }) => registrationId));
          }
          expect(new Set(after).size).toBe(after.length);
          const cancelled = new Set(round.flatMap(({ kind, person }) => (kind === "cancel" ? [people[person]] : [])));
          expect(before.filter((id) => !cancelled.has(id) && !after.includes(id))).toEqual([]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("gives a freed seat to the first who waits, and to nobody else", async () => {
    await clear();
    const sessionId = await openSession(2);
    const [one = "", two = "", three = "", four = ""] = people;
    for (const id of [one, two, three, four]) await book(id, sessionId);
    await cancel(one);
    expect(await store.findBooking(one)).toBeNull();
    expect(await store.findBooking(two)).toMatchObject({ state: "booked", seatNumber: 2 });
    expect(await store.findBooking(three)).toMatchObject({ state: "booked", seatNumber: 1, waitingReason: null });
    expect(await store.findBooking(four)).toMatchObject({ state: "waiting", waitingNumber: 2 });
    expect(await store.listPastBookings(one)).toMatchObject([{ sessionId, state: "cancelled", endedReason: "prevented" }]);
    expect(await cancelSeat(store, { registrationId: one, by: BY, reason: "prevented" })).toEqual([]);
  });

  it("gives the same seat when the same booking comes again, and no second seat elsewhere", async () => {
    await clear();
    const sessionId = await openSession(2);
    const [one = ""] = people;
    await book(one, sessionId);
    expect(await bookSeat(store, { registrationId: one, sessionId, by: BY })).toEqual([]);
    await expect(book(one, await openSession(2))).rejects.toMatchObject({ code: "notAllowed" });
    await expect(book(one, randomUUID())).rejects.toMatchObject({ code: "sessionInvalid" });
    await expect(book(randomUUID(), sessionId)).rejects.toMatchObject({ code: "notFound" });
  });

  it("lets one of two sessions have a person who books both at once", async () => {
    await clear();
    const sessions = [await openSession(5), await openSession(5)];
    const [one = ""] = people;
    const outcomes = await Promise.allSettled(sessions.map((sessionId) => book(one, sessionId)));
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "notAllowed" } });
  });

  it("moves all of a session or nobody, and swaps two people who move at once", async () => {
    await clear();
    const [from, into] = [await openSession(3), await openSession(2)];
    const [one = "", two = "", three = ""] = people;
    for (const id of [one, two, three]) await book(id, from);
    const request = { fromId: from, intoId: into, by: BY };
    await expect(merge(store, { ...request, overflow: "refuse" })).rejects.toMatchObject({
      code: "notAllowed",
      context: { seated: 3, free: 2 },
    });
    expect(await store.listBookings(from)).toHaveLength(3);
    await merge(store, { ...request, overflow: "wait" });
    expect(await store.listBookings(from)).toEqual([]);
    expect(await store.listBookings(into)).toMatchObject([
      { registrationId: one, seatNumber: 1 },
      { registrationId: two, seatNumber: 2 },
      { registrationId: three, waitingNumber: 1, waitingReason: "movedWithoutSeat" },
    ]);
    expect(await merge(store, { ...request, overflow: "wait" })).toEqual([]);
    expect((await store.listSessions()).find(({ id }) => id === from)?.state).toBe("cancelled");
  });
});
