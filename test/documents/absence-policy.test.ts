import { describe, expect, it } from "vitest";
import { absenceRuleOn } from "../../src/documents/absence-policy.ts";
import { IsoDate } from "../../src/model/time.ts";

describe("absenceRuleOn", () => {
  it.each([
    ["2016-06-09", "single"],
    ["2024-12-31", "single"],
    ["2025-01-01", "repeated"],
    ["2026-08-24", "repeated"],
  ])("follows the law of the session's day: %s", (date, rule) => {
    expect(absenceRuleOn(IsoDate.parse(date))).toBe(rule);
  });

  it("lets the office add a later law in any order", () => {
    const policies = [
      { validFrom: "2026-07-01", rule: "single" },
      { validFrom: "2025-01-01", rule: "repeated" },
    ] as const;
    expect(absenceRuleOn(IsoDate.parse("2026-06-30"), policies)).toBe("repeated");
    expect(absenceRuleOn(IsoDate.parse("2026-07-01"), policies)).toBe("single");
  });

  it("refuses a day before every rule", () => {
    expect(() => absenceRuleOn(IsoDate.parse("2012-12-31"))).toThrow(expect.objectContaining({ code: "textMissing" }));
  });
});
