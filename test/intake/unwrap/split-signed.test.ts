import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeEntity, splitSigned, toBareLines, toCanonicalLines } from "../../../src/intake/unwrap/split-signed.ts";

const mail = (...lines: string[]): Buffer => Buffer.from(lines.join("\r\n"), "latin1");
const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("latin1");

describe("splitSigned", () => {
  it("gives the exact bytes between the boundaries, without the line end that belongs to the boundary", () => {
    const found = splitSigned(
      mail("From: a", "", "text before", "--b", "Content-Type: text/plain", "", "Hello ", "", "--b", "sig", "--b--", ""),
      "b",
    );
    expect(textOf(found?.content)).toBe("Content-Type: text/plain\r\n\r\nHello \r\n");
    expect(textOf(found?.signature)).toBe("sig");
  });

  it("does not take a longer line for a boundary, nor one inside a line", () => {
    const found = splitSigned(mail("--b", "--bb", "x --b", "--b \t", "sig", "--b--"), "b");
    expect(textOf(found?.content)).toBe("--bb\r\nx --b");
  });

  it.each([
    ["one part", ["--b", "x", "--b--"]],
    ["three parts", ["--b", "x", "--b", "y", "--b", "z", "--b--"]],
    ["no end", ["--b", "x", "--b", "y"]],
    ["no boundary", ["x"]],
  ])("refuses %s", (_, lines) => {
    expect(splitSigned(mail(...lines), "b")).toBeUndefined();
  });
});

describe("toCanonicalLines and toBareLines", () => {
  it("lead to each other and change nothing twice", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "ä", "\r\n", "\n", "-")), (pieces) => {
        const bytes = Buffer.from(pieces.join(""), "latin1");
        const canonical = toCanonicalLines(bytes);
        expect(toCanonicalLines(canonical)).toEqual(canonical);
        expect(toCanonicalLines(toBareLines(bytes))).toEqual(canonical);
      }),
    );
  });
});

describe("decodeEntity", () => {
  it("decodes base64 when the entity says so, and gives other bodies as they are", () => {
    expect(textOf(decodeEntity(mail("Content-Transfer-Encoding: base64", "", "SGVs", "bG8=")))).toBe("Hello");
    expect(textOf(decodeEntity(mail("Content-Type: x", "", "SGVs")))).toBe("SGVs");
  });
});
