import { describe, expect, it } from "vitest";
import { cmsContentOf } from "../../../src/intake/unwrap/cms-content.ts";

const SIGNED = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const ENVELOPED = [...SIGNED.slice(0, -1), 0x03];
const AUTH_ENVELOPED = [0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17];

describe("cmsContentOf", () => {
  it.each([
    ["signed, length in one byte", [0x30, 0x40, ...SIGNED], "signed"],
    ["signed, open end", [0x30, 0x80, ...SIGNED], "signed"],
    ["enveloped, length in three bytes", [0x30, 0x82, 0x01, 0x00, ...ENVELOPED], "encrypted"],
    ["authenticated and enveloped", [0x30, 0x83, 1, 2, 3, ...AUTH_ENVELOPED], "encrypted"],
    ["plain data", [0x30, 0x40, ...SIGNED.slice(0, -1), 0x01], undefined],
    ["no sequence", [0x31, 0x40, ...SIGNED], undefined],
    ["cut off", [0x30, 0x40, 0x06, 0x09], undefined],
    ["nothing", [], undefined],
  ])("knows %s", (_, bytes, content) => {
    expect(cmsContentOf(Uint8Array.from(bytes))).toBe(content);
  });
});
