import { describe, expect, it } from "vitest";
import { findBoxes, type ProbabilityMap } from "../../src/adapters/text-detector-boxes.ts";

/** A map with one bar of probability 0.9 around a centre, turned by `angle` radians. */
function barMap(length: number, height: number, angle: number, probability = 0.9): ProbabilityMap {
  const [width, rows] = [200, 160];
  const data = new Float32Array(width * rows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x + 0.5 - 100, y + 0.5 - 80];
      const along = dx * Math.cos(angle) + dy * Math.sin(angle);
      const across = dy * Math.cos(angle) - dx * Math.sin(angle);
      if (Math.abs(along) <= length / 2 && Math.abs(across) <= height / 2) data[y * width + x] = probability;
    }
  }
  return { width, height: rows, data };
}

type Corner = { readonly x: number; readonly y: number } | undefined;

function side(p: Corner, q: Corner): number {
  return Math.hypot((q?.x ?? 0) - (p?.x ?? 0), (q?.y ?? 0) - (p?.y ?? 0));
}

describe("findBoxes", () => {
  it.each([0, 0.3, -0.5, Math.PI / 2, 2.8])(
    "returns the grown rectangle around a bar turned by %f, its first side long, from left to right or down",
    (angle) => {
      const [line, ...others] = findBoxes(barMap(100, 12, angle));
      expect(others).toEqual([]);
      const [a, b, c, d] = line?.corners ?? [];
      const grow = (100 * 12 * 1.6) / (2 * 112);
      expect(side(a, b)).toBeGreaterThan(100 + 2 * grow - 4);
      expect(side(a, b)).toBeLessThan(100 + 2 * grow + 4);
      expect(side(b, c)).toBeGreaterThan(12 + 2 * grow - 4);
      expect(side(b, c)).toBeLessThan(12 + 2 * grow + 4);
      expect(((a?.x ?? 0) + (c?.x ?? 0)) / 2).toBeCloseTo(100, 0);
      expect(((b?.y ?? 0) + (d?.y ?? 0)) / 2).toBeCloseTo(80, 0);
      const [dx, dy] = [(b?.x ?? 0) - (a?.x ?? 0), (b?.y ?? 0) - (a?.y ?? 0)];
      expect(Math.abs(dx) > Math.abs(dy) ? dx : dy).toBeGreaterThan(0);
    },
  );

  it("leaves out faint areas and specks", () => {
    expect(findBoxes(barMap(100, 12, 0, 0.25))).toEqual([]);
    expect(findBoxes(barMap(100, 12, 0, 0.45))).toEqual([]);
    expect(findBoxes(barMap(2, 2, 0))).toEqual([]);
  });
});
