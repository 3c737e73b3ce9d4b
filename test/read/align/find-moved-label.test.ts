import { describe, expect, it } from "vitest";
import type { LayoutPage } from "../../../src/model/form-layout.ts";
import type { GreyRaster, RectMm } from "../../../src/model/page.ts";
import { hasMovedLabel } from "../../../src/read/align/find-moved-label.ts";
import { drawForm, fillRect, templateOf } from "./synthetic-form.ts";

const form = drawForm({ seed: 11 });
const { layout } = templateOf("TEST/fi/1.0", [form]);
const labels = form.zones.map(({ x, y, width }) => ({ x: x + 0.5, y: y - 3.3, width: Math.min(12, width), height: 2 }));
const page: LayoutPage = {
  pageNumber: 1,
  widthMm: 210,
  heightMm: 297,
  marks: [],
  words: labels.map((rect) => ({ text: "label", rect })),
};

const isMoved = (scan: GreyRaster): boolean => hasMovedLabel({ page, zones: layout.zones, scan, blank: form.blank });

function withLabelsPainted(grey: number, every: number): GreyRaster {
  const painted = { ...form.blank, data: form.blank.data.slice() };
  for (const [index, rect] of labels.entries())
    if (index % every === 0) fillRect(painted, { ...rect, x: rect.x - 1, width: rect.width + 4, height: 2.6 }, grey);
  return painted;
}

function withRect(raster: GreyRaster, rect: RectMm, grey: number): GreyRaster {
  const own = { ...raster, data: raster.data.slice() };
  fillRect(own, rect, grey);
  return own;
}

/** The picture with one rectangle of it printed in a second place. */
function copied(raster: GreyRaster, { x, y, width, height }: RectMm, dxMm: number, dyMm: number): GreyRaster {
  const scale = raster.dpi / 25.4;
  const [left, top, right, bottom] = [x, y, x + width, y + height].map((mm) => Math.round(mm * scale)) as [number, number, number, number];
  const shift = Math.round(dyMm * scale) * raster.widthPx + Math.round(dxMm * scale);
  const own = { ...raster, data: raster.data.slice() };
  for (let row = top; row < bottom; row++)
    own.data.set(raster.data.subarray(row * raster.widthPx + left, row * raster.widthPx + right), row * raster.widthPx + left + shift);
  return own;
}

describe("hasMovedLabel", () => {
  it.each([
    [5, 6],
    [9, 10],
  ] as const)("sees that rows %i and %i have changed places", (a, b) => {
    expect(isMoved(drawForm({ seed: 11, swappedRows: [[a, b]] }).blank)).toBe(true);
  });

  it("sees nothing moved on the form itself", () => {
    expect(isMoved(form.blank)).toBe(false);
  });

  it("takes a label whose likeness the form prints elsewhere too for no proof when it is lost", () => {
    const from = labels[2];
    const to = labels.find(({ y }) => from !== undefined && y > from.y + 20);
    if (from === undefined || to === undefined) throw new Error("expected both labels");
    const twice = copied(form.blank, { ...from, x: from.x - 0.5, width: 14, height: 2.2 }, to.x - from.x, to.y - from.y);
    const scan = withRect(twice, { ...from, x: from.x - 1, width: from.width + 4, height: 2.6 }, 255);
    expect(hasMovedLabel({ page, zones: layout.zones, scan, blank: twice })).toBe(false);
    // Where only the scan has it there, the same is proof: the first case is not told apart by chance.
    expect(hasMovedLabel({ page, zones: layout.zones, scan, blank: form.blank })).toBe(true);
  });

  it.each([
    { what: "lost to a poor threshold", grey: 255 },
    { what: "under ink", grey: 40 },
  ])("takes labels that are $what for no proof", ({ grey }) => {
    expect(isMoved(withLabelsPainted(grey, 2))).toBe(false);
  });
});
