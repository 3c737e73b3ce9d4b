import { array, assert as assertProperty, boolean, double, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { confidenceAt, fitCurves, type JudgedReading } from "../../../src/read/calibration/calibration-curve.ts";

const readings = (score: number, right: number, wrong: number): JudgedReading[] => [
  ...Array.from({ length: right }, () => ({ score, isRight: true })),
  ...Array.from({ length: wrong }, () => ({ score, isRight: false })),
];

describe("fitCurves", () => {
  it("gives readings the share that was right among their like", () => {
    const { date } = fitCurves({ date: [...readings(0.55, 600, 400), ...readings(0.992, 1_000, 0)] });
    expect(date && confidenceAt(date, 0.55)).toBeCloseTo(0.6, 2);
    expect(date && confidenceAt(date, 0.992)).toBeGreaterThan(0.998);
  });

  it("counts the readings of each bin and how many of them were wrong", () => {
    const { date } = fitCurves({ date: readings(0.86, 7, 3) });
    expect(date?.bins.find(({ from }) => from === 0.85)).toMatchObject({ count: 10, wrong: 3 });
  });

  it("lets a content with few readings lean on all others", () => {
    const { licence } = fitCurves({ licence: readings(0.992, 1, 0), name: readings(0.992, 50, 50) });
    expect(licence && confidenceAt(licence, 0.992)).toBeLessThan(0.7);
  });

  it("is never certain", () => {
    const { name } = fitCurves({ name: readings(1, 100_000, 0) });
    expect(name && confidenceAt(name, 1)).toBeLessThan(1);
  });

  it("never falls where the score rises", () => {
    const judged = array(record({ score: double({ min: 0, max: 1, noNaN: true }), isRight: boolean() }), { maxLength: 200 });
    assertProperty(
      property(judged, double({ min: 0, max: 1, noNaN: true }), double({ min: 0, max: 1, noNaN: true }), (name, a, b) => {
        const curve = fitCurves({ name }).name;
        return curve !== undefined && confidenceAt(curve, Math.min(a, b)) <= confidenceAt(curve, Math.max(a, b));
      }),
    );
  });
});
