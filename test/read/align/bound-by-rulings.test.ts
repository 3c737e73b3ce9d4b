import { describe, expect, it } from "vitest";
import { boundByRulings } from "../../../src/read/align/bound-by-rulings.ts";
import { fillRect, paper, sequence, word } from "./synthetic-form.ts";

const AREA = { x: 20, y: 40, width: 60, height: 7 };
const EDGE_MM = 190;

function sheetWithRulings(...xs: readonly number[]) {
  const sheet = paper(210, 297, 200);
  for (const x of xs) fillRect(sheet, { x, y: 36, width: 0.25, height: 13 }, 20);
  word(sheet, { x: 22, y: 42, height: 4, letters: 10 }, sequence(3));
  return sheet;
}

const endOf = ({ x, width }: { readonly x: number; readonly width: number }): number => x + width;

describe("boundByRulings", () => {
  it.each([
    { what: "a narrower cell", ruling: 62, end: 61.3 },
    { what: "a wider cell", ruling: 110, end: 109.3 },
  ])("ends at the ruling of $what", ({ ruling, end }) => {
    expect(endOf(boundByRulings(AREA, [], EDGE_MM, sheetWithRulings(ruling, 150)))).toBeCloseTo(end, 0);
  });

  it("takes no letter for a ruling, nor the line in which the field begins", () => {
    expect(boundByRulings(AREA, [], EDGE_MM, sheetWithRulings(19.5))).toEqual(AREA);
  });

  it("ends before the next field of its row where no ruling is seen, and not for a field of another row", () => {
    const next = { ...AREA, x: 70 };
    expect(endOf(boundByRulings(AREA, [next], EDGE_MM, sheetWithRulings()))).toBeCloseTo(68.5, 5);
    expect(endOf(boundByRulings(AREA, [{ ...next, y: 60 }], EDGE_MM, sheetWithRulings()))).toBeCloseTo(80, 5);
  });

  it("does not run beyond the form's own edge to a line that the scanner drew", () => {
    const wide = { ...AREA, x: 150, width: 40 };
    expect(endOf(boundByRulings(wide, [], EDGE_MM, sheetWithRulings(205)))).toBeCloseTo(190, 5);
  });
});
