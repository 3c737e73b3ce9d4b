import { describe, expect, it } from "vitest";
import { toPartName } from "../../../src/intake/unwrap/protocol.ts";

describe("toPartName", () => {
  it.each([
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\form.pdf", "form.pdf"],
    ["form\u0000\r\n.pdf", "form.pdf"],
    ["form\u202Efdp.exe", "formfdp.exe"],
    ["folder/", null],
    ["", null],
    [undefined, null],
  ])("shows %j as %j", (name, shown) => {
    expect(toPartName(name)).toBe(shown);
  });

  it("shortens a name without end", () => {
    expect(toPartName("x".repeat(100_000))).toHaveLength(500);
  });
});
