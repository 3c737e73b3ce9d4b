import { describe, expect, it } from "vitest";
import type { IsoDate } from "../../src/model/time.ts";
import { easterSunday, findPublicHoliday, isWorkingDay, toWorkingDay } from "../../src/sessions/find-public-holiday.ts";
import { planSeries } from "../../src/sessions/plan-series.ts";
import { mayFollow } from "../../src/sessions/session-states.ts";
import { areAtOnce, minutesOfDay } from "../../src/sessions/session-times.ts";
import { sessionOf } from "./hall-builder.ts";

const day = (text: string): IsoDate => text as IsoDate;

describe("easterSunday", () => {
  // The Ecclesiastical calendar's earliest and latest, and the years around now.
  it.each([
    [1818, "1818-03-22"],
    [1943, "1943-04-25"],
    [2024, "2024-03-31"],
    [2025, "2025-04-20"],
    [2026, "2026-04-05"],
    [2027, "2027-03-28"],
    [2038, "2038-04-25"],
  ])("is in %i on %s", (year, expected) => expect(easterSunday(year)).toBe(expected));
});

describe("findPublicHoliday", () => {
  it("knows the days of 2026 on which the office is shut, and no other", () => {
    const days = Array.from({ length: 365 }, (_, index) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10));
    expect(days.filter((text) => findPublicHoliday(day(text)) !== null).map((text) => text.slice(5))).toEqual([
      "01-01",
      "01-06",
      "04-03",
      "04-05",
      "04-06",
      "05-01",
      "05-14",
      "05-24",
      "06-19",
      "06-20",
      "10-31",
      "12-06",
      "12-24",
      "12-25",
      "12-26",
    ]);
  });

  it.each([
    ["2027-03-26", "pitkäperjantai"],
    ["2027-06-25", "juhannusaatto"],
    ["2027-06-26", "juhannuspäivä"],
    ["2027-11-06", "pyhäinpäivä"],
  ])("names %s %s", (text, name) => expect(findPublicHoliday(day(text))).toBe(name));

  it("passes over weekends and holidays to the next working day", () => {
    expect(toWorkingDay(day("2026-04-03"))).toBe("2026-04-07");
    expect(toWorkingDay(day("2026-04-07"))).toBe("2026-04-07");
    expect(isWorkingDay(day("2026-04-11"))).toBe(false);
  });
});

describe("planSeries", () => {
  const { id: _id, code: _code, ...outline } = sessionOf("X", { date: "2026-12-17", time: "9.00" });

  it("goes on past holidays, tells them, and gives every session its id, code and the series", () => {
    const { sessions, skipped } = planSeries(outline, { repeat: "weekly", count: 3 });
    expect(sessions.map(({ id, code, date }) => [id, code, date])).toEqual([
      ["AR-1712-2026-0900", "AR-1712", "2026-12-17"],
      ["AR-3112-2026-0900", "AR-3112", "2026-12-31"],
      ["AR-0701-2027-0900", "AR-0701", "2027-01-07"],
    ]);
    expect(skipped).toEqual([{ date: "2026-12-24", holiday: "jouluaatto" }]);
    expect(new Set(sessions.map(({ seriesId }) => seriesId)).size).toBe(1);
    expect(planSeries(outline, { repeat: "weekly", count: 3 }).sessions).toEqual(sessions);
  });

  it("repeats every second week", () => {
    expect(planSeries(outline, { repeat: "fortnightly", count: 2 }).sessions.map(({ date }) => date)).toEqual(["2026-12-17", "2026-12-31"]);
  });
});

describe("mayFollow", () => {
  it.each([
    ["planned", "open", true],
    ["planned", "closed", false],
    ["open", "closed", true],
    ["closed", "open", true],
    ["closed", "held", true],
    ["cancelled", "open", false],
    ["held", "open", false],
    ["held", "held", true],
  ] as const)("%s -> %s: %s", (from, to, expected) => expect(mayFollow(from, to)).toBe(expected));
});

describe("minutesOfDay", () => {
  it.each([
    ["9.00", 540],
    ["09:00", 540],
    ["23.59", 1439],
    ["0.00", 0],
  ])("%s is %i", (text, minutes) => expect(minutesOfDay(text)).toBe(minutes));

  it.each(["24.00", "9.60", "9", "klo 9.00", ""])("refuses %j", (text) => {
    expect(() => minutesOfDay(text)).toThrow(expect.objectContaining({ code: "sessionInvalid" }));
  });

  it("lets two sessions of one day meet only where they share a moment", () => {
    const at = (time: string, durationHours: number) => ({ date: "2026-09-24", time, durationHours });
    expect(areAtOnce(at("9.00", 1), at("10.00", 1))).toBe(false);
    expect(areAtOnce(at("9.00", 2), at("10.00", 1))).toBe(true);
    expect(areAtOnce(at("10.15", 1), at("9.00", 6))).toBe(true);
  });
});
