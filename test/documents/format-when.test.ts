import { describe, expect, it } from "vitest";
import { formatDay, formatShortDay, formatTime } from "../../src/documents/format-when.ts";
import type { PaperLanguage } from "../../src/documents/paper-language.ts";
import { textsOf } from "../../src/documents/texts.ts";
import { IsoDate } from "../../src/model/time.ts";

const MONDAY = IsoDate.parse("2026-03-09");

const DAYS: [PaperLanguage, string][] = [
  ["fi", "maanantai 9. maaliskuuta 2026"],
  ["sv", "måndag 9 mars 2026"],
  ["en", "Monday 9 March 2026"],
  ["ar", "الاثنين 9 مارس 2026"],
  ["fa", "دوشنبه 9 مارس 2026"],
  ["prs", "دوشنبه 9 مارچ 2026"],
  ["ckb", "دووشەممە، 9 ئازار 2026"],
  ["so", "Isniin, 9 Maarso 2026"],
  ["ru", "понедельник, 9 марта 2026 г."],
  ["et", "esmaspäev, 9. märts 2026"],
];

describe("formatDay", () => {
  it.each(DAYS)("writes the Gregorian day with its weekday in %s", (language, day) => {
    expect(formatDay(textsOf(language), MONDAY).replaceAll("\u00a0", " ")).toBe(day);
  });

  it("keeps the number with its month", () => {
    expect(formatDay(textsOf("fi"), MONDAY)).toBe("maanantai 9.\u00a0maaliskuuta\u00a02026");
  });
});

describe("formatTime", () => {
  it.each([
    ["fi", "9.00", "klo 9.00"],
    ["fi", "09:00", "klo 9.00"],
    ["sv", "12:30", "kl. 12.30"],
    ["et", "9.05", "kell 9.05"],
    ["ru", "9.00", "9:00"],
    ["en", "9.00", "09:00"],
    ["ar", "9.00", "09:00"],
    ["fa", "17.15", "17:15"],
    ["prs", "0.00", "00:00"],
    ["ckb", "23.59", "23:59"],
    ["so", "13.00", "13:00"],
  ] as const)("writes a 24-hour time in %s: %s", (language, time, expected) => {
    expect(formatTime(textsOf(language), time)).toBe(expected);
  });

  it.each(["24.00", "9.60", "9", "9 am", ""])("refuses %j", (time) => {
    expect(() => formatTime(textsOf("fi"), time)).toThrow(expect.objectContaining({ code: "sessionInvalid" }));
  });
});

describe("formatShortDay", () => {
  it("writes no leading zeros", () => {
    expect(formatShortDay(MONDAY)).toBe("9.3.2026");
  });
});
