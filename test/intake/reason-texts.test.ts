import { describe, expect, it } from "vitest";
import { FAULTS, type FaultCode } from "../../src/errors.ts";
import { formatReason } from "../../src/intake/reason-texts.ts";

const FACTS = { receivedOn: "2026-09-14", fileCount: 3, submissionId: "5d2c" };
const QUARANTINED = (Object.keys(FAULTS) as FaultCode[]).filter((code) => FAULTS[code].action === "quarantine");

describe("formatReason", () => {
  it.each(QUARANTINED)("says for %s in three languages what came, what is wrong and what to do", (code) => {
    const blocks = formatReason({ kind: "quarantine", code, detail: "Detail." }, FACTS).split("\n\n");
    expect(blocks).toHaveLength(4);
    for (const block of blocks.slice(0, 3)) {
      const [heading, facts, wrong, todo] = block.split("\n");
      expect(heading).toMatch(/^[A-ZÅÄÖ ]+$/);
      expect(facts).toContain("2026-09-14");
      expect(facts).toContain("3");
      expect(facts).toContain("5d2c");
      for (const sentence of [wrong, todo]) expect(sentence).toMatch(/^\p{Lu}.{20,}\.$/u);
    }
    expect(blocks[3]).toContain(`[${code}: Detail.]`);
  });

  it("names the first submission of a duplicate", () => {
    expect(formatReason({ kind: "duplicate", duplicateOf: "abcd" }, FACTS)).toContain("duplicateOf: abcd");
  });
});
