import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseWrittenDate } from "../../../../src/read/text/grammar/dates.ts";

describe("parseWrittenDate", () => {
  it.each([
    ["1.2.2026", "2026-02-01", "day"],
    ["01.02.2026", "2026-02-01", "day"],
    ["1.2.26", "2026-02-01", "day"],
    ["1.2.40", "2040-02-01", "day"],
    ["1.2.41", "1941-02-01", "day"],
    ["1/2/2026", "2026-02-01", "day"],
    ["2026-02-01", "2026-02-01", "day"],
    ["29.2.2024", "2024-02-29", "day"],
    ["02/2016", "2016-02", "month"],
    ["2.2016", "2016-02", "month"],
    ["2016-02", "2016-02", "month"],
    ["2016", "2016", "year"],
  ])("reads %s as %s", (text, iso, precision) => {
    expect(parseWrittenDate(text)).toMatchObject({ iso, precision });
  });

  it("puts a comma right that stands for a full stop", () => {
    expect(parseWrittenDate("21,4.2026")).toEqual({ iso: "2026-04-21", precision: "day", text: "21.4.2026" });
  });

  it.each(["29.2.2025", "31.4.2026", "0.1.2026", "1.13.2026", "13/2016", "1899", "2100", "21.+.2026", "1.2.026", "abc", ""])(
    "refuses %j",
    (text) => {
      expect(parseWrittenDate(text)).toBeNull();
    },
  );

  it("reads every day of the calendar in Finnish writing", () => {
    const days = fc.date({ min: new Date("1900-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(days, (day) => {
        const iso = day.toISOString().slice(0, 10);
        const text = `${day.getUTCDate()}.${day.getUTCMonth() + 1}.${day.getUTCFullYear()}`;
        expect(parseWrittenDate(text)?.iso).toBe(iso);
      }),
    );
  });
});
