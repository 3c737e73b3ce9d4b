import { describe, expect, it } from "vitest";
import type { Zone } from "../../src/model/form-layout.ts";
import { withinFormLimits } from "../../src/pipeline/form-limits.ts";
import type { TextReading } from "../../src/read/text/text-reading.ts";

const zone = (more: Partial<Zone>): Zone => ({
  field: "f",
  kind: "text",
  pageNumber: 1,
  rect: { x: 20, y: 20, width: 60, height: 6 },
  multiline: false,
  ...more,
});

const read = (value: string, more: Partial<TextReading> = {}): TextReading => ({
  field: "f",
  value,
  confidence: 0.99,
  status: "accepted",
  evidence: ["twoReaders"],
  ...more,
});

describe("withinFormLimits", () => {
  it("joins what was written one letter a cell", () => {
    expect(withinFormLimits(read("3 0 0 4 4"), [zone({ isComb: true, maxLength: 5 })])).toMatchObject({
      value: "30044",
      status: "accepted",
    });
  });

  it.each([
    ["12345", "accepted"],
    ["123456", "review"],
  ])("holds %s against five cells: %s", (value, status) => {
    expect(withinFormLimits(read(value), [zone({ isComb: true, maxLength: 5 })]).status).toBe(status);
  });

  const list = [zone({ choices: ["Finland", "Sweden", "Norway"] })];

  it("knows a word of the list whatever its letter case", () => {
    expect(withinFormLimits(read("FINLAND"), list)).toMatchObject({
      value: "Finland",
      status: "accepted",
      evidence: ["codeList", "twoReaders"],
    });
  });

  it("proposes the word that a misreading stands for, to a person", () => {
    expect(withinFormLimits(read("Swcden"), list)).toMatchObject({ value: "Sweden", raw: "Swcden", status: "review", evidence: [] });
  });

  it("leaves a word that the list does not offer, or two words that are as near, to a person", () => {
    expect(withinFormLimits(read("Estonia"), list)).toMatchObject({ value: "Estonia", status: "review" });
    expect(withinFormLimits(read("C"), [zone({ choices: ["A", "B"] })])).toMatchObject({ value: "C", status: "review" });
  });

  it("accepts nothing that was in doubt", () => {
    expect(withinFormLimits(read("Finland", { status: "review", evidence: [], isUnreliable: true }), list)).toMatchObject({
      value: "Finland",
      status: "review",
      evidence: [],
    });
  });

  it("leaves other fields as they are", () => {
    const reading = read("any words");
    expect(withinFormLimits(reading, [zone({})])).toBe(reading);
  });
});
