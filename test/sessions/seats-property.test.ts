import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faultCodeOf } from "../../src/errors.ts";
import { giveSeat } from "../../src/sessions/give-seat.ts";
import { fillSeats, leaveSeat } from "../../src/sessions/leave-seat.ts";
import { mergeSessions, splitSession } from "../../src/sessions/merge-sessions.ts";
import { moveSeat } from "../../src/sessions/move-seat.ts";
import { holdBack, orderWaiting, promote } from "../../src/sessions/order-waiting.ts";
import { findNextWaiting, freeSeatsOf, type SeatHall, seatedOf, seatsOf, waitingOf, withSeats } from "../../src/sessions/seat-hall.ts";
import { isComing } from "../../src/sessions/session-states.ts";
import { hallOf, sessionOf } from "./hall-builder.ts";

const SESSIONS = ["A", "B", "C"] as const;
const PEOPLE = Array.from({ length: 9 }, (_, index) => `person${index}`);

interface Step {
  readonly kind: "book" | "cancel" | "move" | "over" | "promote" | "holdBack" | "order" | "merge" | "split" | "resize";
  readonly person: string;
  readonly from: string;
  readonly into: string;
  readonly count: number;
}

function resize(hall: SeatHall, sessionId: string, capacity: number): SeatHall {
  const seats = seatsOf(hall, sessionId);
  const taken = seats.session.capacity - freeSeatsOf(seats);
  return fillSeats(withSeats(hall, { ...seats, session: { ...seats.session, capacity: Math.max(capacity, taken) } }), sessionId);
}

const STEPS: Readonly<Record<Step["kind"], (hall: SeatHall, step: Step) => SeatHall>> = {
  book: (hall, { person, into }) => giveSeat(hall, { registrationId: person, sessionId: into, isByStaff: true }),
  cancel: (hall, { person }) => leaveSeat(hall, person),
  move: (hall, { person, into, count }) => moveSeat(hall, { registrationId: person, sessionId: into, isByStaff: true, mayWait: count > 2 }),
  over: (hall, { person, into }) =>
    giveSeat(hall, { registrationId: person, sessionId: into, isByStaff: true, overCapacity: "roomAllows" }),
  promote: (hall, { person }) => promote(hall, person, null),
  holdBack: (hall, { person }) => holdBack(hall, person),
  order: (hall, { person, count }) => orderWaiting(hall, person, count),
  merge: (hall, { from, into, count }) => mergeSessions(hall, from, into, count > 2 ? "wait" : "refuse"),
  split: (hall, { from, into, count }) => splitSession(hall, from, into, count, count > 2 ? "wait" : "refuse"),
  resize: (hall, { into, count }) => resize(hall, into, count),
};

const kinds = Object.keys(STEPS) as Step["kind"][];
const anyStep: fc.Arbitrary<Step> = fc.record({
  // Booking is the common case, and without it nothing else has anybody to work on.
  kind: fc.oneof({ weight: 6, arbitrary: fc.constant<"book">("book") }, { weight: 6, arbitrary: fc.constantFrom(...kinds) }),
  person: fc.constantFrom(...PEOPLE),
  from: fc.constantFrom(...SESSIONS),
  into: fc.constantFrom(...SESSIONS),
  count: fc.integer({ min: 1, max: 5 }),
});

const peopleOf = (hall: SeatHall): string[] =>
  [...hall.values()].flatMap(({ bookings }) => bookings.map(({ registrationId }) => registrationId));

function expectSound(hall: SeatHall): void {
  const everybody = peopleOf(hall);
  expect(new Set(everybody).size).toBe(everybody.length);
  for (const seats of hall.values()) {
    const seated = seatedOf(seats);
    const numbers = seated.map(({ seatNumber }) => seatNumber);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(seated.filter(({ overCapacity }) => overCapacity === null).length).toBeLessThanOrEqual(seats.session.capacity);
    expect(new Set(waitingOf(seats).map(({ waitingNumber }) => waitingNumber)).size).toBe(waitingOf(seats).length);
    if (isComing(seats.session) && freeSeatsOf(seats) > 0) expect(findNextWaiting(seats)).toBeNull();
    if (seats.session.state === "cancelled") expect(seats.bookings).toEqual([]);
  }
}

const queueOf = (hall: SeatHall, sessionId: string): string[] =>
  waitingOf(seatsOf(hall, sessionId)).map(({ registrationId }) => registrationId);

/** Nobody who waited before and still waits has passed another. */
function expectOrderKept(before: SeatHall, after: SeatHall): void {
  for (const id of SESSIONS) {
    const left = new Set(queueOf(after, id));
    const stayed = new Set(queueOf(before, id));
    expect(queueOf(after, id).filter((person) => stayed.has(person))).toEqual(queueOf(before, id).filter((person) => left.has(person)));
  }
}

/** Steps that put somebody elsewhere in a queue on purpose. */
const REORDERING: readonly Step["kind"][] = ["order", "holdBack"];

describe("changes of seats", () => {
  it("never oversell, lose nobody, leave no seat empty while people wait, and keep the order of the queue", () => {
    const counts = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 10, maxLength: 50 }), (steps) => {
        let hall = hallOf(SESSIONS.map((id) => sessionOf(id, { capacity: 1 })));
        for (const step of steps) {
          const before = hall;
          try {
            hall = STEPS[step.kind](hall, step);
          } catch (error) {
            expect(faultCodeOf(error)).toBe("notAllowed");
            continue;
          }
          counts.set(step.kind, (counts.get(step.kind) ?? 0) + 1);
          expectSound(hall);
          const mayGo = step.kind === "cancel" ? [step.person] : [];
          expect(peopleOf(before).filter((person) => !mayGo.includes(person) && !peopleOf(hall).includes(person))).toEqual([]);
          if (!REORDERING.includes(step.kind)) expectOrderKept(before, hall);
          expect(STEPS[step.kind](hall, step)).toEqual(hall);
        }
      }),
      { numRuns: 600 },
    );
    expect([...counts.keys()].toSorted()).toEqual(kinds.toSorted());
  });
});
