import { array, assert, constant, integer, nat, oneof, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { packBlank } from "../../../src/read/align/packed-blank.ts";

const rasterOf = (data: Uint8Array): { widthPx: number; heightPx: number; dpi: number; data: Uint8Array } => ({
  widthPx: data.length,
  heightPx: 1,
  dpi: 200,
  data,
});

describe("packBlank", () => {
  it("gives back every picture pixel for pixel, however often and in whatever order it is asked", () => {
    const pixel = oneof({ weight: 3, arbitrary: constant(255) }, { weight: 1, arbitrary: integer({ min: 0, max: 255 }) });
    const pictures = array(array(pixel, { maxLength: 60 }), { minLength: 1, maxLength: 5 });
    assert(
      property(pictures, array(nat(), { maxLength: 20 }), (sets, order) => {
        const blanks = sets.map((set) => Uint8Array.from(set));
        const packed = blanks.map((data) => packBlank(rasterOf(data)));
        for (const number of order) {
          const at = number % blanks.length;
          expect(packed[at]?.data).toEqual(blanks[at]);
        }
      }),
    );
  });

  it("keeps the size and the resolution", () => {
    expect(packBlank(rasterOf(new Uint8Array([255, 0])))).toMatchObject({ widthPx: 2, heightPx: 1, dpi: 200 });
  });

  it("does not hold on to the picture it was made from", () => {
    const data = new Uint8Array([255, 7, 255]);
    const packed = packBlank(rasterOf(data));
    data[1] = 0;
    expect(packed.data[1]).toBe(7);
  });
});
