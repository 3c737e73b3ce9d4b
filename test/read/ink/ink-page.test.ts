import { describe, expect, it } from "vitest";
import type { Zone } from "../../../src/model/form-layout.ts";
import { inkOf } from "../../../src/read/ink/ink-page.ts";
import { alignedPageOf, type ScanFaults, type Sheet, scanOf, sheetOf } from "./draw-page.ts";

const TEXT_RECT = { x: 12, y: 12, width: 40, height: 7 };
const LINE_Y = 19;
const ZONES: Zone[] = [{ field: "surname", kind: "text", pageNumber: 1, rect: TEXT_RECT, multiline: false }];

/** A box with a baseline and a row of bars above it that stand for a label. */
function drawForm(sheet: Sheet): Sheet {
  sheet.frame({ x: 10, y: 8, width: 45, height: 14 }, 0.25, 20);
  sheet.stroke([[10, LINE_Y] as const, [55, LINE_Y] as const], 0.3, 20);
  for (let x = 11; x < 25; x += 0.9) sheet.stroke([[x, 8.8] as const, [x, 10.4] as const], 0.35, 30);
  return sheet;
}

function pageWith(draw: (sheet: Sheet) => void, faults: ScanFaults = {}, blank: Sheet = drawForm(sheetOf(65, 40))) {
  const filled = drawForm(sheetOf(65, 40));
  draw(filled);
  return inkOf(alignedPageOf(scanOf(filled, faults), blank.raster, ZONES));
}

const FAULTS: [string, ScanFaults][] = [
  ["a clean scan", {}],
  ["a shift of 2 px", { shiftPx: [2, -2] }],
  ["blur", { blur: 2, shiftPx: [1, 1] }],
  ["uneven, dim light", { light: [230, 110] }],
  ["noise", { noise: 9, seed: 3 }],
  ["bilevel", { bilevelBelow: 150, shiftPx: [-1, 0] }],
];

describe("inkOf", () => {
  it.each(FAULTS)("finds no ink on an empty form in %s", (_name, faults) => {
    const ink = pageWith(() => {}, faults);
    expect(ink.measure({ x: 9, y: 7, width: 47, height: 16 }).coverage).toBeLessThan(0.004);
  });

  it("takes the form's lines for ink when the blank is not subtracted", () => {
    const ink = pageWith(() => {}, {}, sheetOf(65, 40));
    expect(ink.measure({ x: 9, y: 7, width: 47, height: 16 }).coverage).toBeGreaterThan(0.03);
  });

  it.each(FAULTS)("measures a stroke of known area in %s", (_name, faults) => {
    const ink = pageWith((sheet) => sheet.stroke([[20, 13] as const, [40, 16] as const], 0.6, 60), faults);
    const measures = ink.measure(TEXT_RECT);
    expect(measures.coverage * TEXT_RECT.width * TEXT_RECT.height).toBeGreaterThan(9);
    expect(measures.coverage * TEXT_RECT.width * TEXT_RECT.height).toBeLessThan(20);
    expect(measures.strokeExtentMm).toBeGreaterThan(19);
    expect(measures.pieces).toBe(1);
  });

  it("keeps one piece of a stroke that crosses a printed line", () => {
    const ink = pageWith((sheet) => sheet.stroke([[30, 14] as const, [33, 24] as const], 0.5, 40), { shiftPx: [1, 1] });
    expect(ink.measure({ x: 12, y: 12, width: 40, height: 13 }).pieces).toBe(1);
  });

  it("tells pencil from pen by its darkness", () => {
    const pencil = pageWith((sheet) => sheet.stroke([[20, 14] as const, [40, 14] as const], 0.6, 175)).measure(TEXT_RECT);
    const pen = pageWith((sheet) => sheet.stroke([[20, 14] as const, [40, 14] as const], 0.6, 40)).measure(TEXT_RECT);
    expect(pencil.meanDarkness).toBeLessThan(0.6);
    expect(pen.meanDarkness).toBeGreaterThan(0.8);
  });

  it("learns the page's own print darkness in low contrast", () => {
    const dim = pageWith(() => {}, { light: [140, 140] });
    const full = pageWith(() => {});
    expect(Math.abs(dim.scale.printDarkness - full.scale.printDarkness)).toBeLessThan(12);
  });
});

describe("zoneImage", () => {
  it("leaves strokes black and everything printed white", () => {
    const ink = pageWith((sheet) => sheet.stroke([[20, 14] as const, [40, 14] as const], 0.6, 90), { light: [200, 160] });
    const image = ink.zoneImage({ x: 12, y: 12, width: 40, height: 7 }, 1, 300);
    const at = (xMm: number, yMm: number) =>
      image.data[Math.round(((yMm - 11) * 300) / 25.4) * image.widthPx + Math.round(((xMm - 11) * 300) / 25.4)] ?? -1;
    expect(image.widthPx).toBe(Math.round((42 * 300) / 25.4));
    expect(at(30, 14)).toBeLessThan(60);
    expect(at(30, LINE_Y)).toBe(255);
    expect(at(45, 15)).toBeGreaterThan(235);
  });
});
