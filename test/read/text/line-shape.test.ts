import { describe, expect, it } from "vitest";
import type { InkPiece } from "../../../src/read/text/find-pieces.ts";
import { compareMarks, hasPlausibleSpaces, toLineShape } from "../../../src/read/text/line-shape.ts";

const piece = (x: number, y: number, width: number, height: number): InkPiece => ({
  x,
  y,
  width,
  height,
  pixels: width * height,
  darkness: 255,
});

/** Letters 20 px wide and 40 px high on a line at y = 100. */
const letters = (...xs: readonly number[]): InkPiece[] => xs.map((x) => piece(x, 60, 20, 40));

describe("toLineShape", () => {
  it("counts dots above and tails below", () => {
    const shape = toLineShape([...letters(0, 30, 60), piece(35, 58, 6, 6), piece(62, 95, 8, 18)]);
    expect(shape).toMatchObject({ marksAbove: 1, tailsBelow: 1 });
  });

  it("measures gaps in heights of a capital", () => {
    expect(toLineShape(letters(0, 30, 90)).gaps).toEqual([0.25, 1]);
  });

  it("sees a lone stroke at either end", () => {
    const stroke = (x: number): InkPiece => piece(x, 60, 10, 40);
    expect(toLineShape([stroke(0), ...letters(20, 50)]).endStrokes).toEqual({ head: true, tail: false });
    expect(toLineShape([...letters(0, 30), stroke(60)]).endStrokes).toEqual({ head: false, tail: true });
    expect(toLineShape([...letters(0, 30), piece(60, 94, 6, 6)]).endStrokes).toEqual({ head: false, tail: false });
  });

  it("copes with no ink at all", () => {
    expect(toLineShape([])).toEqual({
      marksAbove: 0,
      wideMarks: 0,
      tallLetters: 0,
      tailsBelow: 0,
      gaps: [],
      endStrokes: { head: false, tail: false },
    });
  });
});

describe("compareMarks", () => {
  it.each([
    ["Ali", 1, 0, "justRight"],
    ["Ali", 0, 0, "tooFew"],
    ["Ali", 2, 0, "tooMany"],
    ["Mäki", 3, 0, "justRight"],
    ["Mäki", 1, 0, "tooFew"],
    ["Maki", 2, 0, "tooMany"],
    ["Aysel", 0, 1, "justRight"],
    ["Aysel", 0, 2, "tooMany"],
    ["Abc, def", 0, 1, "justRight"],
  ])("%s with %i marks and %i tails: %s", (text, marksAbove, tailsBelow, expected) => {
    expect(
      compareMarks(text, [{ marksAbove, wideMarks: 0, tallLetters: 0, tailsBelow, gaps: [], endStrokes: { head: false, tail: false } }]),
    ).toBe(expected);
  });

  it("adds the lines of a zone together", () => {
    const shape = { marksAbove: 1, wideMarks: 0, tallLetters: 0, tailsBelow: 0, gaps: [], endStrokes: { head: false, tail: false } };
    expect(compareMarks("Ali Idil", [shape, shape])).toBe("justRight");
  });
});

describe("hasPlausibleSpaces", () => {
  it.each([
    ["Al Hamad", [0.1, 0.8, 0.1, 0.2, 0.1, 0.1], true],
    ["AlHamad", [0.1, 0.8, 0.1, 0.2, 0.1, 0.1], false],
    ["Al Ham ad", [0.1, 0.8, 0.1, 0.2, 0.2, 0.1], false],
    ["Alizada", [0.1, 0.2, 0.1], true],
    ["A B", [0.6], true],
  ])("%s with gaps %j: %s", (text, gaps, expected) => {
    const shape = { marksAbove: 0, wideMarks: 0, tallLetters: 0, tailsBelow: 0, gaps, endStrokes: { head: false, tail: false } };
    expect(hasPlausibleSpaces(text, shape)).toBe(expected);
  });
});
