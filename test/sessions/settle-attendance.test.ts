import { describe, expect, it } from "vitest";
import type { Attendance, RowOutcome } from "../../src/model/attendance.ts";
import { confirmAttendance, needsPerson, settleAttendance } from "../../src/sessions/settle-attendance.ts";

const SEAT = { sessionId: "AR-1", registrationId: "r1" };
const PRESENT: RowOutcome = { state: "present", languageTest: true, skillsSurvey: null, doubts: [] };
const ABSENT: RowOutcome = { state: "absent", languageTest: false, skillsSurvey: false, doubts: [] };
const DECISION = { by: "Liisa Virkailija", at: "2026-03-17T08:00:00.000Z", reason: "soitti" };

const confirmed = (state: Attendance["state"] & string): Attendance => confirmAttendance({ ...SEAT, known: null }, { ...DECISION, state });

describe("settleAttendance", () => {
  it("records presence and only proposes absence", () => {
    const order = { ...SEAT, known: null, hasNewerScan: false };
    expect(settleAttendance({ ...order, outcome: PRESENT })).toMatchObject({ state: "present", status: "recorded", languageTest: true });
    expect(settleAttendance({ ...order, outcome: ABSENT })).toMatchObject({ state: "absent", status: "proposed", decidedBy: null });
  });

  it("never changes what a person confirmed", () => {
    const known = confirmed("excused");
    const after = settleAttendance({ ...SEAT, known, outcome: PRESENT, hasNewerScan: true });
    expect(after).toEqual({ ...known, languageTest: true, doubts: ["differsFromDecision"] });
    expect(needsPerson(after)).toBe(true);
  });

  it("raises no doubt when a later scan agrees, or when the scan was there before the decision", () => {
    const known = confirmed("present");
    expect(settleAttendance({ ...SEAT, known, outcome: PRESENT, hasNewerScan: true }).doubts).toEqual([]);
    expect(settleAttendance({ ...SEAT, known, outcome: ABSENT, hasNewerScan: false }).doubts).toEqual([]);
    expect(settleAttendance({ ...SEAT, known, outcome: ABSENT, hasNewerScan: true }).doubts).toEqual(["differsFromDecision"]);
  });
});

describe("confirmAttendance", () => {
  it("keeps what the roster said of the follow-ups unless the person says otherwise", () => {
    const known = settleAttendance({ ...SEAT, known: null, outcome: PRESENT, hasNewerScan: false });
    expect(confirmAttendance({ ...SEAT, known }, { ...DECISION, state: "leftEarly" })).toMatchObject({
      state: "leftEarly",
      status: "confirmed",
      languageTest: true,
      skillsSurvey: null,
      doubts: [],
      decidedBy: "Liisa Virkailija",
    });
    expect(confirmAttendance({ ...SEAT, known }, { ...DECISION, state: "present", languageTest: false }).languageTest).toBe(false);
  });
});
