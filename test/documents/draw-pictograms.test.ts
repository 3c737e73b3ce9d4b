import { describe, expect, it } from "vitest";
import { drawClock, drawWeek } from "../../src/documents/draw-pictograms.ts";
import { IsoDate } from "../../src/model/time.ts";

/** Ends of the lines that start at the clock's centre: hour hand, then minute hand. */
const handsOf = (svg: string) => [...svg.matchAll(/M50 50L([\d.]+) ([\d.]+)/gu)].map(([, x, y]) => [Number(x), Number(y)]);

describe("drawClock", () => {
  it.each([
    [9, 0, [29, 50], [50, 17]],
    [12, 30, [55.4, 29.7], [50, 83]],
    [15, 15, [70.8, 52.7], [83, 50]],
  ])("points its hands at %i:%i", (hour, minute, hourHand, minuteHand) => {
    expect(handsOf(drawClock(hour, minute, "t"))).toEqual([hourHand, minuteHand]);
  });

  it.each([
    [5, false],
    [6, true],
    [17, true],
    [18, false],
  ])("shows the sun or the moon at %i", (hour, isSun) => {
    expect(drawClock(hour, 0, "t").includes('cx="116"')).toBe(isSun);
  });
});

describe("drawWeek", () => {
  it.each([
    ["2026-08-24", 0],
    ["2026-08-27", 3],
    ["2026-08-30", 6],
  ])("fills the day of the week of %s, Monday first", (date, index) => {
    const marks = [...drawWeek(IsoDate.parse(date), "t").matchAll(/<rect( class="solid")?/gu)].map(([, solid]) => solid !== undefined);
    expect(marks).toEqual(Array.from({ length: 7 }, (_, mark) => mark === index));
  });
});
