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
    ["From: a\r\nTo: b\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4", "mail"],
    ["Content-Type: application/pdf\r\nDate: x\r\n\r\n%PDF-1.4", "pdf"],
    ["x\r\n\r\nFrom: a\r\nTo: b\r\n", "unknown"],
    [`PK\x03\x04${"\0".repeat(22)}\x13\0\0\0[Content_Types].xml`, "office"],
    [`PK\x03\x04${"\0".repeat(22)}\x08\0\0\0form.pdf`, "zip"],
    ["0\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03", "cms"],
    ["-----BEGIN PKCS7-----\n", "cms"],
    ["-----BEGIN CERTIFICATE-----\n", "unknown"],
    ["", "unknown"],
  ])("knows %j as %s", (text, expected) => {
    expect(mediaTypeOf(latin(text))).toBe(expected);
  });
});
