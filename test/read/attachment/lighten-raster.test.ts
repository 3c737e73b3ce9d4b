import { describe, expect, it } from "vitest";
import { isBlackened, lightenRaster } from "../../../src/read/attachment/lighten-raster.ts";
import { emptyPage, fillMm } from "./draw-page.ts";

describe("lightenRaster", () => {
  it("makes the paper of a page scanned far too dark white and the rest lighter in proportion", () => {
    const page = emptyPage(100, 10);
    fillMm(page, [20, 20, 60, 40], 4);
    expect(new Set(lightenRaster(page).data)).toEqual(new Set([255, 102]));
  });

  it.each([
    ["of usual lightness", 250],
    ["on grey recycled paper", 150],
  ])("leaves a page %s as it is", (_title, paper) => {
    const page = emptyPage(100, paper);
    expect(lightenRaster(page)).toBe(page);
  });

  it("leaves a sheet that is photographed on a dark table as it is", () => {
    const page = emptyPage(100, 20);
    fillMm(page, [40, 60, 130, 160], 220);
    expect(lightenRaster(page)).toBe(page);
  });
});

describe("isBlackened", () => {
  it("tells a page that is black but for its edges from one that is dark", () => {
    const page = emptyPage(100, 255);
    fillMm(page, [5, 5, 200, 287], 0);
    expect(isBlackened(page)).toBe(true);
    expect(isBlackened(emptyPage(100, 10))).toBe(false);
  });
});
