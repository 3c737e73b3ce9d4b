import { describe, expect, it } from "vitest";
import { findPicture, likenessAt, toPicture, toSearchedScan } from "../../../src/read/align/find-picture.ts";
import type { GreyMap } from "../../../src/read/align/grey-map.ts";

const WIDTH = 60;
const HEIGHT = 40;
const PICTURE = { x: 20, y: 12, width: 13, height: 6 };

function mapOf(valueAt: (x: number, y: number) => number): GreyMap {
  const data = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) => valueAt(at % WIDTH, Math.floor(at / WIDTH)));
  return { width: WIDTH, height: HEIGHT, data };
}

/** Blots of a word: smooth enough that a place one pixel beside the right one still resembles it. */
const wordAt = (x: number, y: number): number => 128 + 60 * Math.sin(x * 1.1 + 0.13 * x * y) + 50 * Math.cos(y * 0.9 + 0.3 * x);
const isIn = (x: number, y: number, left: number, top: number): boolean =>
  x >= left && x < left + PICTURE.width && y >= top && y < top + PICTURE.height;

const blank = mapOf((x, y) => (isIn(x, y, PICTURE.x, PICTURE.y) ? wordAt(x - PICTURE.x, y - PICTURE.y) : 250));

describe("findPicture", () => {
  const picture = toPicture(blank, PICTURE, 1);
  const plan = { reachPx: 30, blankVariance: toSearchedScan(blank).variance };

  it.each([
    ["its own place", 20, 12],
    ["an odd column", 31, 20],
    ["the right edge", WIDTH - PICTURE.width, 5],
    ["the left edge", 0, 25],
    ["the bottom corner", WIDTH - PICTURE.width, HEIGHT - PICTURE.height],
  ])("finds a word at %s", (_, left, top) => {
    const scan = mapOf((x, y) => (isIn(x, y, left, top) ? wordAt(x - left, y - top) : 240 + ((x * 7 + y * 3) % 5)));
    expect(picture).not.toBeNull();
    if (picture === null) return;
    const found = findPicture(picture, toSearchedScan(scan), plan);
    expect(found).toEqual({ x: left, y: top, likeness: likenessAt(picture, scan, left, top) });
    expect(found.likeness).toBeGreaterThan(0.99);
  });
});
