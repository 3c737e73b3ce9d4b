import { describe, expect, it } from "vitest";
import type { NoShowEvidence } from "../../src/model/no-show.ts";
import { proposeNoShow } from "../../src/sessions/propose-no-show.ts";

const EVIDENCE: NoShowEvidence = {
  sessionDate: "2026-03-12",
  rule: "repeated",
  ruleFrom: "2025-01-01",
  invitation: { version: 2, language: "ar", printedOn: "2026-03-01" },
  deliveries: [{ version: 2, how: "hand", on: "2026-03-02", by: "Keskus" }],
  reminders: [],
  earlierAbsences: [],
  attendanceBy: "Liisa Virkailija",
  scans: [],
  explainBy: "2026-03-20",
};
const BEFORE = { sessionId: "AR-0", date: "2026-02-01" };
const AFTER_GRACE = { today: "2026-03-21", repeatedFrom: 2 };

describe("proposeNoShow", () => {
  it.each<[string, Partial<NoShowEvidence>, object]>([
    ["a first absence under the rule of 2025", {}, { proposal: "continue", reason: "absencesTooFew" }],
    ["a second absence under the rule of 2025", { earlierAbsences: [BEFORE] }, { proposal: "endProposed", reason: "repeatedAbsenceEnds" }],
    ["a first absence under the rule of 2013", { rule: "single" }, { proposal: "endProposed", reason: "singleAbsenceEnds" }],
    ["no invitation printed", { rule: "single", invitation: null }, { proposal: "continue", reason: "invitationNotPrinted" }],
    ["no proof of delivery", { rule: "single", deliveries: [] }, { proposal: "continue", reason: "invitationNotDelivered" }],
    [
      "a delivery after the session",
      { rule: "single", deliveries: [{ version: 2, how: "post", on: "2026-03-13", by: "x" }] },
      { proposal: "continue", reason: "invitationNotDelivered" },
    ],
    [
      "only an older invitation delivered",
      { rule: "single", deliveries: [{ version: 1, how: "hand", on: "2026-03-02", by: "x" }] },
      { proposal: "continue", reason: "olderInvitationDelivered" },
    ],
  ])("proposes for %s", (_, change, proposal) => {
    expect(proposeNoShow({ ...EVIDENCE, ...change }, AFTER_GRACE)).toEqual(proposal);
  });

  it.each([
    ["2026-03-12", "wait"],
    ["2026-03-20", "wait"],
    ["2026-03-21", "endProposed"],
  ])("waits until the person could explain: on %s", (today, proposal) => {
    expect(proposeNoShow({ ...EVIDENCE, rule: "single" }, { today, repeatedFrom: 2 }).proposal).toBe(proposal);
  });

  it.each([
    [1, "continue"],
    [2, "endProposed"],
  ])("counts as many absences as the office asks for: %i before, from 3", (earlier, proposal) => {
    const earlierAbsences = Array.from({ length: earlier }, () => BEFORE);
    expect(proposeNoShow({ ...EVIDENCE, earlierAbsences }, { ...AFTER_GRACE, repeatedFrom: 3 }).proposal).toBe(proposal);
  });
});
