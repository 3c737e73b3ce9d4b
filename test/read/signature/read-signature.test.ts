import { describe, expect, it } from "vitest";
import type { Zone } from "../../../src/model/form-layout.ts";
import { inkOf } from "../../../src/read/ink/ink-page.ts";
import { readSignature } from "../../../src/read/signature/read-signature.ts";
import { alignedPageOf, type Point, type ScanFaults, type Sheet, scanOf, sheetOf } from "../ink/draw-page.ts";

const BOX = { x: 14, y: 24, width: 90, height: 20 };
const SIGNATURE: Zone = { field: "signature", kind: "signature", pageNumber: 1, rect: BOX, multiline: false };
const PLACE: Zone = { field: "signingPlace", kind: "text", pageNumber: 1, rect: { x: 14, y: 15, width: 40, height: 8 }, multiline: false };
const PEN = 60;

function drawForm(sheet: Sheet): Sheet {
  sheet.frame({ x: 14, y: 13, width: 90, height: 31 }, 0.3, 20);
  sheet.stroke([[14, 24] as const, [104, 24] as const], 0.3, 20);
  for (let x = 15; x < 32; x += 0.9) sheet.stroke([[x, 25] as const, [x, 26.8 - (x % 2) / 4] as const], 0.35, 30);
  return sheet;
}

const BLANK = drawForm(sheetOf(120, 60));

function readBox(draw: (sheet: Sheet) => void, faults: ScanFaults = {}) {
  const sheet = drawForm(sheetOf(120, 60));
  draw(sheet);
  const page = alignedPageOf(scanOf(sheet, faults), BLANK.raster, [SIGNATURE, PLACE]);
  return readSignature(inkOf(page), SIGNATURE);
}

/** A loop followed by waves of falling height, as hands sign. */
function sign(sheet: Sheet, centreY = 36, grey = PEN, widthMm = 0.5): void {
  const points = Array.from({ length: 240 }, (_, i): Point => {
    const t = i / 240;
    return [25 + 42 * t + 3 * Math.sin(t * 40), centreY + 4.5 * (1 - 0.5 * t) * Math.sin(t * 47)];
  });
  sheet.stroke(points, widthMm, grey);
}

type Glyph = readonly (readonly Point[])[];
const H: Glyph = [
  [
    [0, 0],
    [0, 1],
  ],
  [
    [0.7, 0],
    [0.7, 1],
  ],
  [
    [0, 0.5],
    [0.7, 0.5],
  ],
];
const L: Glyph = [
  [
    [0, 0],
    [0, 1],
    [0.6, 1],
  ],
];
const T: Glyph = [
  [
    [0, 0],
    [0.7, 0],
  ],
  [
    [0.35, 0],
    [0.35, 1],
  ],
];
const E: Glyph = [
  [
    [0.6, 0],
    [0, 0],
    [0, 1],
    [0.6, 1],
  ],
  [
    [0, 0.5],
    [0.5, 0.5],
  ],
];

/** Sets capitals of one size on one line, as print does; `turn` in radians about the first letter. */
function print(sheet: Sheet, glyphs: readonly Glyph[], from: Point, heightMm: number, turn = 0, lineMm = 0.35): void {
  glyphs.forEach((glyph, i) => {
    for (const line of glyph) {
      const points = line.map(([u, v]): Point => {
        const along = (i * 1.05 + u) * heightMm;
        const down = v * heightMm;
        return [from[0] + along * Math.cos(turn) - down * Math.sin(turn), from[1] + along * Math.sin(turn) + down * Math.cos(turn)];
      });
      sheet.stroke(points, lineMm, 30);
    }
  });
}

const NAME = [H, E, L, L, E, T, H, T, E, L];

function ring(sheet: Sheet, centre: Point, radiusMm: number): void {
  const points = Array.from({ length: 121 }, (_, i): Point => {
    const angle = (i * Math.PI) / 60;
    return [centre[0] + radiusMm * Math.cos(angle), centre[1] + radiusMm * Math.sin(angle)];
  });
  sheet.stroke(points, 0.4, PEN);
}

function roundStamp(sheet: Sheet, centre: Point): void {
  ring(sheet, centre, 11);
  ring(sheet, centre, 9.8);
  print(sheet, [H, E, L, T], [centre[0] - 4, centre[1] - 3], 2, -0.2);
  print(sheet, [T, L, E, H], [centre[0] - 4, centre[1] + 2], 2, -0.2);
}

function framedStamp(sheet: Sheet, corner: Point, turn: number): void {
  const at = (u: number, v: number): Point => [
    corner[0] + u * Math.cos(turn) - v * Math.sin(turn),
    corner[1] + u * Math.sin(turn) + v * Math.cos(turn),
  ];
  sheet.stroke([at(0, 0), at(34, 0), at(34, 12), at(0, 12), at(0, 0)], 0.4, PEN);
  print(sheet, [H, E, L, T, L, E, H], at(4, 2), 3, turn);
  print(sheet, [T, E, L, L, H, T, E, L], at(4, 7), 2, turn);
}

const FAULTS: [string, ScanFaults][] = [
  ["clean", {}],
  ["shifted", { shiftPx: [-2, 1] }],
  ["blurred", { blur: 2 }],
  ["in uneven light", { light: [240, 130] }],
  ["noisy", { noise: 8, seed: 9 }],
  ["bilevel", { bilevelBelow: 160 }],
];

describe("readSignature", () => {
  it.each(FAULTS)("asserts that an empty box holds no signature: %s", (_name, faults) => {
    expect(readBox(() => {}, faults)).toMatchObject({ present: false, kind: "none", status: "accepted" });
  });

  it.each(FAULTS)("accepts a signature: %s", (_name, faults) => {
    expect(readBox((sheet) => sign(sheet), faults)).toMatchObject({ present: true, kind: "ink", status: "accepted" });
  });

  it.each([
    ["the upper border", 25.5],
    ["the lower border", 43],
  ])("accepts a signature across %s", (_name, y) => {
    expect(readBox((sheet) => sign(sheet, y))).toMatchObject({ present: true, kind: "ink" });
  });

  it("accepts a cross as a signature", () => {
    const reading = readBox((sheet) => {
      sheet.stroke(
        [
          [25, 30],
          [33, 38],
        ],
        0.6,
        PEN,
      );
      sheet.stroke(
        [
          [25, 38],
          [33, 30],
        ],
        0.6,
        PEN,
      );
    });
    expect(reading).toMatchObject({ present: true, status: "accepted" });
  });

  it("accepts initials", () => {
    const reading = readBox((sheet) => print(sheet, [H, L], [25, 31], 4.4, 0, 0.7));
    expect(reading).toMatchObject({ present: true, kind: "initials", status: "accepted" });
  });

  it.each(FAULTS)("tells a typed name from a signature: %s", (_name, faults) => {
    const reading = readBox((sheet) => print(sheet, NAME, [25, 33], 2.6), faults);
    expect(reading).toMatchObject({ present: false, kind: "typed" });
  });

  it("tells a round stamp from a signature", () => {
    expect(readBox((sheet) => roundStamp(sheet, [70, 34]))).toMatchObject({ present: false, kind: "stamp", status: "accepted" });
  });

  it.each([0, 0.09, -0.15])("tells a framed stamp turned by %f rad from a signature", (turn) => {
    expect(readBox((sheet) => framedStamp(sheet, [50, 29], turn))).toMatchObject({ present: false, kind: "stamp" });
  });

  it("finds the signature under a stamp", () => {
    const reading = readBox((sheet) => {
      sign(sheet);
      roundStamp(sheet, [66, 36]);
    });
    expect(reading).toMatchObject({ present: true, kind: "ink", status: "accepted" });
  });

  it("has a punch hole, a staple and a smudge looked at rather than taking them for a signature", () => {
    const hole = readBox((sheet) => sheet.stroke([[60, 34]], 6, 40));
    const staple = readBox((sheet) =>
      sheet.stroke(
        [
          [60, 32],
          [68, 36],
        ],
        0.6,
        50,
      ),
    );
    expect(hole).toMatchObject({ present: false, status: "review" });
    expect(staple).toMatchObject({ present: false, status: "review" });
  });

  it("does not mistake a fold through the page for a signature", () => {
    expect(
      readBox((sheet) =>
        sheet.stroke(
          [
            [0, 37],
            [120, 37.4],
          ],
          0.2,
          130,
        ),
      ),
    ).toMatchObject({ present: false, kind: "none" });
  });

  it("never accepts ink that is as pale as what shows through from the back", () => {
    const reading = readBox((sheet) => sign(sheet, 36, 190));
    expect(reading.status).toBe("review");
  });

  it("does not take the next field's descenders for a signature", () => {
    const reading = readBox((sheet) => {
      for (const x of [20, 26, 33])
        sheet.stroke(
          [
            [x, 20.5],
            [x + 1.2, 22.8],
            [x + 0.3, 25.2],
          ],
          0.4,
          40,
        );
    });
    expect(reading).toMatchObject({ present: false, kind: "none" });
  });

  it("has the signature looked at on a page whose boxes drifted", () => {
    const sheet = drawForm(sheetOf(120, 60));
    sign(sheet);
    const page = alignedPageOf(scanOf(sheet), BLANK.raster, [SIGNATURE]);
    const drifted = { ...page, drift: { ...page.drift, drifted: true } };
    expect(readSignature(inkOf(drifted), SIGNATURE)).toMatchObject({ present: true, status: "review" });
  });

  it("takes the form's own lines for ink when the blank is not taken out", () => {
    const empty = scanOf(drawForm(sheetOf(120, 60)));
    const page = alignedPageOf(empty, sheetOf(120, 60).raster, [SIGNATURE]);
    expect(readSignature(inkOf(page), SIGNATURE)).not.toMatchObject({ kind: "none", status: "accepted" });
  });
});
