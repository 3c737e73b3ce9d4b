import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MarkSeen, RosterRowReading } from "../../src/model/attendance.ts";
import { judgeRow, type PageEvidence } from "../../src/sessions/judge-attendance.ts";
import { mergeScans, type RowScan } from "../../src/sessions/merge-scans.ts";
import { rowOf, SIGNED } from "./roster-rows.ts";

const PAGE: PageEvidence = { isReadable: true, isMarked: true, showsPaleInk: true, isBeforeSession: false };

function scanOf(change: Partial<RosterRowReading>, page: Partial<PageEvidence> = {}): RowScan {
  const row = rowOf(1, change);
  return { row, outcome: judgeRow(row, { ...PAGE, ...page }) };
}

describe("mergeScans", () => {
  it("says the same for one scan and for the same scan twice", () => {
    const scan = scanOf({ ...SIGNED, languageTest: "yes" });
    expect(mergeScans([scan, scan])).toEqual(mergeScans([scan]));
    expect(mergeScans([scan])).toEqual({ state: "present", languageTest: true, skillsSurvey: false, doubts: [] });
  });

  it("lets a clear scan settle what a poor one left open", () => {
    expect(mergeScans([scanOf({ came: "unsure", signature: "yes", languageTest: "unsure" }), scanOf(SIGNED)])).toMatchObject({
      state: "present",
      languageTest: false,
      doubts: [],
    });
  });

  it("settles nothing when scans contradict each other", () => {
    expect(mergeScans([scanOf({}), scanOf(SIGNED)])).toMatchObject({ state: null, doubts: ["scansDisagree"] });
    expect(mergeScans([scanOf(SIGNED), scanOf({ ...SIGNED, late: "yes" })])).toMatchObject({ state: null, doubts: ["scansDisagree"] });
    expect(mergeScans([scanOf({ signature: "yes" }), scanOf(SIGNED)])).toMatchObject({ state: null, doubts: ["scansDisagree"] });
  });

  it("leaves a follow-up open on which scans contradict each other", () => {
    const scans = [scanOf({ ...SIGNED, languageTest: "yes" }), scanOf(SIGNED)];
    expect(mergeScans(scans)).toMatchObject({ state: "present", languageTest: null });
  });

  it("listens to an unused print, or an unreadable page, only where nothing else speaks", () => {
    const unused = scanOf({}, { isMarked: false });
    expect(mergeScans([unused, scanOf(SIGNED)])).toMatchObject({ state: "present", doubts: [] });
    expect(mergeScans([unused])).toMatchObject({ state: null, doubts: ["pageUnmarked"] });
  });

  it("keeps a note in mind that only one scan shows", () => {
    expect(mergeScans([scanOf({ ...SIGNED, written: "unsure" }), scanOf(SIGNED)])).toMatchObject({ state: null, doubts: ["writing"] });
  });

  it("does not depend on the order of the scans, and never states what a scan is sure against", () => {
    const seen = fc.constantFrom<MarkSeen>("yes", "no", "unsure");
    const scan = fc.record({
      came: seen,
      late: seen,
      signature: seen,
      languageTest: seen,
      skillsSurvey: seen,
      written: fc.constantFrom("no" as const, "unsure" as const),
    });
    fc.assert(
      fc.property(fc.array(scan, { minLength: 1, maxLength: 4 }), (rows) => {
        const scans = rows.map((row) => scanOf(row));
        const merged = mergeScans(scans);
        expect({ ...mergeScans(scans.toReversed()), doubts: [] }).toEqual({ ...merged, doubts: [] });
        if (merged.state === "absent")
          expect(rows.every((row) => row.came !== "yes" && row.late !== "yes" && row.signature !== "yes")).toBe(true);
        if (merged.state === "present") expect(rows.every((row) => row.signature !== "no" && row.late !== "yes")).toBe(true);
      }),
    );
  });
});
