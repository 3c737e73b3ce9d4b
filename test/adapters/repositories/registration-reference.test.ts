import { randomInt } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createReference } from "../../../src/adapters/repositories/registration-reference.ts";

describe("createReference", () => {
  it("uses the first and the last sign of each alphabet at the limits of chance", () => {
    expect(createReference(() => 0)).toBe("A2A2-22");
    expect(createReference((below) => below - 1)).toBe("Y9Y9-99");
  });

  it("has no signs that are taken for each other", () => {
    const signs = Array.from({ length: 2_000 }, () => createReference(randomInt)).join("");
    expect(signs).not.toMatch(/[BGILOQSUVZ01]/);
  });
});
