import { describe, expect, it } from "vitest";
import { isQuiet, looksRenamed, observe } from "../../src/intake/track-quiet.ts";

const TIMES = { quietMs: 5_000, renamedQuietMs: 500 };
const sight = (signature: string, cameByRename = false) => ({ signature, cameByRename });

describe("observe and isQuiet", () => {
  it.each([
    [4_999, false],
    [5_000, true],
  ])("asks for the quiet time of a written file: %i ms", (afterMs, expected) => {
    const tracked = observe(observe(undefined, sight("a"), 100), sight("a"), 100 + afterMs);
    expect(isQuiet(tracked, 100 + afterMs, TIMES)).toBe(expected);
  });

  it.each([
    [499, false],
    [500, true],
  ])("asks for less of a file that came by rename: %i ms", (afterMs, expected) => {
    expect(isQuiet(observe(undefined, sight("a", true), 100), 100 + afterMs, TIMES)).toBe(expected);
  });

  it("starts again at every change and keeps when it was first seen", () => {
    const changed = observe(observe(undefined, sight("a"), 0), sight("b"), 4_000);
    expect(changed).toMatchObject({ firstSeenMs: 0, unchangedSinceMs: 4_000 });
    expect(isQuiet(changed, 8_999, TIMES)).toBe(false);
    expect(isQuiet(changed, 9_000, TIMES)).toBe(true);
  });

  it("no longer believes in a rename once the file changes", () => {
    const changed = observe(observe(undefined, sight("a", true), 0), sight("b", true), 100);
    expect(isQuiet(changed, 700, TIMES)).toBe(false);
  });
});

describe("looksRenamed", () => {
  it.each([
    [0, 0, false],
    [0, 4_999, false],
    [0, 5_000, true],
    [9_000, 5_000, false],
  ])("of a file written at %i and changed in its place at %i", (mtimeMs, ctimeMs, expected) => {
    expect(looksRenamed({ mtimeMs, ctimeMs }, 5_000)).toBe(expected);
  });
});
