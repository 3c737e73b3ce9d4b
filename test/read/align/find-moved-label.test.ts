import { describe, expect, it } from "vitest";
import type { LayoutPage } from "../../../src/model/form-layout.ts";
import type { GreyRaster } from "../../../src/model/page.ts";
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

  it.each([
    { what: "lost to a poor threshold", grey: 255 },
    { what: "under ink", grey: 40 },
  ])("takes labels that are $what for no proof", ({ grey }) => {
    expect(isMoved(withLabelsPainted(grey, 2))).toBe(false);
  });
});
