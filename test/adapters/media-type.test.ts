import { describe, expect, it } from "vitest";
import { mediaTypeOf } from "../../src/adapters/media-type.ts";

const latin = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));

describe("mediaTypeOf", () => {
  it.each([
    ["%PDF-1.4", "pdf"],
    [`${"\n".repeat(1000)}%PDF-1.4`, "pdf"],
    [`${"\n".repeat(1030)}%PDF-1.4`, "unknown"],
    ["\xff\xd8\xff\xe0", "jpeg"],
    ["\x89PNG\r\n\x1a\n", "png"],
    ["II*\0", "tiff"],
    ["MM\0*", "tiff"],
    [`BM${"\0".repeat(12)}\x28\0\0\0${"\0".repeat(12)}`, "bmp"],
    ["BMW is a car and not a picture at all", "unknown"],
    ["\0\0\0\x18ftypheic", "heic"],
    ["\0\0\0\x18ftypmif1", "heic"],
    ["\0\0\0\x18ftypavif", "avif"],
    ["\0\0\0\x18ftypisom", "unknown"],
    ["RIFF\0\0\0\0WEBP", "webp"],
    ["GIF89a", "gif"],
    ["PK\x03\x04", "zip"],
    ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"],
    ["\x78\x9f\x3e\x22", "tnef"],
    ["{\\rtf1", "rtf"],
    ["Received: from x\r\nFrom: a\r\nTo: b\r\n", "mail"],
    ["From: a\r\n", "unknown"],
    ["", "unknown"],
  ])("knows %j as %s", (text, expected) => {
    expect(mediaTypeOf(latin(text))).toBe(expected);
  });
});
