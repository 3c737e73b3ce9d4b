import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStore } from "../../src/adapters/repositories/store.ts";
import type { Booking, Store } from "../../src/pipeline/store-port.ts";
import { BOTH_DATABASES, type TestDatabase } from "./both-databases.ts";
import { MemoryJobQueue } from "./memory-job-queue.ts";
import { createRegistration, createSession, createSubmission, FIRST_JOB, toSubmissionReading } from "./store-inputs.ts";

/** People who want a seat; as many as the largest test needs. */
const PEOPLE = 50;

const numbersFrom1 = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

const byRegistration = (list: readonly Booking[]): Booking[] => list.toSorted((a, b) => a.registrationId.localeCompare(b.registrationId));

function expectSoundSession(bookings: readonly Booking[], capacity: number): void {
  const seats = bookings.flatMap(({ seatNumber }) => seatNumber ?? []);
  const queue = bookings.flatMap(({ waitingNumber }) => waitingNumber ?? []);
  expect(new Set(seats).size).toBe(seats.length);
  expect(new Set(queue).size).toBe(queue.length);
  expect(Math.max(0, ...seats)).toBeLessThanOrEqual(capacity);
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
    queue = new MemoryJobQueue([{ name: "read" }]);
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
  }

  it("gives 50 people who book 35 seats at once 35 seats and 15 places in the queue", async () => {
    await clear();
    const sessionId = await openSession(35);
    const outcomes = await Promise.all(people.map((id) => store.bookSeat(id, sessionId)));
    const bookings = await store.listBookings(sessionId);
    expect(bookings.flatMap(({ seatNumber }) => seatNumber ?? [])).toEqual(numbersFrom1(35));
    expect(bookings.flatMap(({ waitingNumber }) => waitingNumber ?? [])).toEqual(numbersFrom1(15));
    expectSoundSession(bookings, 35);
    expect(byRegistration(outcomes)).toEqual(byRegistration(bookings));
  });

  it("never oversells, gives no seat twice and leaves no seat empty while people wait, whatever happens at once", async () => {
    const step = fc.record({ person: fc.nat({ max: 11 }), kind: fc.constantFrom("book" as const, "cancel" as const) });
    const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), rounds, async (capacity, plan) => {
        await clear();
        const sessionId = await openSession(capacity);
        for (const round of plan) {
          await Promise.all(
            round.map(({ person, kind }) => {
              const id = people[person] ?? "";
              return kind === "book" ? store.bookSeat(id, sessionId) : store.cancelBooking(id);
            }),
          );
          expectSoundSession(await store.listBookings(sessionId), capacity);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("gives a freed seat to the first who waits, and to nobody else", async () => {
    await clear();
    const sessionId = await openSession(2);
    const [one = "", two = "", three = "", four = ""] = people;
    for (const id of [one, two, three, four]) await store.bookSeat(id, sessionId);
    expect(await store.cancelBooking(one)).toEqual({
      registrationId: three,
      sessionId,
      state: "booked",
      seatNumber: 1,
      waitingNumber: null,
    });
    expect(await store.findBooking(one)).toBeNull();
    expect(await store.findBooking(two)).toMatchObject({ state: "booked", seatNumber: 2 });
    expect(await store.findBooking(four)).toMatchObject({ state: "waiting", waitingNumber: 2 });
    expect(await store.cancelBooking(one)).toBeNull();
  });

  it("gives the same seat when the same booking comes again, and no second seat elsewhere", async () => {
    await clear();
    const sessionId = await openSession(2);
    const [one = ""] = people;
    const first = await store.bookSeat(one, sessionId);
    expect(await store.bookSeat(one, sessionId)).toEqual(first);
    await expect(store.bookSeat(one, await openSession(2))).rejects.toMatchObject({ code: "notAllowed" });
    await expect(store.bookSeat(one, randomUUID())).rejects.toMatchObject({ code: "sessionInvalid" });
    await expect(store.bookSeat(randomUUID(), sessionId)).rejects.toMatchObject({ code: "notFound" });
  });

  it("lets one of two sessions have a person who books both at once", async () => {
    await clear();
    const sessions = [await openSession(5), await openSession(5)];
    const [one = ""] = people;
    const outcomes = await Promise.allSettled(sessions.map((sessionId) => store.bookSeat(one, sessionId)));
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "notAllowed" } });
  });
});
