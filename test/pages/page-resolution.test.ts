import { describe, expect, it } from "vitest";
import { estimateResolution, faxResolutionOf } from "../../src/pages/page-resolution.ts";

const stated = (dpi: number | undefined) => ({ widthPx: 1654, heightPx: 2339, dpiX: dpi, dpiY: dpi, isPhoto: false });

describe("estimateResolution", () => {
  it.each([
    ["a plausible resolution", 200, 200],
    ["a screen's 72", 72, 200],
    ["a screen's 96", 96, 200],
    ["one that gives a page larger than A3", 98, 200],
    ["no resolution", undefined, 200],
    ["a coarse scan's 150", 150, 150],
    ["one that gives a stamp", 1200, 200],
  ])("takes %s", (_, dpi, expected) => {
    expect(estimateResolution(stated(dpi)).dpiX).toBeCloseTo(expected, 0);
  });

  it("does not believe a camera", () => {
    expect(estimateResolution({ ...stated(300), isPhoto: true }).dpiX).toBeCloseTo(200, 0);
  });

  it("keeps different resolutions across and down", () => {
    expect(estimateResolution({ widthPx: 1728, heightPx: 1145, dpiX: 204, dpiY: 98, isPhoto: false })).toEqual({ dpiX: 204, dpiY: 98 });
  });

  it.each([
    ["turned by a program that kept the file's resolutions", 1152, 1728, { dpiX: 98, dpiY: 204 }],
    ["as long as its roll", 1728, 1728, { dpiX: 204, dpiY: 98 }],
  ])("takes a fax page %s", (_, widthPx, heightPx, expected) => {
    expect(estimateResolution({ widthPx, heightPx, dpiX: 204, dpiY: 98, isPhoto: false })).toEqual(expected);
  });

  it.each([
    [2620, 1960],
    [1960, 2620],
    [4000, 2250],
  ])("fits an A4 page into a photo of %i x %i pixels", (widthPx, heightPx) => {
    const { dpiX } = estimateResolution({ widthPx, heightPx, dpiX: undefined, dpiY: undefined, isPhoto: true });
    const [long, short] = [Math.max(widthPx, heightPx), Math.min(widthPx, heightPx)].map((pixels) => (pixels / dpiX) * 25.4);
    expect(long).toBeGreaterThanOrEqual(296.99);
    expect(short).toBeGreaterThanOrEqual(209.99);
    expect(Math.min((long ?? 0) / 297, (short ?? 0) / 210)).toBeCloseTo(1, 3);
  });

  it("takes a tiny picture for a piece of a screen, not for a page of 8 dpi", () => {
    expect(estimateResolution({ widthPx: 136, heightPx: 66, dpiX: undefined, dpiY: undefined, isPhoto: false }).dpiX).toBe(72);
  });
});

describe("faxResolutionOf", () => {
  it.each([
    [1728, 1145, { dpiX: 204, dpiY: 98 }],
    [1728, 2290, { dpiX: 204, dpiY: 196 }],
    [1727, 1145, undefined],
  ])("of %i x %i", (widthPx, heightPx, expected) => {
    expect(faxResolutionOf(widthPx, heightPx)).toEqual(expected);
  });
});
