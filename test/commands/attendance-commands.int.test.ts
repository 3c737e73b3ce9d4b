import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  closeTask,
  confirmSession,
  listFollowUps,
  reviewAttendance,
  setOne,
  showAttendance,
} from "../../src/commands/attendance-commands.ts";
import { decideCase, listCases, noteContact, showCase } from "../../src/commands/no-show-commands.ts";
import type { Terminal } from "../../src/commands/terminal.ts";
import type { Config } from "../../src/config.ts";
import type { RosterRowReading } from "../../src/model/attendance.ts";
import { addDays, localDay } from "../../src/model/time.ts";
import { settleSession } from "../../src/pipeline/settle-session.ts";
import { createSession } from "../adapters/store-inputs.ts";
import { type OfficePlace, openOfficePlace } from "../office-place.ts";
import { rowOf, SIGNED } from "../sessions/roster-rows.ts";

const BY = "Liisa Virkailija";
const TODAY = localDay(new Date());
const SHA = "b".repeat(64);
const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";

let place: OfficePlace;
let config: Config;
/** The same person twice, in a first and a second session, then two others of the second. */
let references: string[];
let ids: string[];

function terminalOf(): Terminal & { readonly lines: string[]; readonly values: unknown[] } {
  const lines: string[] = [];
  const values: unknown[] = [];
  return {
    lines,
    values,
    line: (text) => lines.push(text),
    json: (value) => values.push(value),
    progress: () => {},
    progressDone: () => {},
    isJson: false,
  };
}

async function scan(sessionId: string, registrationIds: readonly string[], rows: readonly RosterRowReading[]): Promise<void> {
  const { store } = place.office;
  const [submission] = await store.listSubmissions();
  await store.saveRosterPrint({ sessionId, version: 1, sessionCode: sessionId, sha256: SHA, pages: 1, registrationIds });
  await store.inTransaction(async (transaction) => {
    await transaction.saveRosterScan({
      id: randomUUID(),
      submissionId: submission?.id ?? "",
      fileIndex: Math.floor(Math.random() * 1_000_000),
      pageIndex: 0,
      sessionCode: sessionId,
      version: 1,
      pageNumber: 1,
      pages: 1,
      sessionId,
      state: "read",
      quality: 0.9,
      showsPaleInk: true,
      scannedOn: TODAY,
      rows: rows.map((seen) => ({ registrationId: registrationIds[seen.rowNumber - 1] ?? null, seen: { ...seen, png: DOT } })),
    });
    await settleSession(sessionId, transaction);
  });
}

beforeAll(async () => {
  place = await openOfficePlace();
  config = { ...place.config, absence: { ...place.config.absence, graceDays: 0 } };
  const { store } = place.office;
  const same = ["person-1"];
  const first = await place.take(["first"], ["Ensimmäinen"], same);
  const second = await place.take(["second"], ["Ensimmäinen"], same);
  const others = await place.take(["third"], ["Toinen", "Kolmas"]);
  const registrations = [...first.registrations, ...second.registrations, ...others.registrations];
  references = registrations.map(({ reference }) => reference);
  ids = registrations.map(({ id }) => id);
  await store.upsertSessions([
    createSession({ id: "AR-1", code: "AR-1", date: addDays(TODAY, -20) }),
    createSession({ id: "AR-2", code: "AR-2", date: addDays(TODAY, -2) }),
    createSession({ id: "AR-3", code: "AR-3", date: addDays(TODAY, 5) }),
  ]);
  const [a = "", b = "", c = "", d = ""] = ids;
  await scan("AR-1", [a], [rowOf(1), rowOf(2, { isSpare: true, ...SIGNED })]);
  await store.saveRosterPrint({ sessionId: "AR-3", version: 1, sessionCode: "AR-3", sha256: SHA, pages: 1, registrationIds: [b, c, d] });
  await scan("AR-2", [b, c, d], [rowOf(1), rowOf(2, { ...SIGNED, languageTest: "yes" }), rowOf(3, { came: "yes" })]);
});

afterAll(() => place.remove());

describe("ilmo attendance", () => {
  it("says nothing of a person who is not on the session's list, and opens no case", async () => {
    const [, , , stranger = ""] = references;
    const absent = setOne(config, terminalOf(), [stranger, "absent"], { by: BY, session: "AR-1" });
    await expect(absent).rejects.toMatchObject({ code: "notAllowed" });
    const cases = terminalOf();
    await listCases(config, cases, {});
    expect(JSON.stringify(cases.values)).not.toContain(stranger);
  });

  it("lists what needs a person, with pictures under neutral names", async () => {
    const terminal = terminalOf();
    const out = join(config.home, "review");
    await reviewAttendance(config, terminal, undefined, { out });
    expect((await readdir(out)).filter((name) => name.endsWith(".png"))).toEqual(
      expect.arrayContaining(["AR-1-v1-p1-row02.png", "AR-2-v1-p1-row03.png"]),
    );
    const [tasks] = terminal.values as [{ id: string; kind: string }[]];
    expect(tasks.map(({ kind }) => kind).toSorted()).toEqual(["row", "walkIn"]);
    const walkIn = tasks.find(({ kind }) => kind === "walkIn");
    await closeTask(config, terminalOf(), walkIn?.id ?? "", { by: BY, reason: "registered as W-1" });
    const again = terminalOf();
    await reviewAttendance(config, again, "AR-1", { out });
    expect(again.lines).toEqual(["Nothing waits."]);
  });

  it("confirms what is clear, leaves what is not, and lets a named person settle it", async () => {
    const [, , , doubtful = ""] = references;
    await confirmSession(config, terminalOf(), "AR-1", BY);
    const terminal = terminalOf();
    await confirmSession(config, terminal, "AR-2", BY);
    expect(terminal.values).toEqual([{ sessionId: "AR-2", confirmed: 2, absences: 1, waiting: 1 }]);
    await expect(setOne(config, terminalOf(), [doubtful, "present"], { by: " " })).rejects.toThrow(
      expect.objectContaining({ code: "notAllowed" }),
    );
    await setOne(config, terminalOf(), [doubtful, "leftEarly"], { by: BY, reason: "signed outside", skillsSurvey: true });
    const shown = terminalOf();
    await showAttendance(config, shown, "AR-2");
    const [{ rows }] = shown.values as [{ rows: { reference: string; state: string; status: string }[] }];
    expect(rows.map(({ state, status }) => `${state} ${status}`).toSorted()).toEqual([
      "absent confirmed",
      "leftEarly confirmed",
      "present confirmed",
    ]);
    const audit = await place.office.store.listAudit({ registrationId: ids[3] ?? "" });
    expect(audit.at(-1)).toMatchObject({ actor: BY, action: "attendance.confirmed", detail: "AR-2: open (review) -> leftEarly" });
  });

  it("refuses to say who was there before the day of the session", async () => {
    const [, , c = ""] = references;
    const options = { by: BY, session: "AR-3" };
    await expect(setOne(config, terminalOf(), [c, "absent"], options)).rejects.toThrow(expect.objectContaining({ code: "notAllowed" }));
    await setOne(config, terminalOf(), [c, "absentNotified"], options);
  });

  it("lists who goes on to the language test and the skills survey", async () => {
    const terminal = terminalOf();
    await listFollowUps(config, terminal, "AR-2", { csv: true });
    const [, , present, leftEarly] = references;
    expect(terminal.values[0]).toEqual([
      { reference: present, state: "present", languageTest: true, skillsSurvey: false },
      { reference: leftEarly, state: "leftEarly", languageTest: false, skillsSurvey: true },
    ]);
    expect(terminal.lines[0]).toContain(`"${present}";"present";"yes";"no"`);
  });

  it("proposes by the rule of the day and the person's earlier absences; a named person decides", async () => {
    const [first = "", second = ""] = references;
    const [, b = ""] = ids;
    const { store } = place.office;
    const paper = { kind: "invitation", language: "ar", sha256: SHA, registrationId: b, sessionId: "AR-2", submissionId: null };
    await store.saveDocument({ ...paper, version: 1, relativePath: "invitations/x-ar-v1.pdf" });
    await place.sql("update documents set updated_at = now() - interval '10 days' where relative_path = 'invitations/x-ar-v1.pdf'");
    // Without proof of delivery nothing is proposed against the person, whatever the count.
    await place.sql("update no_show_cases set explain_by = explain_by - 1");
    const unproven = terminalOf();
    await listCases(config, unproven, {});
    const [cases] = unproven.values as [{ reference: string; proposal: string; reason: string }[]];
    expect(cases.map(({ reference, proposal, reason }) => [reference, proposal, reason])).toEqual([
      [first, "continue", "invitationNotPrinted"],
      [second, "continue", "invitationNotDelivered"],
    ]);
    await noteContact(config, terminalOf(), "invitation", second, { by: BY, how: "hand", on: addDays(TODAY, -9), session: "AR-2" });
    await noteContact(config, terminalOf(), "reminder", second, { by: BY, how: "unit", on: addDays(TODAY, -4), session: "AR-2" });
    const proven = terminalOf();
    await showCase(config, proven, second, "AR-2");
    expect(proven.values[0]).toMatchObject({
      proposal: "endProposed",
      reason: "repeatedAbsenceEnds",
      state: "open",
      evidence: {
        rule: "repeated",
        ruleFrom: "2025-01-01",
        invitation: { version: 1, language: "ar", printedOn: addDays(TODAY, -10) },
        deliveries: [{ version: 1, how: "hand" }],
        reminders: [{ how: "unit" }],
        earlierAbsences: [{ sessionId: "AR-1" }],
        attendanceBy: BY,
        scans: [{ version: 1, rowNumber: 1 }],
      },
    });
    await decideCase(config, terminalOf(), second, { by: BY, reason: "no answer", decision: "endProposed", session: "AR-2" });
    const [noShow] = await store.listNoShowCases({ registrationId: b });
    expect(noShow).toMatchObject({ state: "decided" });
    expect(await store.listNoShowDecisions(noShow?.id ?? "")).toMatchObject([
      {
        decision: "endProposed",
        decidedBy: BY,
        reason: "no answer",
        proposal: "endProposed",
        evidence: { earlierAbsences: [{ sessionId: "AR-1" }] },
      },
    ]);
  });

  it("keeps every decision, and an excuse takes the absence out of the count", async () => {
    const [first = "", second = ""] = references;
    await decideCase(config, terminalOf(), first, { by: BY, reason: "hospital", decision: "excused" });
    const terminal = terminalOf();
    await showCase(config, terminal, second, "AR-2");
    expect(terminal.values[0]).toMatchObject({ proposal: "continue", reason: "absencesTooFew", evidence: { earlierAbsences: [] } });
    await decideCase(config, terminalOf(), second, {
      by: BY,
      reason: "the first absence was excused",
      decision: "continue",
      session: "AR-2",
    });
    const [noShow] = await place.office.store.listNoShowCases({ registrationId: ids[1] ?? "" });
    expect((await place.office.store.listNoShowDecisions(noShow?.id ?? "")).map(({ decision }) => decision)).toEqual([
      "endProposed",
      "continue",
    ]);
    const [seat] = await place.office.store.listAttendance({ registrationIds: [ids[0] ?? ""] });
    expect(seat).toMatchObject({ state: "excused", status: "confirmed", reason: "hospital" });
  });

  it("lets nobody propose the end while the person may explain, and withdraws a case whose absence was wrong", async () => {
    const [, , c = ""] = references;
    const slow = { ...config, absence: { ...config.absence, graceDays: 7 } };
    await setOne(slow, terminalOf(), [c, "absent"], { by: BY, session: "AR-2" });
    const decision = { by: BY, reason: "x", decision: "endProposed", session: "AR-2" };
    await expect(decideCase(slow, terminalOf(), c, decision)).rejects.toThrow(expect.objectContaining({ code: "notAllowed" }));
    await setOne(slow, terminalOf(), [c, "present"], { by: BY, session: "AR-2" });
    const [noShow] = await place.office.store.listNoShowCases({ registrationId: ids[2] ?? "" });
    expect(noShow).toMatchObject({ state: "withdrawn" });
    await expect(decideCase(slow, terminalOf(), c, { ...decision, decision: "continue" })).rejects.toThrow(
      expect.objectContaining({ code: "notAllowed" }),
    );
  });
});
