import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type OpenDatabase, openDatabase } from "../../src/adapters/database.ts";
import { createStore } from "../../src/adapters/repositories/store.ts";
import { book, cancelOneSeat, holdBackOne, move, orderOne, promoteOne, showWaiting, walkIn } from "../../src/commands/seat-commands.ts";
import { listSessions, showSession } from "../../src/commands/session-commands.ts";
import { addSessions, cancelWhole, editSession, mergeTwo, splitTwo } from "../../src/commands/session-edit-commands.ts";
import { showDemand, showProposals, showRules, showStatistics } from "../../src/commands/session-planning-commands.ts";
import { withOffice } from "../../src/commands/with-office.ts";
import { type Config, loadConfig } from "../../src/config.ts";
import { addDays, type IsoDate, localDay } from "../../src/model/time.ts";
import { findPublicHoliday, toWorkingDay } from "../../src/sessions/find-public-holiday.ts";
import { MemoryJobQueue } from "../adapters/memory-job-queue.ts";
import { createReading, createRegistration, createSubmission, FIRST_JOB, toSubmissionReading } from "../adapters/store-inputs.ts";
import { createHome, removeHome } from "../adapters/test-home.ts";
import { quietTerminal } from "./quiet-terminal.ts";

const BY = { by: "Liisa Virkailija" };
const PLACE = { time: "9.00", place: "TE-toimisto, Pasila", address: "Ratapihantie 7" };
/** A working day in the window in which people are invited, whatever today is. */
const DAY = toWorkingDay(addDays(localDay(new Date()), 10));
const NEXT = toWorkingDay(addDays(DAY, 1));

let home: string;
let config: Config;
let database: OpenDatabase;
let references: string[];
let said: string[] = [];
let json: unknown[] = [];
const terminal = quietTerminal(
  (text) => void said.push(text),
  (value) => void json.push(value),
);

beforeAll(async () => {
  home = createHome();
  config = loadConfig({ ILMO_HOME: home, ILMO_LOG_LEVEL: "silent" }, home);
  // Held open, so that the commands find a running server and do not start one each.
  database = await openDatabase({ home });
  const queue = new MemoryJobQueue([{ name: "read" }]);
  const store = createStore({ db: database.db, queue, now: () => new Date() });
  const submission = createSubmission(undefined, { receivedOn: localDay(new Date()) });
  await store.recordSubmission(submission, FIRST_JOB);
  const read = (field: string, value: string) => ({
    field,
    value,
    confidence: 1,
    status: "accepted" as const,
    evidence: ["codeList" as const],
  });
  const readings = [
    ...createReading("Matkalainen").readings,
    read("sessionLanguage", "ar"),
    read("senderUnit", "Koivurannan vastaanottokeskus"),
  ];
  const registrations = Array.from({ length: 9 }, (_, index) =>
    createRegistration(index + 1, { reading: { ...createReading("Matkalainen"), readings } }),
  );
  references = (await store.saveReading(submission.id, toSubmissionReading(registrations), registrations)).map(
    ({ reference }) => reference,
  );
  await queue.stop();
  await addSessions(config, terminal, { ...BY, ...PLACE, id: "SMALL", language: "ar", date: DAY, capacity: "2" });
  await addSessions(config, terminal, { ...BY, ...PLACE, id: "OTHER", language: "ar", date: NEXT, capacity: "20" });
});

afterAll(async () => {
  await database.close();
  removeHome(home);
});

beforeEach(() => {
  [said, json] = [[], []];
});

const person = (index: number): string => references[index] ?? "";

async function waitingIn(session: string): Promise<unknown> {
  json = [];
  await showWaiting(config, terminal, session);
  return (json[0] as { waiting: { reference: string }[] }).waiting.map(({ reference }) => reference);
}

describe("ilmo sessions", () => {
  it("adds a series past public holidays and tells which days it passed over", async () => {
    await addSessions(config, terminal, { ...BY, ...PLACE, language: "so", date: DAY, repeat: "weekly", count: "3" });
    const [{ added, skipped }] = json as [{ added: string[]; skipped: { date: string; holiday: string }[] }];
    expect(added).toHaveLength(3);
    for (const { date, holiday } of skipped) expect(findPublicHoliday(date as IsoDate)).toBe(holiday);
    await addSessions(config, terminal, { ...BY, ...PLACE, language: "so", date: DAY, repeat: "weekly", count: "3" });
    expect(json[1]).toMatchObject({ added: [], changed: [], unchanged: added });
  });

  it.each<[string, Parameters<typeof addSessions>[2], string]>([
    ["a language that is not served", { ...BY, ...PLACE, language: "kmr", date: DAY }, "usage"],
    ["a holiday", { ...BY, ...PLACE, language: "ar", date: "6.1.2094" }, "usage"],
    ["a day that is past", { ...BY, ...PLACE, language: "ar", date: "2.3.2026" }, "usage"],
    ["no place", { ...BY, language: "ar", date: DAY, time: "9.00" }, "usage"],
    ["no time of day", { ...BY, ...PLACE, language: "ar", date: DAY, time: "25.00" }, "sessionInvalid"],
    ["an id that is taken", { ...BY, ...PLACE, place: "Muualla", language: "ar", date: DAY, id: "SMALL" }, "sessionInvalid"],
    ["nobody who decides", { ...BY, by: " ", ...PLACE, language: "ar", date: DAY }, "notAllowed"],
  ])("adds nothing with %s", async (_, options, code) => {
    await expect(addSessions(config, terminal, options)).rejects.toMatchObject({ code });
  });

  it("books, queues, orders, promotes and cancels by reference", async () => {
    for (const index of [0, 1, 2, 3]) await book(config, terminal, [person(index), "small"], BY);
    expect(await waitingIn("SMALL")).toEqual([person(2), person(3)]);
    await orderOne(config, terminal, person(3), { ...BY, to: "1" });
    expect(await waitingIn("SMALL")).toEqual([person(3), person(2)]);
    await expect(promoteOne(config, terminal, person(2), BY)).rejects.toMatchObject({ code: "notAllowed" });
    await promoteOne(config, terminal, person(2), { ...BY, overCapacity: "familyTogether" });
    await expect(cancelOneSeat(config, terminal, person(0), { ...BY, reason: "ill" })).rejects.toMatchObject({ code: "usage" });
    await cancelOneSeat(config, terminal, person(0), { ...BY, reason: "prevented" });
    expect(await waitingIn("SMALL")).toEqual([person(3)]);
    await holdBackOne(config, terminal, person(1), BY);
    expect(await waitingIn("SMALL")).toEqual([person(1)]);
    json = [];
    await showSession(config, terminal, "SMALL");
    expect(json).toMatchObject([
      {
        id: "SMALL",
        places: [{ reference: person(3) }, { reference: person(2), overCapacity: "familyTogether" }, { reference: person(1) }],
      },
    ]);
    expect(said.join(" ")).not.toContain("Matkalainen");
    expect(said.join("\n")).toMatch(new RegExp(`${person(1)}\\s+waiting 1\\s`, "u"));
  });

  it("tells which printed invitation must not be handed out after a seat is gone", async () => {
    await addSessions(config, terminal, { ...BY, ...PLACE, id: "VOID", language: "ar", date: NEXT, room: "Siipi" });
    await book(config, terminal, [person(8), "VOID"], BY);
    const paper = `invitations/${person(8)}-ar-v1.pdf`;
    await withOffice(config, async ({ store }) => {
      const { id: registrationId, submissionId } = (await store.findRegistration(person(8))) ?? { id: "", submissionId: "" };
      const shared = { kind: "invitation", language: "ar", version: 1, sha256: "a".repeat(64), registrationId, submissionId };
      await store.saveDocument({ ...shared, relativePath: paper, sessionId: "VOID" });
    });
    await cancelOneSeat(config, terminal, person(8), { ...BY, reason: "prevented" });
    expect(said.join("\n")).toContain(`Do not hand out any more: ${paper}`);
    expect(json.at(-1)).toMatchObject({ changes: [{ reference: person(8), voidPapers: [paper] }] });
    await cancelWhole(config, terminal, "VOID", { ...BY, reason: "officeError" });
  });

  it("moves across languages only with a reason, and takes people in at the door", async () => {
    await addSessions(config, terminal, { ...BY, ...PLACE, id: "FARSI", language: "fa", date: DAY });
    await expect(move(config, terminal, [person(2), "FARSI"], BY)).rejects.toMatchObject({ code: "notAllowed" });
    await expect(move(config, terminal, [person(2), "FARSI"], { ...BY, force: true })).rejects.toMatchObject({ code: "usage" });
    json = [];
    await move(config, terminal, [person(2), "FARSI"], { ...BY, force: true, reason: "understandsLanguage" });
    expect(json).toMatchObject([{ changes: [{ reference: person(2), after: { sessionId: "FARSI", seatNumber: 1 } }] }]);
    json = [];
    await walkIn(config, terminal, "SMALL", BY);
    await expect(walkIn(config, terminal, "SMALL", BY)).rejects.toMatchObject({ code: "notAllowed" });
    const [{ reference }] = json as [{ reference: string }];
    await walkIn(config, terminal, "SMALL", { ...BY, registration: person(4), reference });
    expect(json[1]).toMatchObject({ changes: [{ reference: person(4), after: { sessionId: "SMALL", isWalkIn: true } }] });
  });

  it.each([
    ["a day that is past", "2.3.2026"],
    ["a holiday", "6.1.2094"],
  ])("moves no session to %s", async (_, date) => {
    await expect(editSession(config, terminal, "OTHER", { ...BY, date })).rejects.toMatchObject({ code: "usage" });
    await showSession(config, terminal, "OTHER");
    expect(json).toMatchObject([{ id: "OTHER", date: NEXT }]);
  });

  it("tells the code that a session has on another day", async () => {
    const served = { ...BY, ...PLACE, language: "en", room: "Kuutio" };
    await addSessions(config, terminal, { ...served, date: DAY });
    const [{ added }] = json as [{ added: string[] }];
    await editSession(config, terminal, added[0] ?? "", { ...BY, date: NEXT });
    const [, { session }] = json as [object, { session: { code: string } }];
    expect(said.join("\n")).toContain(session.code);
  });

  it("changes, divides, merges and cancels sessions", async () => {
    await editSession(config, terminal, "SMALL", { ...BY, capacity: "5", room: "2.12", date: NEXT });
    expect(json[0]).toMatchObject({ changed: ["SMALL"], session: { capacity: 5, room: "2.12" } });
    await expect(editSession(config, terminal, "SMALL", { ...BY, state: "cancelled" })).rejects.toMatchObject({ code: "usage" });
    json = [];
    await splitTwo(config, terminal, ["SMALL", "OTHER"], { ...BY, keep: "1" });
    await mergeTwo(config, terminal, ["OTHER", "SMALL"], BY);
    await listSessions(config, terminal, { language: "ar" });
    const [split, merged, list] = json as [{ changes: object[] }, { changes: object[] }, { id: string; state: string; booked: number }[]];
    expect([split.changes.length, merged.changes.length]).toEqual([2, 2]);
    expect(list.map(({ id, state, booked }) => [id, state, booked])).toEqual(
      expect.arrayContaining([
        ["OTHER", "cancelled", 0],
        ["SMALL", "open", 2],
      ]),
    );
    await expect(cancelWhole(config, terminal, "SMALL", { ...BY, reason: "bored" })).rejects.toMatchObject({ code: "usage" });
    await cancelWhole(config, terminal, "SMALL", { ...BY, reason: "hostPrevented" });
    expect(json[3]).toMatchObject({ changes: expect.any(Array) as unknown });
    await expect(showSession(config, terminal, "NOWHERE")).rejects.toMatchObject({ code: "notFound" });
  });

  it("shows who lacks a seat, proposes sessions, and counts by language and unit", async () => {
    await showRules(config, terminal, { ...BY, min: "4", languages: "ar,so,ckb,prs,fa,en,ti" });
    await expect(showRules(config, terminal, { min: "9" })).rejects.toMatchObject({ code: "notAllowed" });
    json = [];
    await showDemand(config, terminal);
    const demand = json[0] as { language: string; withoutSeat: number; proposal: unknown }[];
    expect(demand.find(({ language }) => language === "ar")).toMatchObject({ withoutSeat: 8, proposal: { sessions: 1 } });
    expect(demand.map(({ language }) => language)).toContain("ti");
    await showProposals(config, terminal);
    expect(json[1]).toEqual([]);
    await showStatistics(config, terminal, { from: "1.1.2026" });
    expect(json[2]).toEqual([
      {
        language: "ar",
        senderUnit: "Koivurannan vastaanottokeskus",
        registrations: 9,
        seated: 1,
        waiting: 0,
        withoutSeat: 8,
        came: 0,
        absent: 0,
        otherRoute: 0,
      },
    ]);
  });
});
