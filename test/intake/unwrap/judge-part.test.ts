import { describe, expect, it } from "vitest";
import { judgePart } from "../../../src/intake/unwrap/judge-part.ts";
import type { FoundPart } from "../../../src/intake/unwrap/protocol.ts";

const part = (changed: Partial<FoundPart>): FoundPart => ({
  file: "1",
  name: null,
  declaredType: "image/png",
  isInline: false,
  ...changed,
});

describe("judgePart", () => {
  it.each([
    ["application/pkcs7-signature", "ignored"],
    ["text/calendar", "ignored"],
    ["message/delivery-status", "ignored"],
    ["message/rfc822", "mail"],
    ["multipart/signed", "mail"],
    ["application/pdf", "content"],
    ["APPLICATION/PGP-SIGNATURE", "ignored"],
    [null, "content"],
  ] as const)("judges %s as %s", (declaredType, verdict) => {
    expect(judgePart(part({ declaredType }))).toBe(verdict);
  });

  it.each([
    [true, 199, 800, "ignored"],
    [true, 200, 800, "content"],
    [true, 800, 199, "ignored"],
    [false, 199, 800, "content"],
    [false, 31, 800, "ignored"],
    [false, 32, 800, "content"],
  ] as const)("judges a picture, inline %s, of %d x %d pixels as %s", (isInline, width, height, verdict) => {
    expect(judgePart(part({ isInline, pixels: { width, height } }))).toBe(verdict);
  });

  it("never drops an inline file whose size cannot be told", () => {
    expect(judgePart(part({ isInline: true }))).toBe("content");
  });
});
