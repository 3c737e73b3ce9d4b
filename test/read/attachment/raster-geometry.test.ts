import { describe, expect, it } from "vitest";
import type { GreyRaster, Rotation } from "../../../src/model/page.ts";
import { cutLine, lineOf, scaleLine, sizeOfLine } from "../../../src/read/attachment/cut-line.ts";
import { cropRaster, reduceRaster } from "../../../src/read/attachment/reduce-raster.ts";
import { softenRaster } from "../../../src/read/attachment/soften-raster.ts";
import { turnUpright } from "../../../src/read/attachment/turn-raster.ts";

function rasterOf(rows: readonly (readonly number[])[]): GreyRaster {
  return { widthPx: rows[0]?.length ?? 0, heightPx: rows.length, dpi: 100, data: Uint8Array.from(rows.flat()) };
}

const SMALL = rasterOf([
  [10, 20, 30],
  [40, 50, 60],
]);

describe("turnUpright", () => {
  it.each([
    [
      90,
      [
        [30, 60],
        [20, 50],
        [10, 40],
      ],
    ],
    [
      180,
      [
        [60, 50, 40],
        [30, 20, 10],
      ],
    ],
    [
      270,
      [
        [40, 10],
        [50, 20],
        [60, 30],
      ],
    ],
    [
      0,
      [
        [10, 20, 30],
        [40, 50, 60],
      ],
    ],
  ] as const)("undoes a turn of %i degrees clockwise", (rotation, expected) => {
    expect(turnUpright(SMALL, rotation as Rotation)).toEqual(rasterOf(expected));
  });
});

describe("reduceRaster", () => {
  it("averages what each pixel covers and scales the resolution", () => {
    const reduced = reduceRaster(
      rasterOf([
        [0, 100, 200, 200],
        [100, 200, 200, 200],
      ]),
      2,
    );
    expect(reduced).toEqual({ widthPx: 2, heightPx: 1, dpi: 50, data: Uint8Array.from([100, 200]) });
  });

  it("leaves a smaller raster as it is", () => {
    expect(reduceRaster(SMALL, 3)).toBe(SMALL);
  });
});

describe("cropRaster", () => {
  it("clips the rectangle to the raster", () => {
    expect(cropRaster(SMALL, { x: 1, y: -5, width: 10, height: 6 })).toEqual(
      rasterOf([
        [20, 30],
        [50, 60],
      ]),
    );
  });
});

describe("cutLine", () => {
  it("returns the whole raster when the line is the raster", () => {
    expect(cutLine(SMALL, lineOf(SMALL), { heightPx: 2 })).toMatchObject({ widthPx: 3, heightPx: 2, data: SMALL.data });
  });

  it("turns the crop by half a turn when the text starts at the other end", () => {
    expect(cutLine(SMALL, lineOf(SMALL), { heightPx: 2, isTurned: true }).data).toEqual(SMALL.data.toReversed());
  });

  it("is white outside the raster", () => {
    const crop = cutLine(SMALL, lineOf(SMALL), { heightPx: 2, extendEnds: 1 });
    expect(crop.widthPx).toBe(7);
    expect(crop.data[0]).toBe(255);
  });

  it("reads a standing line upright", () => {
    const standing = {
      corners: [
        { x: 3, y: 0 },
        { x: 3, y: 2 },
        { x: 0, y: 2 },
        { x: 0, y: 0 },
      ],
      score: 1,
    } as const;
    expect(cutLine(SMALL, standing, { heightPx: 3 })).toMatchObject(turnUpright(SMALL, 90));
  });

  it("knows a scaled line's size", () => {
    expect(sizeOfLine(scaleLine(lineOf(SMALL), 2))).toEqual({ lengthPx: 6, heightPx: 4 });
  });
});

describe("softenRaster", () => {
  it("spreads an edge and keeps the mean", () => {
    const edge = rasterOf(Array.from({ length: 9 }, () => Array.from({ length: 20 }, (_, x) => (x < 10 ? 0 : 200))));
    const soft = softenRaster(edge, 2);
    const row = [...soft.data.subarray(80, 100)];
    expect(row[9]).toBeGreaterThan(40);
    expect(row[10]).toBeLessThan(160);
    expect(row[0]).toBe(0);
    expect(row[19]).toBe(200);
    expect(softenRaster(edge, 0)).toBe(edge);
  });
});
