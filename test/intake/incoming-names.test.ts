import { assert, integer, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { isIgnoredName, isOutcomeFolder, toCopyName, toShownName } from "../../src/intake/incoming-names.ts";

describe("isIgnoredName", () => {
  it.each([".x", "~$a.docx", "Thumbs.db", "THUMBS.DB", "desktop.ini", "@eaDir", "a.part", "A.TMP", "b.crdownload"])(
    "ignores %s",
    (name) => {
      expect(isIgnoredName(name)).toBe(true);
    },
  );
  it.each(["scan.pdf", "part.pdf", "tmp", "thumbs.db.pdf", "~a.pdf"])("does not ignore %s", (name) => {
    expect(isIgnoredName(name)).toBe(false);
  });
});

describe("isOutcomeFolder", () => {
  it.each([
    ["done", true],
    ["Quarantine", true],
    ["duplicate", true],
    ["done.pdf", false],
    ["constructor", false],
  ])("%s: %s", (name, expected) => expect(isOutcomeFolder(name)).toBe(expected));
});

describe("toCopyName", () => {
  it.each([
    ["scan.pdf", 1, "scan.pdf"],
    ["scan.pdf", 2, "scan (2).pdf"],
    ["no-dot", 3, "no-dot (3)"],
    ["a.b.pdf", 2, "a.b (2).pdf"],
  ])("of %s, copy %i, is %s", (name, copy, expected) => {
    expect(toCopyName(Buffer.from(name), copy).toString()).toBe(expected);
  });

  it("keeps within the file system's limit, whole characters and different copies apart", () => {
    assert(
      property(string({ unit: "grapheme", minLength: 1, maxLength: 300 }), integer({ min: 1, max: 99_999 }), (text, copy) => {
        const name = Buffer.from(text).subarray(0, 255);
        const made = toCopyName(name, copy, 11);
        expect(made.length).toBeLessThanOrEqual(244);
        expect(made.length).toBeGreaterThan(0);
        if (copy > 1) expect(made.equals(toCopyName(name, 1, 11))).toBe(false);
      }),
    );
  });

  it("cuts a long name between characters", () => {
    const made = toCopyName(Buffer.from(`${"ä".repeat(127)}x`), 2, 11).toString();
    expect(made).toMatch(/^ä+ \(2\)$/);
  });
});

describe("toShownName", () => {
  it.each([
    [Buffer.from("hä.pdf"), "hä.pdf"],
    [Buffer.from("ha\u0308.pdf"), "hä.pdf"],
    [Buffer.from("h\xe4.pdf", "latin1"), "hä.pdf"],
  ])("reads UTF-8 and Latin-1", (bytes, expected) => expect(toShownName(bytes)).toBe(expected));
});
