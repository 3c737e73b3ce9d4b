import { describe, expect, it } from "vitest";
import type { FieldReading } from "../../../src/model/reading.ts";
import { calibrateReading, MEASURED_CURVES } from "../../../src/read/calibration/calibrate-reading.ts";
import { confidenceAt } from "../../../src/read/calibration/calibration-curve.ts";

const surname: FieldReading = { field: "surname", value: "Virtanen", confidence: 0.99, status: "accepted", evidence: ["twoReaders"] };
const curveOf = (confidence: number) => ({ name: { bins: [{ from: 0, count: 1_000, wrong: 0, confidence }] } });

describe("calibrateReading", () => {
  it("replaces the judges' figure by what such readings have earned, and keeps it as the score", () => {
    expect(calibrateReading(surname, {}, curveOf(0.985))).toMatchObject({ confidence: 0.985, score: 0.99, status: "accepted" });
  });

  it.each([
    { earned: 0.98, status: "accepted" },
    { earned: 0.9799, status: "review" },
  ])("leaves a key field with $earned as $status", ({ earned, status }) => {
    expect(calibrateReading(surname, {}, curveOf(earned)).status).toBe(status);
  });

  it.each([
    { of: "the field", acceptFrom: { surname: 0.999, name: 0.5 } },
    { of: "the content", acceptFrom: { name: 0.999 } },
  ])("asks for the office's own threshold of $of", ({ acceptFrom }) => {
    expect(calibrateReading(surname, acceptFrom, curveOf(0.99)).status).toBe("review");
  });

  it("accepts nothing that was left to a person, however sure", () => {
    expect(calibrateReading({ ...surname, status: "review" }, {}, curveOf(0.9999)).status).toBe("review");
  });

  it("leaves the values of a form filled on a computer alone", () => {
    const live: FieldReading = { ...surname, confidence: 1, evidence: ["liveField"] };
    expect(calibrateReading(live, {}, curveOf(0.1))).toEqual(live);
  });

  it("measures a foreign form's fields by their kind", () => {
    const curves = {
      tick: { bins: [{ from: 0, count: 9, wrong: 1, confidence: 0.5 }] },
      freeText: { bins: [{ from: 0, count: 9, wrong: 0, confidence: 0.9 }] },
    };
    const foreign: FieldReading = { field: "Box 7", value: true, confidence: 0.9, status: "accepted", evidence: ["clearInk"] };
    expect(calibrateReading(foreign, {}, curves).confidence).toBe(0.5);
    expect(calibrateReading({ ...foreign, value: "text" }, {}, curves).confidence).toBe(0.9);
  });
});

describe("MEASURED_CURVES", () => {
  it("lets clear readings of every content through and stops poor ones", () => {
    for (const [content, curve] of Object.entries(MEASURED_CURVES)) {
      expect(confidenceAt(curve, 0.996), content).toBeGreaterThan(0.98);
      expect(confidenceAt(curve, 0.1), content).toBeLessThan(0.9);
    }
  });
});
