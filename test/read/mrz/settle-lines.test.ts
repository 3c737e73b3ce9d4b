import { describe, expect, it } from "vitest";
import { type Columns, fitColumns } from "../../../src/read/mrz/fit-columns.ts";
import { MRZ_ALPHABET, MRZ_FORMATS, type MrzFormat } from "../../../src/read/mrz/mrz-format.ts";
import { type SettledLines, settleLines } from "../../../src/read/mrz/settle-lines.ts";
import { isStateCode, weighByStateCodes } from "../../../src/read/mrz/state-codes.ts";
import { voteLines } from "../../../src/read/mrz/vote-lines.ts";
import { passportLines, permitLines } from "./specimen.ts";
import { type Flaws, spell } from "./spelled-reading.ts";

const [TD1, TD3] = MRZ_FORMATS;

function settle(format: MrzFormat | undefined, lines: readonly string[], flaws: readonly (Flaws | undefined)[] = []): SettledLines {
  if (format === undefined) throw new Error("expected a format");
  const columns = fitColumns(
    lines.map((line, index) => spell(line, flaws[index])),
    format.columns,
    MRZ_ALPHABET.length,
  );
  if (columns === null) throw new Error("expected columns");
  const read = columns.map((line) => ({ columns: line, clarity: 0.9 }));
  return settleLines(weighByStateCodes(voteLines([read, read], format), format), format);
}

describe("settleLines", () => {
  const card = permitLines({});
  const passport = passportLines();

  it("takes over what was clearly read", () => {
    const settled = settle(TD1, card);
    expect(settled.lines).toEqual(card);
    expect(settled.repairs).toBe(0);
    expect(settled.confidence).toBeGreaterThan(0.9);
  });

  it("counts swallowed fillers by the gap they leave", () => {
    expect(settle(TD3, passport, [{ swallowed: [8, 9, 20, 30, 31, 43] }, { swallowed: [30, 31, 33] }]).lines).toEqual(passport);
  });

  it("does not shift a line whose first letter was missed, and is unsure of it", () => {
    const settled = settle(TD1, card, [undefined, undefined, { swallowed: [0] }]);
    expect(settled.lines[2]?.slice(1)).toBe(card[2]?.slice(1));
    expect(settled.confidence).toBeLessThan(0.4);
  });

  it("turns fillers that look like K at the end of the names into fillers", () => {
    const doubts = Object.fromEntries([26, 27, 28, 29].map((column) => [column, ["K", 0.6]] as const));
    expect(settle(TD1, permitLines({ names: "OMAR<<ALI" }), [undefined, undefined, { doubts }]).lines[2]).toBe("OMAR<<ALI".padEnd(30, "<"));
  });

  it("keeps a K that ends a name", () => {
    expect(settle(TD1, permitLines({ names: "OMAR<<MALIK" })).lines[2]).toBe("OMAR<<MALIK".padEnd(30, "<"));
  });

  it("repairs a digit by the check digit over it when the right one was seen too", () => {
    const settled = settle(TD1, card, [{ doubts: { 8: ["8", 0.6] } }]);
    expect(settled.lines).toEqual(card);
    expect(settled.repairs).toBe(1);
  });

  it("leaves a wrong digit alone when nothing else was seen", () => {
    const wrong = card.map((line, index) => (index === 0 ? line.replace("1234567", "1284567") : line));
    expect(settle(TD1, wrong).lines).toEqual(wrong);
  });

  it("reads a digit where only a letter may stand as the letter, weighing the states that exist", () => {
    const lines = card.map((line, index) => (index === 1 ? line.replace("SOM", "S0M") : line));
    expect(settle(TD1, lines).lines[1]).toBe(card[1]);
  });

  it("is unsure of names whose surname does not end in two fillers", () => {
    expect(settle(TD1, permitLines({ names: "TRAVELERK<HAPPY" })).confidence).toBeLessThanOrEqual(0.5);
    expect(settle(TD1, permitLines({ names: "TRAVELER" })).confidence).toBeGreaterThan(0.9);
  });

  it("is unsure of a character that may not stand where it was seen", () => {
    expect(
      settle(
        TD1,
        card.map((line, index) => (index === 0 ? `P${line.slice(1)}` : line)),
      ).confidence,
    ).toBeLessThan(0.1);
  });

  it("is unsure of a name letter that was seen two ways", () => {
    expect(settle(TD1, card, [undefined, undefined, { doubts: { 3: ["I", 0.45] } }]).confidence).toBeLessThan(0.6);
  });
});

describe("fitColumns", () => {
  const line = passportLines()[1] ?? "";

  it("returns null when too little was seen", () => {
    expect(fitColumns([spell("AB<")], 44, MRZ_ALPHABET.length)).toBeNull();
  });

  it("leaves out a card's edge before the first and after the last column", () => {
    const reading = spell(`1${line}`, { start: 0.02 });
    const edged = { ...reading, characters: reading.characters.map((seen, index) => (index === 0 ? { ...seen, confidence: 0.2 } : seen)) };
    expect(textOf(fitColumns([edged, spell(line, { start: 0.02 + 0.92 / 44 })], 44, MRZ_ALPHABET.length))).toEqual([line, line]);
  });

  it("follows letters that are wider than others", () => {
    const reading = spell(line);
    const bent = {
      ...reading,
      characters: reading.characters.map((seen, index) => ({ ...seen, position: seen.position + 0.0001 * index })),
    };
    expect(textOf(fitColumns([bent], 44, MRZ_ALPHABET.length))).toEqual([line]);
  });
});

function textOf(lines: readonly Columns[] | null): string[] {
  return (lines ?? []).map((columns) => columns.map((shares) => MRZ_ALPHABET[shares.indexOf(Math.max(...shares))] ?? "").join(""));
}

describe("isStateCode", () => {
  it.each([
    ["FIN", true],
    ["D", true],
    ["XXB", true],
    ["RKS", true],
    ["CDD", false],
  ])("%s -> %s", (code, expected) => {
    expect(isStateCode(code)).toBe(expected);
  });
});
