import { describe, expect, it } from "vitest";
import { type ErasureFacts, judgeErasure } from "../../src/retention/judge-erasure.ts";

const FREE: ErasureFacts = { state: "DRAFT", isHeld: false, isUnfinished: false, isBeingExported: false };

describe("judgeErasure", () => {
  it.each([
    { facts: {}, plain: null, forced: null },
    { facts: { state: "CANCELLED" }, plain: null, forced: null },
    { facts: { state: "APPROVED" }, plain: "statutory", forced: null },
    { facts: { state: "EXPORTED" }, plain: "statutory", forced: null },
    { facts: { isHeld: true }, plain: "held", forced: "held" },
    { facts: { isUnfinished: true }, plain: "unfinished", forced: "unfinished" },
    { facts: { isBeingExported: true, state: "APPROVED" }, plain: "beingExported", forced: "beingExported" },
    { facts: { isHeld: true, state: "EXPORTED" }, plain: "held", forced: "held" },
  ] as const)("says of $facts: $plain, and when an official decides: $forced", ({ facts, plain, forced }) => {
    expect(judgeErasure({ ...FREE, ...facts }, false)).toBe(plain);
    expect(judgeErasure({ ...FREE, ...facts }, true)).toBe(forced);
  });
});
