import { describe, expect, it } from "vitest";
import type { Zone } from "../../../src/model/form-layout.ts";
import type { FieldReading } from "../../../src/model/reading.ts";
import { inkOf } from "../../../src/read/ink/ink-page.ts";
import { readTicks } from "../../../src/read/tick/read-ticks.ts";
import { alignedPageOf, randomOf, type ScanFaults, type Sheet, scanOf, sheetOf } from "../ink/draw-page.ts";
import { anyPen, drawMark, formSheet, type MarkStyle, PAGE_MM, PEN, rectOf, ZONES } from "./draw-marks.ts";

const BLANK = formSheet();

function readForm(draw: (sheet: Sheet) => void, faults: ScanFaults = {}, zones: readonly Zone[] = ZONES, blank: Sheet = BLANK) {
  const sheet = formSheet();
  draw(sheet);
  const page = alignedPageOf(scanOf(sheet, faults), blank.raster, zones);
  return new Map(readTicks(inkOf(page), zones).map((reading) => [reading.field, reading]));
}

function outcomeOf(reading: FieldReading | undefined): string {
  return `${String(reading?.value)} ${reading?.status}`;
}

const FAULTS: [string, ScanFaults][] = [
  ["clean", {}],
  ["shifted", { shiftPx: [2, -1] }],
  ["blurred", { blur: 2, shiftPx: [-1, 1] }],
  ["in uneven light", { light: [235, 120] }],
  ["noisy", { noise: 9, seed: 5 }],
  ["bilevel", { bilevelBelow: 150, shiftPx: [1, 0] }],
];
const CLEAR: MarkStyle[] = ["cross", "check", "slash", "dot", "overflow"];

describe("readTicks", () => {
  it.each(FAULTS)("asserts that every box of an empty form is empty: %s", (_name, faults) => {
    const readings = [...readForm(() => {}, faults).values()];
    expect(readings).toHaveLength(8);
    expect(new Set(readings.map((reading) => reading.status))).toEqual(new Set(["empty"]));
    expect(new Set(readings.map((reading) => String(reading.value)))).toEqual(new Set(["false", "null"]));
    expect(readings.every((reading) => reading.evidence.includes("blankInk"))).toBe(true);
  });

  it.each(FAULTS.flatMap(([name, faults]) => CLEAR.map((style) => [style, name, faults] as const)))(
    "accepts a clear %s: %s",
    (style, _name, faults) => {
      const readings = readForm((sheet) => {
        drawMark(sheet, rectOf("fullTimeWork"), style);
        drawMark(sheet, rectOf("readsLatin", "little"), style);
      }, faults);
      expect(outcomeOf(readings.get("fullTimeWork"))).toBe("true accepted");
      expect(outcomeOf(readings.get("readsLatin"))).toBe("little accepted");
      expect(readings.get("readsLatin")?.evidence).toEqual(["clearInk"]);
      expect(outcomeOf(readings.get("partTimeOnly"))).toBe("false empty");
      expect(outcomeOf(readings.get("ableToWork"))).toBe("null empty");
    },
  );

  it.each([
    ["filled", true],
    ["faint", true],
    ["beside", true],
    ["overLabel", true],
    ["onLabelEnd", false],
    ["struck", true],
    ["noteBefore", true],
    ["noteAbove", true],
    ["circle", true],
    ["scribble", false],
    ["strike", false],
    ["hole", false],
  ] as const)("leaves a tick that is %s to a person, guessing %s", (style, guess) => {
    const reading = readForm((sheet) => drawMark(sheet, rectOf("fullTimeWork"), style)).get("fullTimeWork");
    expect(outcomeOf(reading)).toBe(`${guess} review`);
    expect(reading?.evidence).toEqual([]);
  });

  it("sees a note in pencil beside a pencil's mark", () => {
    const pencil = { ...PEN, grey: 150 };
    const crosses = ["nonDisclosure", "interpreterNeeded", "partTimeOnly", "attachPermit"];
    const readings = readForm((sheet) => {
      for (const field of crosses) drawMark(sheet, rectOf(field), "cross", pencil);
      drawMark(sheet, rectOf("fullTimeWork"), "noteBefore", pencil);
    });
    expect(outcomeOf(readings.get("partTimeOnly"))).toBe("true accepted");
    expect(outcomeOf(readings.get("fullTimeWork"))).toBe("true review");
  });

  it("never answers for a box that a stamp's ring crosses", () => {
    const readings = readForm((sheet) => drawMark(sheet, rectOf("attachPermit"), "arc"));
    expect(readings.get("attachPermit")?.status).toBe("review");
  });

  it("takes the cross when another option is scribbled out, but has it looked at", () => {
    const readings = readForm((sheet) => {
      drawMark(sheet, rectOf("readsLatin", "yes"), "scribble");
      drawMark(sheet, rectOf("readsLatin", "no"), "cross");
    });
    expect(outcomeOf(readings.get("readsLatin"))).toBe("no review");
  });

  it.each(["scribble", "filled"] as const)("guesses the only box with ink, be it a %s, and has it looked at", (style) => {
    const readings = readForm((sheet) => drawMark(sheet, rectOf("readsLatin", "little"), style));
    expect(outcomeOf(readings.get("readsLatin"))).toBe("little review");
  });

  it("guesses nothing when two boxes of a choice are blackened out of their edges by punch holes", () => {
    const readings = readForm((sheet) => {
      drawMark(sheet, rectOf("readsLatin", "yes"), "hole");
      drawMark(sheet, rectOf("readsLatin", "no"), "hole");
    });
    expect(outcomeOf(readings.get("readsLatin"))).toBe("null review");
  });

  it("has two crosses in one choice looked at", () => {
    const readings = readForm((sheet) => {
      drawMark(sheet, rectOf("readsLatin", "yes"), "cross");
      drawMark(sheet, rectOf("readsLatin", "no"), "cross");
    });
    expect(readings.get("readsLatin")?.status).toBe("review");
  });

  it("accepts filled boxes of a person who fills all boxes in", () => {
    const readings = readForm((sheet) => {
      for (const field of ["fullTimeWork", "interpreterNeeded", "attachPermit"]) drawMark(sheet, rectOf(field), "filled");
      drawMark(sheet, rectOf("ableToWork", "yes"), "filled");
    });
    expect(outcomeOf(readings.get("fullTimeWork"))).toBe("true accepted");
    expect(outcomeOf(readings.get("ableToWork"))).toBe("yes accepted");
  });

  it("has everything looked at on a page whose boxes drifted", () => {
    const sheet = formSheet();
    drawMark(sheet, rectOf("fullTimeWork"), "cross");
    const page = alignedPageOf(scanOf(sheet), BLANK.raster, ZONES);
    const drifted = { ...page, drift: { ...page.drift, drifted: true } };
    const statuses = readTicks(inkOf(drifted), ZONES).map((reading) => reading.status);
    expect(new Set(statuses)).toEqual(new Set(["review"]));
  });

  it("takes print beside a box of another version for no mark, and a mark inside for one", () => {
    const sheet = formSheet();
    drawMark(sheet, rectOf("fullTimeWork"), "cross");
    drawMark(sheet, rectOf("interpreterNeeded"), "beside");
    const page = alignedPageOf(scanOf(sheet), BLANK.raster, ZONES);
    const other = { ...page, drift: { ...page.drift, drifted: true, isOtherVersion: true } };
    const readings = new Map(readTicks(inkOf(other), ZONES).map((reading) => [reading.field, reading]));
    expect(outcomeOf(readings.get("fullTimeWork"))).toBe("true review");
    expect(outcomeOf(readings.get("interpreterNeeded"))).toBe("false review");
    const known = new Map(readTicks(inkOf(page), ZONES).map((reading) => [reading.field, reading]));
    expect(outcomeOf(known.get("interpreterNeeded"))).toBe("true review");
  });

  it("has a box looked at whose surroundings do not fit the scan", () => {
    const page = alignedPageOf(scanOf(formSheet()), BLANK.raster, ZONES);
    const torn = { ...page, localQuality: () => 0.2 };
    expect(readTicks(inkOf(torn), ZONES).every((reading) => reading.status === "review")).toBe(true);
  });

  it("makes no error on 300 clear marks of any pen in any scan", () => {
    const random = randomOf(77);
    const wrong: string[] = [];
    let accepted = 0;
    for (let page = 0; page < 50; page++) {
      const faults = FAULTS[page % FAULTS.length]?.[1] ?? {};
      const pen = anyPen(page + 1);
      const expected = new Map<string, string | boolean>();
      const readings = readForm(
        (sheet) => {
          for (const field of ["nonDisclosure", "fullTimeWork", "attachPermit", "readsLatin", "readsMotherTongue", "ableToWork"]) {
            const style = CLEAR[Math.floor(random() * CLEAR.length)] ?? "cross";
            const options = ZONES.filter((zone) => zone.field === field);
            const zone = options[Math.floor(random() * options.length)];
            if (zone === undefined) continue;
            drawMark(sheet, zone.rect, style, pen);
            expected.set(field, zone.option ?? true);
          }
        },
        { ...faults, seed: page },
      );
      for (const reading of readings.values()) {
        if (reading.status !== "review" && reading.value !== (expected.get(reading.field) ?? false)) wrong.push(reading.field);
        if (reading.status === "accepted") accepted++;
      }
    }
    expect(wrong).toEqual([]);
    expect(accepted).toBeGreaterThan(285);
  });
});

function drawTwoCrosses(sheet: Sheet): void {
  drawMark(sheet, rectOf("fullTimeWork"), "cross");
  drawMark(sheet, rectOf("readsLatin", "yes"), "cross");
}

describe("readTicks notices a wrong set-up", () => {
  it("does not accept the same page without the blank's ink taken out", () => {
    const readings = readForm(drawTwoCrosses, {}, ZONES, sheetOf(PAGE_MM.width, PAGE_MM.height));
    expect([...readings.values()].some((reading) => reading.status === "empty")).toBe(false);
  });

  it("reads the other field when two boxes are swapped", () => {
    const swapped = ZONES.map((zone) => {
      if (zone.field === "fullTimeWork") return { ...zone, field: "partTimeOnly" };
      return zone.field === "partTimeOnly" ? { ...zone, field: "fullTimeWork" } : zone;
    });
    const readings = readForm(drawTwoCrosses, {}, swapped);
    expect(outcomeOf(readings.get("fullTimeWork"))).toBe("false empty");
    expect(outcomeOf(readings.get("partTimeOnly"))).toBe("true accepted");
  });

  it("does not accept a mark when its zone is 3 mm off", () => {
    const shifted = ZONES.map((zone) => (zone.field === "fullTimeWork" ? { ...zone, rect: { ...zone.rect, x: zone.rect.x + 3 } } : zone));
    expect(readForm(drawTwoCrosses, {}, shifted).get("fullTimeWork")?.status).toBe("review");
  });
});
