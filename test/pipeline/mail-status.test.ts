import { describe, expect, it } from "vitest";
import { accountStatusOf } from "../../src/pipeline/mail-status.ts";

const NOW = new Date("2026-03-02T08:00:00Z");
const check = (lastSuccessAt: string | null, fault: "mailUnavailable" | null = null) => ({
  account: "main",
  firstAttemptAt: "2026-03-02T07:00:00.000Z",
  lastAttemptAt: "2026-03-02T07:59:00.000Z",
  lastSuccessAt,
  fault,
});

describe("accountStatusOf", () => {
  it.each([
    ["just now", check("2026-03-02T08:00:00.000Z"), 0, false],
    ["14 minutes ago", check("2026-03-02T07:45:01.000Z", "mailUnavailable"), 14, false],
    ["15 minutes ago", check("2026-03-02T07:45:00.000Z", "mailUnavailable"), 15, true],
    ["never, since an hour", check(null, "mailUnavailable"), 60, true],
  ])("of a mailbox that was checked %s", (_when, known, silentMinutes, isAlarm) => {
    expect(accountStatusOf("main", known, 15, NOW)).toMatchObject({ silentMinutes, isAlarm });
  });

  it("raises an alarm about a mailbox that nobody has ever tried", () => {
    expect(accountStatusOf("main", undefined, 15, NOW)).toMatchObject({ silentMinutes: null, isAlarm: true });
  });
});
