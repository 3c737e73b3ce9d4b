import { describe, expect, it } from "vitest";
import { findLines } from "../../../src/read/text/find-lines.ts";
import type { ZoneInk } from "../../../src/read/text/zone-ink.ts";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly value?: number;
}

/** A zone of 600 x 160 px whose writing area leaves 12 px at every side. */
function zoneWith(boxes: readonly Box[], height = 160, hasNextBox = true): ZoneInk {
  const widthPx = 600;
  const data = new Uint8Array(widthPx * height).fill(255);
  for (const { x, y, width, height: boxHeight, value } of boxes) {
    for (let row = y; row < y + boxHeight; row++) data.fill(value ?? 0, row * widthPx + x, row * widthPx + x + width);
  }
  const raster = { widthPx, heightPx: height, dpi: 300, data };
  return { raster, area: { x: 12, y: 12, width: widthPx - 24, height: height - 24 }, darkness: 255, hasNextBox };
}

const word = (y: number): Box[] => [40, 80, 120, 160].map((x) => ({ x, y, width: 24, height: 36 }));

describe("findLines", () => {
  it("trims one line to its ink", () => {
    const { lines, rects } = findLines(zoneWith(word(50)));
    expect(lines).toHaveLength(1);
    expect(rects[0]).toEqual({ x: 32, y: 42, width: 160, height: 52 });
    expect(lines[0]).toMatchObject({ widthPx: 160, heightPx: 52 });
  });

  it("parts two lines, top line first", () => {
    const { rects } = findLines(zoneWith([...word(90), ...word(30)]));
    expect(rects.map(({ y }) => y)).toEqual([22, 82]);
  });

  it("keeps dots, commas and rings with their line", () => {
    const dot = { x: 44, y: 38, width: 8, height: 8 };
    const ring = { x: 82, y: 32, width: 14, height: 14 };
    const comma = { x: 190, y: 80, width: 8, height: 16 };
    const { lines, rects } = findLines(zoneWith([...word(50), dot, ring, comma]));
    expect(lines).toHaveLength(1);
    expect(rects[0]).toMatchObject({ y: 24, height: 80 });
  });

  it("leaves out ink of the neighbours at the rim", () => {
    const above = { x: 60, y: 0, width: 30, height: 14 };
    const left = { x: 0, y: 50, width: 10, height: 40 };
    const { rects } = findLines(zoneWith([...word(60), above, left]));
    expect(rects).toHaveLength(1);
    expect(rects[0]).toMatchObject({ x: 32, y: 52 });
  });

  it("leaves out a ruled line and whitens it in the picture of the text", () => {
    const rule = { x: 14, y: 92, width: 560, height: 4 };
    const { lines } = findLines(zoneWith([...word(50), rule]));
    expect(lines).toHaveLength(1);
    const line = lines[0];
    const lastRow = line?.data.subarray((line.heightPx - 2) * line.widthPx);
    expect(lastRow?.every((value) => value === 255)).toBe(true);
  });

  it("keeps a short word below a full line, and leaves out low rests of ink there", () => {
    const full = Array.from({ length: 18 }, (_, index) => ({ x: 30 + 29 * index, y: 20, width: 24, height: 36 }));
    const end = [30, 60].map((x) => ({ x, y: 90, width: 20, height: 30 }));
    const rests = [30, 60].map((x) => ({ x, y: 100, width: 14, height: 14 }));
    expect(findLines(zoneWith([...full, ...end])).lines).toHaveLength(2);
    expect(findLines(zoneWith([...full, ...rests])).lines).toHaveLength(1);
  });

  it("leaves out faint lines beside a dark one: the back side shines through", () => {
    const faint = word(100).map((box) => ({ ...box, value: 185 }));
    expect(findLines(zoneWith([...word(30), ...faint])).lines).toHaveLength(1);
  });

  it("tells when ink that is left out crosses a line: a check mark's leg, a strike", () => {
    const leg = { x: 130, y: 50, width: 12, height: 110 };
    const below = { x: 130, y: 96, width: 12, height: 60 };
    const strike = { x: 110, y: 66, width: 280, height: 6 };
    const rule = { x: 30, y: 92, width: 400, height: 4 };
    const apart = [40, 80, 400, 440].map((x) => ({ x, y: 50, width: 24, height: 36 }));
    expect(findLines(zoneWith([...apart, leg])).isCrossed).toBe(true);
    expect(findLines(zoneWith([...apart, strike])).isCrossed).toBe(true);
    expect(findLines(zoneWith([...word(50), below])).isCrossed).toBe(false);
    expect(findLines(zoneWith([...word(50), rule])).isCrossed).toBe(false);
  });

  it("tells when a line runs over the edge of its area or its last letter was eaten by the box", () => {
    const edge = 588;
    const last = { x: edge - 40, y: 50, width: 24, height: 36 };
    const half = { x: edge + 4, y: 50, width: 6, height: 36 };
    const over = { x: edge - 10, y: 50, width: 20, height: 36 };
    expect(findLines(zoneWith([...word(50), last])).isCutOff).toBe(false);
    expect(findLines(zoneWith([...word(50), { ...last, x: edge - 28 }, half])).isCutOff).toBe(true);
    expect(findLines(zoneWith([...word(50), over])).isCutOff).toBe(true);
    expect(findLines(zoneWith([...word(50), half])).isCutOff).toBe(false);
  });

  it("takes any letter behind the last box of a row for this text's own", () => {
    const behind = { x: 592, y: 50, width: 6, height: 36 };
    expect(findLines(zoneWith([...word(50), behind], 160, true)).isCutOff).toBe(false);
    expect(findLines(zoneWith([...word(50), behind], 160, false)).isCutOff).toBe(true);
  });

  it("finds nothing in specks", () => {
    const specks = [100, 200, 300].map((x) => ({ x, y: 70, width: 2, height: 2 }));
    expect(findLines(zoneWith(specks))).toMatchObject({ lines: [], inkMm2: 0 });
  });

  it("finds nothing in a blank zone", () => {
    expect(findLines(zoneWith([]))).toMatchObject({ lines: [], inkMm2: 0, tallestMm: 0 });
  });
});
