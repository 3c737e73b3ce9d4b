import { describe, expect, it } from "vitest";
import type { RosterRowReading } from "../../src/model/attendance.ts";
import { judgeRow, type PageEvidence, pageEvidenceOf } from "../../src/sessions/judge-attendance.ts";
import { rowOf, SIGNED } from "./roster-rows.ts";

const PAGE: PageEvidence = { isReadable: true, isMarked: true, showsPaleInk: true, isBeforeSession: false };

describe("judgeRow", () => {
  it.each<[string, Partial<RosterRowReading>, string]>([
    ["tick and signature", SIGNED, "present"],
    ["the late tick and a signature", { late: "yes", signature: "yes" }, "late"],
    ["both ticks and a signature", { ...SIGNED, late: "yes" }, "late"],
    ["nothing at all", {}, "absent"],
  ])("takes %s for clear", (_, row, state) => {
    expect(judgeRow(rowOf(1, row), PAGE)).toMatchObject({ state, doubts: [] });
  });

  it.each<[string, Partial<RosterRowReading>, string]>([
    ["a tick without a signature", { came: "yes" }, "tickWithoutSignature"],
    ["the late tick without a signature", { late: "yes" }, "tickWithoutSignature"],
    ["a signature without a tick", { signature: "yes" }, "signatureWithoutTick"],
    ["an unclear tick, such as a scratched one", { ...SIGNED, came: "unsure" }, "cameUnclear"],
    ["an unclear late tick", { ...SIGNED, late: "unsure" }, "lateUnclear"],
    ["an unclear signature", { ...SIGNED, signature: "unsure" }, "signatureUnclear"],
    ["a person sent on who did not come", { languageTest: "yes" }, "followUpWithoutAttendance"],
    ["an unclear box of a person who did not come", { skillsSurvey: "unsure" }, "followUpWithoutAttendance"],
    ["a note or a strike over the name", { written: "unsure" }, "writing"],
    ["a note beside a signature", { ...SIGNED, written: "unsure" }, "writing"],
  ])("asks a person about %s", (_, row, doubt) => {
    expect(judgeRow(rowOf(1, row), PAGE)).toMatchObject({ state: null, doubts: expect.arrayContaining([doubt]) });
  });

  it("leaves a follow-up open whose box is unclear, and the attendance as it is", () => {
    const outcome = judgeRow(rowOf(1, { ...SIGNED, languageTest: "unsure", skillsSurvey: "yes" }), PAGE);
    expect(outcome).toEqual({ state: "present", languageTest: null, skillsSurvey: true, doubts: [] });
  });

  it("does not make anybody absent on a page that nobody used, that came too early or that lost its pencil", () => {
    expect(judgeRow(rowOf(1), { ...PAGE, isMarked: false }).doubts).toEqual(["pageUnmarked"]);
    expect(judgeRow(rowOf(1), { ...PAGE, isBeforeSession: true }).doubts).toEqual(["scannedBeforeSession"]);
    expect(judgeRow(rowOf(1), { ...PAGE, showsPaleInk: false }).doubts).toEqual(["paleInkLost"]);
    expect(judgeRow(rowOf(1, SIGNED), { ...PAGE, showsPaleInk: false })).toMatchObject({ state: "present", doubts: [] });
  });

  it("says nothing of a row on a page that could not be laid", () => {
    expect(judgeRow(rowOf(1, SIGNED), { ...PAGE, isReadable: false })).toMatchObject({ state: null, doubts: ["pageUnreadable"] });
  });

  it("takes anything in a spare row for somebody who is not on the list", () => {
    expect(judgeRow(rowOf(9, { isSpare: true }), PAGE).doubts).toEqual([]);
    for (const row of [{ came: "yes" }, { signature: "unsure" }, { written: "unsure" }] as const)
      expect(judgeRow(rowOf(9, { isSpare: true, ...row }), PAGE)).toMatchObject({ state: null, doubts: ["walkInWritten"] });
  });
});

describe("pageEvidenceOf", () => {
  const page = { state: "read", showsPaleInk: true } as const;

  it("calls a page unmarked when nothing is ticked or signed on it", () => {
    expect(pageEvidenceOf({ ...page, rows: [rowOf(1), rowOf(2, { written: "unsure" })] }, false).isMarked).toBe(false);
    expect(pageEvidenceOf({ ...page, rows: [rowOf(1), rowOf(2, { signature: "unsure" })] }, false).isMarked).toBe(true);
  });
});
