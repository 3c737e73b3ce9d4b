import { describe, expect, it } from "vitest";
import { sizeOfLine } from "../../../src/read/attachment/cut-line.ts";
import type { TextLine } from "../../../src/read/attachment/ports.ts";
import { findZones, looksMachineReadable, shiftLine } from "../../../src/read/mrz/find-zones.ts";
import { passportLines, permitLines } from "./specimen.ts";

/** A line of `length` x `height` px whose left end's middle lies at (x, y) of a page turned by `angle` radians around its corner. */
function lineAt(x: number, y: number, length: number, height: number, angle = 0): TextLine {
  const point = (u: number, v: number): { x: number; y: number } => ({
    x: u * Math.cos(angle) - v * Math.sin(angle),
    y: u * Math.sin(angle) + v * Math.cos(angle),
  });
  const [top, bottom] = [y - height / 2, y + height / 2];
  return { corners: [point(x, top), point(x + length, top), point(x + length, bottom), point(x, bottom)], score: 1 };
}

describe("looksMachineReadable", () => {
  it.each([
    ["IRFINXA12345674<<<<<<<<<<<<<<<", true],
    ["P<SOMNUR<<HASSAN", true],
    ["A123456784SOM0611240M3101010", true],
    ["KADIMAACSHMZAAAAAAAAAAAAAAA", true],
    ["VIRTANEN ABDI AMINA HODAN JA MUUT", false],
    ["Kansalaisuus/Nationality", false],
    ["<<<", false],
    ["18 000000 00000", false],
  ])("%s -> %s", (text, expected) => {
    expect(looksMachineReadable(text)).toBe(expected);
  });
});

describe("findZones", () => {
  const card = permitLines({});

  it.each([0, 0.09, Math.PI / 2, Math.PI])("groups the three lines of a card on a page turned by %f, top line first", (angle) => {
    const places = card.map((_, index) => lineAt(100, 200 + 42 * index, 600, 40, angle));
    const seen = [2, 0, 1].flatMap((index) => {
      const place = places[index];
      return place === undefined ? [] : [{ place, text: card[index] ?? "" }];
    });
    const [zone, ...others] = findZones([...seen, { place: lineAt(100, 60, 300, 30, angle), text: "OLESKELULUPA RESIDENCE PERMIT" }]);
    expect(others).toEqual([]);
    expect(zone?.lines).toHaveLength(3);
    for (const [index, line] of (zone?.lines ?? []).entries()) {
      expect(line.corners[0].x).toBeCloseTo(places[index]?.corners[0].x ?? Number.NaN, 3);
      expect(line.corners[0].y).toBeCloseTo(places[index]?.corners[0].y ?? Number.NaN, 3);
    }
  });

  it("takes in a line of the zone that could not be read", () => {
    const texts = [card[0] ?? "", "86O81", card[2] ?? ""];
    expect(findZones(texts.map((text, index) => ({ text, place: lineAt(0, 40 * index, 600, 38) })))[0]?.lines).toHaveLength(3);
  });

  it("joins a line that the detector cut and gives all lines one start and one end", () => {
    const [first = "", second = ""] = passportLines();
    const zones = findZones([
      { text: first.slice(0, 33), place: lineAt(10, 0, 500, 30) },
      { text: "<<<<<<", place: lineAt(520, 0, 100, 28) },
      { text: second, place: lineAt(12, 40, 620, 30) },
    ]);
    expect(zones).toHaveLength(1);
    for (const line of zones[0]?.lines ?? []) expect(sizeOfLine(line).lengthPx).toBeCloseTo(622, 0);
  });

  it("keeps the zones of two cards on one page apart", () => {
    const seen = card.flatMap((text, index) => [
      { text, place: lineAt(0, 40 * index, 600, 38) },
      { text, place: lineAt(0, 900 + 40 * index, 600, 38) },
    ]);
    expect(findZones(seen).map(({ lines }) => lines.length)).toEqual([3, 3]);
  });

  it("finds none on a page of prose", () => {
    expect(findZones([{ text: "Ohessa asiakkaan ilmoittautumislomake liitteineen.", place: lineAt(0, 0, 600, 30) }])).toEqual([]);
  });
});

describe("shiftLine", () => {
  it("moves a line down its own page", () => {
    const moved = shiftLine(lineAt(0, 0, 100, 20, Math.PI / 2), 30);
    expect(moved.corners[0].x).toBeCloseTo(lineAt(0, 30, 100, 20, Math.PI / 2).corners[0].x, 6);
  });
});
