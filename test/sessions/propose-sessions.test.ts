import { describe, expect, it } from "vitest";
import { SessionRules } from "../../src/model/session.ts";
import type { IsoDate } from "../../src/model/time.ts";
import { type CountedRegistration, countStatistics } from "../../src/sessions/count-statistics.ts";
import { proposeMerges } from "../../src/sessions/propose-merges.ts";
import { type DemandInput, type DemandingRegistration, type LanguageDemand, proposeSessions } from "../../src/sessions/propose-sessions.ts";
import { proposeWaitingOrder } from "../../src/sessions/propose-waiting-order.ts";
import { sessionOf } from "./hall-builder.ts";

const TODAY = "2026-09-14" as IsoDate;
const RULES = SessionRules.parse({});

const registration = (change: Partial<CountedRegistration> = {}): CountedRegistration => ({
  receivedOn: "2026-08-01",
  route: "groupInfo",
  language: "ar",
  seat: null,
  lastEnd: null,
  attended: null,
  senderUnit: "Koivurannan vastaanottokeskus",
  ...change,
});

const many = (count: number, change: Partial<CountedRegistration> = {}): DemandingRegistration[] =>
  Array.from({ length: count }, () => registration(change));

const demandFor = (language: string | null, change: Partial<DemandInput>): LanguageDemand | undefined =>
  proposeSessions({ registrations: [], sessions: [], freeSeats: new Map(), rules: RULES, today: TODAY, ...change }).find(
    (item) => item.language === language,
  );

describe("proposeSessions", () => {
  it.each([
    [7, null],
    [8, 1],
    [35, 1],
    [36, 2],
  ])("proposes for %i people without a seat %s sessions", (people, sessions) => {
    expect(demandFor("ar", { registrations: many(people) })?.proposal?.sessions ?? null).toBe(sessions);
  });

  it("gives a window of working days about two weeks ahead", () => {
    expect(demandFor("ar", { registrations: many(8) })?.proposal).toEqual({ sessions: 1, from: "2026-09-21", to: "2026-09-28" });
    expect(demandFor("ar", { registrations: many(8), today: "2026-12-18" as IsoDate })?.proposal).toEqual({
      sessions: 1,
      from: "2026-12-28",
      to: "2026-12-31",
    });
  });

  it("counts who waits and one week of newcomers, and takes off the free seats that can still be offered", () => {
    const registrations = [...many(2), ...many(3, { seat: "waiting" }), ...many(40, { seat: "booked", receivedOn: "2026-09-10" })];
    expect(demandFor("ar", { registrations })).toMatchObject({ withoutSeat: 2, waiting: 3, weeklyInflow: 10, freeSeats: 0, lacking: 15 });
    const sessions = [
      sessionOf("SOON", { date: "2026-09-20", capacity: 35 }),
      sessionOf("GOOD", { date: "2026-09-21", capacity: 35 }),
      sessionOf("LATE", { date: "2026-10-05", capacity: 10 }),
      sessionOf("LATER", { date: "2026-10-06", capacity: 35 }),
      sessionOf("SHUT", { date: "2026-09-22", state: "closed" }),
      sessionOf("OTHER", { date: "2026-09-22", kind: "skillsSurvey" }),
      sessionOf("FARSI", { date: "2026-09-22", language: "fa", capacity: 35 }),
    ];
    expect(demandFor("ar", { registrations, sessions, freeSeats: new Map([["GOOD", 2]]) })).toMatchObject({ freeSeats: 12, lacking: 3 });
  });

  it("tells in how many weeks enough people will lack a seat", () => {
    const registrations = [...many(2), ...many(8, { seat: "booked", receivedOn: "2026-09-10" })];
    expect(demandFor("ar", { registrations })).toMatchObject({ lacking: 4, proposal: null, weeksUntilEnough: 2 });
    expect(demandFor("ar", { registrations: many(2) })?.weeksUntilEnough).toBeNull();
  });

  it("never counts one language as another", () => {
    const registrations = [
      ...many(7, { language: "prs" }),
      ...many(7, { language: "fa" }),
      ...many(7, { language: "ckb" }),
      ...many(9, { language: "kmr" }),
    ];
    const demand = proposeSessions({ registrations, sessions: [], freeSeats: new Map(), rules: RULES, today: TODAY });
    expect(demand.filter(({ lacking }) => lacking > 0).map(({ language, lacking }) => [language, lacking])).toEqual([
      ["ckb", 7],
      ["prs", 7],
      ["fa", 7],
      ["kmr", 9],
    ]);
    expect(demand.every(({ proposal }) => proposal === null)).toBe(true);
  });

  it("leaves out other routes and whoever wants no other session, and plans nothing where no language was read", () => {
    const registrations = [
      ...many(9, { route: "municipality" }),
      ...many(9, { lastEnd: "willNotCome" }),
      ...many(2, { lastEnd: "prevented" }),
      ...many(9, { language: null }),
    ];
    expect(demandFor("ar", { registrations })?.lacking).toBe(2);
    expect(demandFor(null, { registrations })).toMatchObject({ lacking: 9, proposal: null });
  });
});

describe("proposeMerges", () => {
  const thin = sessionOf("THIN", { date: "2026-09-17", capacity: 35 });
  const input = { rules: RULES, today: TODAY, seated: new Map([["THIN", 3]]) };

  it("proposes the nearest session of the same language and kind with room for all", () => {
    const sessions = [
      thin,
      sessionOf("FAR", { date: "2026-09-30", capacity: 35 }),
      sessionOf("NEAR", { date: "2026-09-22", capacity: 35 }),
      sessionOf("FULL", { date: "2026-09-18", capacity: 2 }),
      sessionOf("FARSI", { date: "2026-09-18", language: "fa", capacity: 35 }),
      sessionOf("KIND", { date: "2026-09-18", kind: "skillsSurvey", capacity: 35 }),
      sessionOf("SHUT", { date: "2026-09-18", state: "closed", capacity: 35 }),
    ];
    const seated = new Map([
      ["THIN", 3],
      ["FULL", 8],
      ["FARSI", 9],
      ["KIND", 9],
      ["SHUT", 9],
    ]);
    expect(proposeMerges({ ...input, seated, sessions })).toEqual([
      { sessionId: "THIN", people: 3, minParticipants: 8, daysLeft: 3, mergeInto: "NEAR" },
    ]);
  });

  it("proposes no merge where no session has room", () => {
    expect(proposeMerges({ ...input, sessions: [thin] })).toMatchObject([{ sessionId: "THIN", mergeInto: null }]);
  });

  it.each([
    ["on the last day before", "2026-09-19", 3, undefined, 1],
    ["a day earlier", "2026-09-20", 3, undefined, 0],
    ["that is past", "2026-09-13", 3, undefined, 0],
    ["with just enough people", "2026-09-17", 8, undefined, 0],
    ["with its own smaller minimum", "2026-09-17", 3, 3, 0],
  ] as const)("looks at a session %s", (_, date, people, minParticipants, found) => {
    const session = { ...thin, date, ...(minParticipants === undefined ? {} : { minParticipants }) };
    expect(proposeMerges({ ...input, sessions: [session], seated: new Map([["THIN", people]]) })).toHaveLength(found);
  });

  it("gives two small sessions to each other once only", () => {
    const sessions = [thin, sessionOf("SMALL", { date: "2026-09-18", capacity: 35 })];
    const seated = new Map([
      ["THIN", 3],
      ["SMALL", 4],
    ]);
    expect(proposeMerges({ ...input, sessions, seated }).map(({ sessionId, mergeInto }) => [sessionId, mergeInto])).toEqual([
      ["THIN", "SMALL"],
      ["SMALL", null],
    ]);
  });
});

describe("proposeWaitingOrder", () => {
  it("puts permits that end within 60 days first, then the day of receipt, then the queue", () => {
    const waiter = (registrationId: string, receivedOn: string, permitEnd: string | null, waitingNumber: number) => ({
      registrationId,
      receivedOn,
      permitEnd,
      waitingNumber,
    });
    const queue = [
      waiter("early", "2026-09-01", null, 1),
      waiter("last", "2026-09-03", "2027-09-01", 2),
      waiter("urgent", "2026-09-04", "2026-11-13", 3),
      waiter("notYet", "2026-09-02", "2026-11-14", 4),
      waiter("second", "2026-09-03", null, 1),
    ];
    expect(proposeWaitingOrder(queue, TODAY).map(({ registrationId }) => registrationId)).toEqual([
      "urgent",
      "early",
      "notYet",
      "second",
      "last",
    ]);
  });
});

describe("countStatistics", () => {
  it("counts by language and unit, a unit being the same whatever its letter case", () => {
    const rows = countStatistics([
      registration({ seat: "booked", attended: true }),
      registration({ seat: "waiting", senderUnit: " koivurannan  Vastaanottokeskus" }),
      registration({ route: "municipality" }),
      registration({ senderUnit: null }),
      registration({ language: "prs", seat: "booked", attended: false }),
    ]);
    const unit = "Koivurannan vastaanottokeskus";
    expect(rows).toEqual([
      { language: "ar", senderUnit: unit, registrations: 3, seated: 1, waiting: 1, withoutSeat: 0, came: 1, absent: 0, otherRoute: 1 },
      { language: "ar", senderUnit: null, registrations: 1, seated: 0, waiting: 0, withoutSeat: 1, came: 0, absent: 0, otherRoute: 0 },
      { language: "prs", senderUnit: unit, registrations: 1, seated: 1, waiting: 0, withoutSeat: 0, came: 0, absent: 1, otherRoute: 0 },
    ]);
  });
});
