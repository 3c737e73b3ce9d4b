import { describe, expect, it } from "vitest";
import { addDays, type IsoDate } from "../../src/model/time.ts";
import { findExpired, type Kept, RETENTION_CLASSES, type RetentionRules } from "../../src/retention/find-expired.ts";

const TODAY = "2026-06-01" as IsoDate;
const RULES: RetentionRules = {
  originals: 90,
  pictures: 90,
  papers: 90,
  rosters: 30,
  importFiles: 90,
  quarantine: 90,
  extracted: 180,
  log: 1_826,
};

const keptFor = (days: number, change: Partial<Kept> = {}): Kept => ({
  class: "originals",
  id: `ended ${days} days ago`,
  endedOn: addDays(TODAY, -days),
  isHeld: false,
  ...change,
});

const planOf = (kept: readonly Kept[], name: Kept["class"] = "originals"): ReturnType<typeof findExpired>[number] | undefined =>
  findExpired(kept, RULES, TODAY).find((plan) => plan.class === name);

describe("findExpired", () => {
  it.each([
    { class: "originals", days: 89, due: false },
    { class: "originals", days: 90, due: true },
    { class: "originals", days: 91, due: true },
    { class: "rosters", days: 29, due: false },
    { class: "rosters", days: 30, due: true },
    { class: "extracted", days: 179, due: false },
    { class: "extracted", days: 180, due: true },
    { class: "log", days: 1_825, due: false },
    { class: "log", days: 1_826, due: true },
  ] as const)("says of $class that ended $days days ago: due $due", ({ class: name, days, due }) => {
    const plan = planOf([keptFor(days, { class: name })], name);
    expect(plan?.due).toHaveLength(due ? 1 : 0);
    expect(plan?.waiting).toBe(due ? 0 : 1);
  });

  it("never calls due what has not ended, whatever its age", () => {
    expect(planOf([keptFor(5_000, { endedOn: null })])).toMatchObject({ due: [], unfinished: 1, waiting: 0 });
  });

  it("names what is held and does not call it due", () => {
    expect(planOf([keptFor(100, { isHeld: true }), keptFor(101)])).toMatchObject({
      due: ["ended 101 days ago"],
      held: ["ended 100 days ago"],
    });
  });

  it("does not name as held what is not old enough to go", () => {
    expect(planOf([keptFor(10, { isHeld: true })])).toMatchObject({ held: [], waiting: 1 });
  });

  it("gives every class its plan, in the order of deletion", () => {
    expect(findExpired([], RULES, TODAY).map((plan) => plan.class)).toEqual([...RETENTION_CLASSES]);
  });
});
