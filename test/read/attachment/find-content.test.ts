import { describe, expect, it } from "vitest";
import { findCardShapes } from "../../../src/read/attachment/find-cards.ts";
import { findContent } from "../../../src/read/attachment/find-content.ts";
import { emptyPage, fillMm, printMm } from "./draw-page.ts";

describe("findContent", () => {
  it("finds nothing on an empty page, whatever the paper's shade", () => {
    for (const paper of [255, 200, 140]) expect(findContent(emptyPage(100, paper)).bounds).toBeNull();
  });

  it("finds nothing on a page with punch holes, edges of the lid, a shadow and specks", () => {
    const page = emptyPage();
    fillMm(page, [10, 110, 5.5, 5.5], 20);
    fillMm(page, [10, 190, 5.5, 5.5], 20);
    fillMm(page, [0, 0, 210, 3], 10);
    fillMm(page, [207, 0, 3, 297], 10);
    fillMm(page, [100, 120, 0.5, 0.5], 60);
    for (let row = 0; row < page.heightPx; row++) {
      for (let column = 0; column < page.widthPx; column++) {
        const at = row * page.widthPx + column;
        page.data[at] = Math.round((page.data[at] ?? 0) * (1 - (0.3 * row) / page.heightPx));
      }
    }
    expect(findContent(page).bounds).toBeNull();
  });

  it("finds print and says where it lies", () => {
    const page = emptyPage();
    printMm(page, [50, 100, 90], 8, 40);
    const { bounds, contrast, markedShare } = findContent(page);
    expect(bounds).not.toBeNull();
    const mm = (px: number | undefined): number => ((px ?? 0) / page.dpi) * 25.4;
    expect(mm(bounds?.x)).toBeCloseTo(50, -1);
    expect(mm(bounds?.y)).toBeCloseTo(100, -1);
    expect(mm(bounds?.width)).toBeCloseTo(90, -1);
    expect(contrast).toBeGreaterThan(0.5);
    expect(markedShare).toBeGreaterThan(0.01);
  });

  it("tells the other side's ink from print by its contrast", () => {
    const page = emptyPage();
    printMm(page, [20, 30, 160], 30, 228);
    expect(findContent(page).contrast).toBeLessThan(0.15);
  });
});

describe("findCardShapes", () => {
  it("finds cards that were copied black, also where a bar of shadow crosses them", () => {
    const page = emptyPage(200);
    fillMm(page, [60, 50, 85.6, 54], 5);
    fillMm(page, [70, 150, 54, 85.6], 5);
    fillMm(page, [0, 100, 210, 1], 20);
    const cards = findCardShapes(page);
    expect(cards).toHaveLength(2);
    expect(cards.map(({ width, height }) => width > height).toSorted()).toEqual([false, true]);
  });

  it.each([
    ["a photograph", [60, 50, 35, 45]],
    ["a page copied black", [5, 5, 200, 287]],
    ["a stamp", [60, 50, 40, 20]],
  ] as const)("does not take %s for a card", (_title, rect) => {
    const page = emptyPage(200);
    fillMm(page, rect, 5);
    expect(findCardShapes(page)).toEqual([]);
  });

  it("finds a card by its outline", () => {
    const page = emptyPage(200);
    fillMm(page, [60, 50, 85.6, 54], 20);
    fillMm(page, [60.4, 50.4, 84.8, 53.2], 255);
    expect(findCardShapes(page)).toHaveLength(1);
  });

  it("does not take print that covers as much as a card for one", () => {
    const page = emptyPage(200);
    for (let row = 0; row < 9; row++) fillMm(page, [60, 50 + 6 * row, row % 2 === 0 ? 85.6 : 50, 5], 20);
    fillMm(page, [70, 50, 2, 54], 20);
    expect(findCardShapes(page)).toEqual([]);
  });

  it("finds a dark card in the noise of a scan made far too dark", () => {
    const page = emptyPage(200);
    fillMm(page, [0, 0, 210, 297], 150);
    fillMm(page, [60, 50, 85.6, 54], 80);
    for (let at = 0; at < page.data.length; at++)
      page.data[at] = Math.max(0, Math.min(255, (page.data[at] ?? 0) + ((at * 7919) % 241) - 120));
    expect(findCardShapes(page)).toHaveLength(1);
  });

  it("does not take a spot of pale shade for a card", () => {
    const page = emptyPage(200);
    fillMm(page, [60, 50, 85.6, 54], 225);
    expect(findCardShapes(page)).toEqual([]);
  });
});
