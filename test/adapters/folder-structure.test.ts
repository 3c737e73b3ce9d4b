import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { isStructurallyWhole } from "../../src/adapters/folder-structure.ts";
import { addJpegPage, buildLiveForm } from "./pdf-samples.ts";
import { openSample } from "./picture-samples.ts";
import { buildTiff } from "./tiff-samples.ts";

const PICTURE = { widthPx: 64, heightPx: 48, box: { left: 8, top: 8, width: 16, height: 16 } };
const TIFF_PAGE = { data: new Uint8Array(48), widthPx: 24, heightPx: 16, bitsPerSample: 1, compression: 1, photometric: 1 };

const latin = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));

async function samples(): Promise<Record<string, Uint8Array>> {
  const pdf = await buildLiveForm();
  await addJpegPage(pdf, PICTURE);
  return {
    pdf: await pdf.save(),
    "pdf with a plain cross-reference": await pdf.save({ useObjectStreams: false }),
    jpeg: new Uint8Array(await openSample(PICTURE).jpeg().toBuffer()),
    "progressive jpeg with a thumbnail": new Uint8Array(
      await openSample(PICTURE)
        .jpeg({ progressive: true })
        .withExif({ IFD0: { ImageDescription: "\xff\xd9" } })
        .toBuffer(),
    ),
    png: new Uint8Array(await openSample(PICTURE).png().toBuffer()),
    tiff: buildTiff([TIFF_PAGE, TIFF_PAGE]),
    webp: new Uint8Array(await openSample(PICTURE).webp().toBuffer()),
    avif: new Uint8Array(
      await sharp(await openSample(PICTURE).png().toBuffer())
        .avif({ effort: 0 })
        .toBuffer(),
    ),
  };
}

describe("isStructurallyWhole", async () => {
  it.each(Object.entries(await samples()))("knows a whole %s from every shorter piece of it", (_, bytes) => {
    expect(isStructurallyWhole(bytes)).toBe(true);
    const step = Math.max(1, Math.floor(bytes.length / 300));
    // The last byte of a PDF is a line end, which may be missing.
    for (let length = bytes.length - 3; length > 32; length -= step) expect(isStructurallyWhole(bytes.subarray(0, length))).toBe(false);
  });

  it("is never true for an empty file", () => {
    expect(isStructurallyWhole(new Uint8Array(0))).toBe(false);
  });

  it("is true for types that have no known end", () => {
    expect(isStructurallyWhole(latin("hello"))).toBe(true);
  });

  it("allows what telephones put behind the end of a JPEG", async () => {
    const jpeg = await openSample(PICTURE).jpeg().toBuffer();
    expect(isStructurallyWhole(new Uint8Array(Buffer.concat([jpeg, Buffer.alloc(100_000, 0x41)])))).toBe(true);
  });

  it.each([
    ["padding", `${"\0".repeat(5_000)}`, true],
    ["the start of an update", "\n12 0 obj\n<< /Type /Annot", false],
  ])("looks at what follows the end of a PDF: %s", async (_, extra, expected) => {
    const pdf = await (await buildLiveForm()).save({ useObjectStreams: false });
    expect(isStructurallyWhole(new Uint8Array(Buffer.concat([pdf, latin(extra)])))).toBe(expected);
  });

  it("does not take the first part of a web-optimised PDF for the whole", () => {
    expect(isStructurallyWhole(latin("%PDF-1.4\n9 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer <<>>\nstartxref\n0\n%%EOF\n"))).toBe(false);
  });

  it("waits for the directory of an archive", () => {
    expect(isStructurallyWhole(latin("PK\x03\x04aaaa"))).toBe(false);
    expect(isStructurallyWhole(latin(`PK\x03\x04aaaaPK\x05\x06${"\0".repeat(18)}`))).toBe(true);
  });
});
