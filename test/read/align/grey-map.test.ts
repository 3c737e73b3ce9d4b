import { describe, expect, it } from "vitest";
import { type GreyMap, spread } from "../../../src/read/align/grey-map.ts";

const noise = (width: number, height: number): GreyMap => {
  let state = 7;
  const data = Uint8Array.from({ length: width * height }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return state % 256;
  });
  return { width, height, data };
};

/** The values of a square around a pixel, as far as they lie on the picture. */
function squareAround({ width, height, data }: GreyMap, at: number, radius: number): number[] {
  const [x, y] = [at % width, Math.floor(at / width)];
  const values: number[] = [];
  for (let row = Math.max(0, y - radius); row <= Math.min(height - 1, y + radius); row++)
    for (let column = Math.max(0, x - radius); column <= Math.min(width - 1, x + radius); column++)
      values.push(data[row * width + column] ?? 0);
  return values;
}

describe("spread", () => {
  const picture = noise(23, 17);

  it.each([1, 2, 3, 4, 7, 30])("keeps the highest and the lowest value within %i pixels, up to the edges", (radius) => {
    const squares = Array.from(picture.data, (_, at) => squareAround(picture, at, radius));
    expect([...spread(picture, radius, "max").data]).toEqual(squares.map((values) => Math.max(...values)));
    expect([...spread(picture, radius, "min").data]).toEqual(squares.map((values) => Math.min(...values)));
  });
});
