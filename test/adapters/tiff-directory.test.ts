import { describe, expect, it } from "vitest";
import { readTiffDirectory } from "../../src/adapters/tiff-directory.ts";
import { buildTiff, type SampleTiffPage } from "./tiff-samples.ts";

const PAGE: SampleTiffPage = {
  data: new Uint8Array(100),
  widthPx: 40,
  heightPx: 20,
  bitsPerSample: 1,
  compression: 1,
  photometric: 1,
  dpi: { x: 204, y: 98 },
  orientation: 6,
};

describe("readTiffDirectory", () => {
  it("lists the pages with size, resolution and orientation", () => {
    const { pages, isWhole } = readTiffDirectory(buildTiff([PAGE, { ...PAGE, isReduced: true }]));
    expect(isWhole).toBe(true);
    expect(pages).toEqual([
      { widthPx: 40, heightPx: 20, compression: 1, bitsPerSample: 1, orientation: 6, dpiX: 204, dpiY: 98, isReduced: false },
      { widthPx: 40, heightPx: 20, compression: 1, bitsPerSample: 1, orientation: 6, dpiX: 204, dpiY: 98, isReduced: true },
    ]);
  });

  it("is not whole at any shorter length", () => {
    const tiff = buildTiff([PAGE, PAGE]);
    for (let length = 0; length < tiff.length; length += 1) expect(readTiffDirectory(tiff.subarray(0, length)).isWhole).toBe(false);
  });

  it("ends a chain that runs in a circle", () => {
    const tiff = buildTiff([PAGE, PAGE]);
    const view = new DataView(tiff.buffer);
    const second = view.getUint32(8 + 2 + 14 * 12, true);
    view.setUint32(second + 2 + 14 * 12, 8, true);
    const { pages, isWhole } = readTiffDirectory(tiff);
    expect([pages.length, isWhole]).toEqual([2, false]);
  });

  it("allows a byte count of 0, as some fax programs write", () => {
    const tiff = buildTiff([PAGE]);
    new DataView(tiff.buffer).setUint32(8 + 2 + 10 * 12 + 8, 0, true);
    expect(readTiffDirectory(tiff).isWhole).toBe(true);
  });

  it("is not whole without pages", () => {
    expect(readTiffDirectory(new Uint8Array(Buffer.from("II*\0\0\0\0\0", "latin1")))).toEqual({ pages: [], isWhole: false });
  });
});
