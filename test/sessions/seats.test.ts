import { describe, expect, it } from "vitest";
import { giveSeat } from "../../src/sessions/give-seat.ts";
import { findSeatDifferences, findSessionDifferences } from "../../src/sessions/hall-differences.ts";
import { leaveSeat } from "../../src/sessions/leave-seat.ts";
import { cancelSession, mergeSessions, splitSession } from "../../src/sessions/merge-sessions.ts";
import { moveSeat } from "../../src/sessions/move-seat.ts";
import { holdBack, orderWaiting, promote } from "../../src/sessions/order-waiting.ts";
import { freeSeatsOf, type SeatHall, seatsOf } from "../../src/sessions/seat-hall.ts";
import { hallOf, peopleIn, placeOf, sessionOf } from "./hall-builder.ts";

const A = sessionOf("A");
const B = sessionOf("B", { date: "2026-09-28", capacity: 3 });
const FA = sessionOf("FA", { language: "fa" });
const PRS = sessionOf("PRS", { language: "prs" });

const refused = (code: string): object => expect.objectContaining({ code });

const withWalkIns = (hall: SeatHall, sessionId: string, walkIns: number): SeatHall =>
  new Map(hall).set(sessionId, { ...seatsOf(hall, sessionId), walkIns });

describe("giveSeat", () => {
  it("gives seats in order, then places in the queue with the reason", () => {
    const hall = hallOf([A], { A: ["ann", "ben", "cia"] });
    expect(peopleIn(hall, "A")).toEqual({ seated: ["ann", "ben"], waiting: ["cia"] });
    expect(placeOf(hall, "cia")).toMatchObject({ state: "waiting", waitingNumber: 1, waitingReason: "full", seatNumber: null });
  });

  it("changes nothing when asked again", () => {
    const hall = hallOf([A], { A: ["ann", "ben", "cia"] });
    for (const registrationId of ["ann", "cia"]) expect(giveSeat(hall, { registrationId, sessionId: "A" })).toBe(hall);
  });

  it("gives one seat more than there are only with a reason, and keeps the reason", () => {
    const hall = giveSeat(hallOf([A], { A: ["ann", "ben"] }), {
      registrationId: "cia",
      sessionId: "A",
      isByStaff: true,
      overCapacity: "roomAllows",
    });
    expect(placeOf(hall, "cia")).toMatchObject({ state: "booked", seatNumber: 3, overCapacity: "roomAllows" });
    expect(freeSeatsOf(seatsOf(hall, "A"))).toBe(-1);
    expect(peopleIn(leaveSeat(giveSeat(hall, { registrationId: "dan", sessionId: "A" }), "ann"), "A")).toEqual({
      seated: ["ben", "cia"],
      waiting: ["dan"],
    });
  });

  it("needs no reason for a seat that is free", () => {
    const hall = giveSeat(hallOf([A], { A: ["ann"] }), {
      registrationId: "ben",
      sessionId: "A",
      isByStaff: true,
      overCapacity: "roomAllows",
    });
    expect(placeOf(hall, "ben")).toMatchObject({ seatNumber: 2, overCapacity: null });
  });

  it.each([
    ["open", true, true],
    ["planned", false, true],
    ["closed", false, true],
    ["cancelled", false, false],
    ["held", false, false],
  ] as const)("takes people of a session that is %s: the machine %s, staff %s", (state, byMachine, byStaff) => {
    const hall = hallOf([{ ...A, state }]);
    const book = (isByStaff: boolean) => () => giveSeat(hall, { registrationId: "ann", sessionId: "A", isByStaff });
    if (byMachine) expect(book(false)).not.toThrow();
    else expect(book(false)).toThrow(refused("notAllowed"));
    if (byStaff) expect(book(true)).not.toThrow();
    else expect(book(true)).toThrow(refused("notAllowed"));
  });

  it("lets nobody in at the door beyond the capacity, those without a form counted", () => {
    const full = withWalkIns(hallOf([{ ...A, state: "held" }]), "A", 2);
    const request = { registrationId: "ann", sessionId: "A", isWalkIn: true };
    expect(() => giveSeat(full, request)).toThrow(refused("notAllowed"));
    expect(placeOf(giveSeat(full, { ...request, overCapacity: "other" }), "ann")).toMatchObject({ isWalkIn: true, overCapacity: "other" });
    expect(placeOf(giveSeat(withWalkIns(full, "A", 1), request), "ann")).toMatchObject({ isWalkIn: true, overCapacity: null });
  });

  it("lets nobody pass those who wait when seats have become free unnoticed", () => {
    const full = hallOf([A], { A: ["ann", "ben", "cia"] });
    const raised = new Map([["A", { ...seatsOf(full, "A"), session: { ...A, capacity: 3 } }]]);
    const hall = giveSeat(raised, { registrationId: "dan", sessionId: "A" });
    expect(peopleIn(hall, "A")).toEqual({ seated: ["ann", "ben", "cia"], waiting: ["dan"] });
  });

  it("refuses a second place elsewhere and a session that is not there", () => {
    const hall = hallOf([A, B], { A: ["ann"] });
    expect(() => giveSeat(hall, { registrationId: "ann", sessionId: "B" })).toThrow(refused("notAllowed"));
    expect(() => giveSeat(hall, { registrationId: "ben", sessionId: "C" })).toThrow(refused("sessionInvalid"));
  });
});

describe("leaveSeat", () => {
  it("gives the freed seat to the first who waits", () => {
    const hall = leaveSeat(hallOf([A], { A: ["ann", "ben", "cia", "dan"] }), "ann");
    expect(peopleIn(hall, "A")).toEqual({ seated: ["cia", "ben"], waiting: ["dan"] });
    expect(placeOf(hall, "cia")).toMatchObject({ seatNumber: 1, waitingNumber: null, waitingReason: null });
  });

  it("gives no seat of a session that is over, and passes over whom a person holds back", () => {
    const hall = hallOf([A], { A: ["ann", "ben", "cia", "dan"] });
    const held: SeatHall = new Map([["A", { ...seatsOf(hall, "A"), session: { ...A, state: "held" } }]]);
    expect(peopleIn(leaveSeat(held, "ann"), "A")).toEqual({ seated: ["ben"], waiting: ["cia", "dan"] });
    expect(peopleIn(leaveSeat(holdBack(hall, "cia"), "ann"), "A").seated).toEqual(["dan", "ben"]);
  });

  it("changes nothing for somebody without a place", () => {
    const hall = hallOf([A], { A: ["ann"] });
    expect(leaveSeat(hall, "ben")).toBe(hall);
  });
});

describe("moveSeat", () => {
  it("moves a person and gives the old seat to the first who waits", () => {
    const hall = moveSeat(hallOf([A, B], { A: ["ann", "ben", "cia"] }), { registrationId: "ann", sessionId: "B" });
    expect([peopleIn(hall, "A"), peopleIn(hall, "B")]).toEqual([
      { seated: ["cia", "ben"], waiting: [] },
      { seated: ["ann"], waiting: [] },
    ]);
  });

  it("refuses a full session, unless the person may wait or gets one seat more", () => {
    const hall = hallOf([A, B], { A: ["ann", "ben"], B: ["dan"] });
    const request = { registrationId: "dan", sessionId: "A" };
    expect(() => moveSeat(hall, request)).toThrow(refused("notAllowed"));
    expect(placeOf(moveSeat(hall, { ...request, mayWait: true }), "dan")).toMatchObject({
      sessionId: "A",
      waitingReason: "movedWithoutSeat",
    });
    expect(placeOf(moveSeat(hall, { ...request, overCapacity: "permitEnds" }), "dan")).toMatchObject({
      seatNumber: 3,
      overCapacity: "permitEnds",
    });
  });

  it.each([
    ["fa", "prs"],
    ["prs", "fa"],
    ["ckb", "kmr"],
  ])("takes nobody from %s to %s, unless a person says so", (from, to) => {
    const hall = hallOf([sessionOf("X", { language: from }), sessionOf("Y", { language: to })], { X: ["ann"] });
    const request = { registrationId: "ann", sessionId: "Y" };
    expect(() => moveSeat(hall, request)).toThrow(refused("notAllowed"));
    expect(placeOf(moveSeat(hall, { ...request, isAcrossLanguages: true }), "ann")?.sessionId).toBe("Y");
  });

  it("never moves to a session of another kind, nor anybody without a place", () => {
    const hall = hallOf([A, { ...B, kind: "skillsSurvey" }], { A: ["ann"] });
    expect(() => moveSeat(hall, { registrationId: "ann", sessionId: "B", isAcrossLanguages: true })).toThrow(refused("notAllowed"));
    expect(() => moveSeat(hall, { registrationId: "ben", sessionId: "A" })).toThrow(refused("notAllowed"));
    expect(moveSeat(hall, { registrationId: "ann", sessionId: "A" })).toBe(hall);
  });
});

describe("mergeSessions", () => {
  it("moves everybody in order and cancels the first session", () => {
    const hall = mergeSessions(hallOf([A, B], { A: ["ann", "ben"], B: ["dan"] }), "A", "B", "refuse");
    expect([peopleIn(hall, "A"), peopleIn(hall, "B")]).toEqual([
      { seated: [], waiting: [] },
      { seated: ["dan", "ann", "ben"], waiting: [] },
    ]);
    expect(seatsOf(hall, "A").session.state).toBe("cancelled");
    expect(mergeSessions(hall, "A", "B", "refuse")).toBe(hall);
  });

  it("moves nobody when seats are missing, unless the rest may wait", () => {
    const hall = hallOf([A, B], { A: ["ann", "ben", "cia"], B: ["dan", "eva"] });
    expect(() => mergeSessions(hall, "A", "B", "refuse")).toThrow(
      expect.objectContaining({ code: "notAllowed", context: { sessionId: "B", seated: 2, free: 1 } }),
    );
    const merged = mergeSessions(hall, "A", "B", "wait");
    expect(peopleIn(merged, "B")).toEqual({ seated: ["dan", "eva", "ann"], waiting: ["ben", "cia"] });
    expect([placeOf(merged, "ben")?.waitingReason, placeOf(merged, "cia")?.waitingReason]).toEqual(["movedWithoutSeat", "full"]);
  });

  it("keeps back whom a person held back", () => {
    const hall = mergeSessions(holdBack(hallOf([A, B], { A: ["ann", "ben"] }), "ann"), "A", "B", "refuse");
    expect(peopleIn(hall, "B")).toEqual({ seated: ["ben"], waiting: ["ann"] });
    expect(placeOf(hall, "ann")?.waitingReason).toBe("byStaff");
  });

  it("refuses another language, itself, and a session that is over", () => {
    const hall = hallOf([A, FA, PRS, sessionOf("H", { state: "held" })]);
    for (const [from, into] of [
      ["FA", "PRS"],
      ["A", "A"],
      ["H", "A"],
      ["A", "H"],
    ] as const)
      expect(() => mergeSessions(hall, from, into, "wait")).toThrow(refused("notAllowed"));
  });
});

describe("splitSession", () => {
  it("keeps the first, moves the others in order and seats who waited", () => {
    const hall = splitSession(hallOf([A, B], { A: ["ann", "ben", "cia", "dan"] }), "A", "B", 1, "refuse");
    expect([peopleIn(hall, "A"), peopleIn(hall, "B")]).toEqual([
      { seated: ["ann"], waiting: [] },
      { seated: ["ben", "cia", "dan"], waiting: [] },
    ]);
    expect(splitSession(hall, "A", "B", 1, "refuse")).toEqual(hall);
  });

  it("moves nobody when the other session lacks seats", () => {
    const hall = hallOf([sessionOf("A", { capacity: 5 }), B], { A: ["ann", "ben", "cia", "dan", "eva"] });
    expect(() => splitSession(hall, "A", "B", 1, "refuse")).toThrow(refused("notAllowed"));
    expect(peopleIn(splitSession(hall, "A", "B", 1, "wait"), "B")).toEqual({ seated: ["ben", "cia", "dan"], waiting: ["eva"] });
  });
});

describe("cancelSession", () => {
  it("leaves nobody in it and cannot be undone", () => {
    const hall = cancelSession(hallOf([A], { A: ["ann", "ben", "cia"] }), "A");
    expect(peopleIn(hall, "A")).toEqual({ seated: [], waiting: [] });
    expect(() => giveSeat(hall, { registrationId: "ann", sessionId: "A", isByStaff: true })).toThrow(refused("notAllowed"));
  });
});

describe("the queue", () => {
  const hall = hallOf([A], { A: ["ann", "ben", "cia", "dan", "eva"] });

  it("is ordered by a person", () => {
    expect(peopleIn(orderWaiting(hall, "eva", 1), "A").waiting).toEqual(["eva", "cia", "dan"]);
    expect(peopleIn(orderWaiting(hall, "cia", 9), "A").waiting).toEqual(["dan", "eva", "cia"]);
    expect(() => orderWaiting(hall, "ann", 1)).toThrow(refused("notAllowed"));
  });

  it("is passed by whom a person promotes, within the capacity or with a reason", () => {
    expect(() => promote(hall, "eva", null)).toThrow(refused("notAllowed"));
    expect(placeOf(promote(hall, "eva", "familyTogether"), "eva")).toMatchObject({ seatNumber: 3, overCapacity: "familyTogether" });
    expect(promote(hall, "ann", null)).toBe(hall);
  });

  it("keeps who is held back until a person promotes them, and gives their seat to the next", () => {
    const held = holdBack(hall, "ann");
    expect(peopleIn(held, "A")).toEqual({ seated: ["cia", "ben"], waiting: ["dan", "eva", "ann"] });
    const alone = leaveSeat(leaveSeat(leaveSeat(held, "dan"), "eva"), "cia");
    expect(peopleIn(alone, "A")).toEqual({ seated: ["ben"], waiting: ["ann"] });
    expect(giveSeat(alone, { registrationId: "ann", sessionId: "A" })).toBe(alone);
    expect(peopleIn(promote(alone, "ann", null), "A").seated).toEqual(["ann", "ben"]);
    expect(holdBack(held, "ann")).toBe(held);
  });
});

describe("findSeatDifferences", () => {
  it("tells who has another place, and which sessions changed", () => {
    const before = hallOf([A, B], { A: ["ann", "ben", "cia"] });
    const after = mergeSessions(before, "A", "B", "refuse");
    expect(
      findSeatDifferences(before, after).map(({ registrationId, before: from, after: to }) => [
        registrationId,
        from?.sessionId,
        to?.sessionId,
      ]),
    ).toEqual([
      ["ann", "A", "B"],
      ["ben", "A", "B"],
      ["cia", "A", "B"],
    ]);
    expect(findSessionDifferences(before, after).map(({ id, state }) => [id, state])).toEqual([["A", "cancelled"]]);
    expect(findSeatDifferences(before, before)).toEqual([]);
  });
});
