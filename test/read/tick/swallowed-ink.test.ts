import { describe, expect, it } from "vitest";
import type { Zone } from "../../../src/model/form-layout.ts";
import type { FieldReading } from "../../../src/model/reading.ts";
import { inkOf } from "../../../src/read/ink/ink-page.ts";
import { withSwallowedDoubt } from "../../../src/read/tick/swallowed-ink.ts";
import { alignedPageOf, type Sheet, scanOf, sheetOf } from "../ink/draw-page.ts";

const blank = (field: string): FieldReading => ({ field, value: false, confidence: 0.99, status: "empty", evidence: ["blankInk"] });
const ticked: FieldReading = { field: "fullTimeWork", value: true, confidence: 0.99, status: "accepted", evidence: ["clearInk"] };
const statusesOf = (readings: readonly FieldReading[]) => Object.fromEntries(readings.map(({ field, status }) => [field, status]));

describe("withSwallowedDoubt", () => {
  const ZONES: Zone[] = ["fullTimeWork", "partTimeOnly", "startAtOnce", "attachPermit"].map((field, row) => ({
    field,
    kind: "tick",
    pageNumber: 1,
    rect: { x: 10, y: 10 + 12 * row, width: 4, height: 4 },
    multiline: false,
  }));
  const OTHER: Zone = { field: "givenNames", kind: "text", pageNumber: 1, rect: { x: 30, y: 40, width: 40, height: 7 }, multiline: false };
  const BLANK_TEXT: FieldReading = { field: "surname", value: null, confidence: 0.99, status: "empty", evidence: ["blankInk"] };
  const TEXT: Zone = { field: "surname", kind: "text", pageNumber: 1, rect: { x: 30, y: 20, width: 40, height: 7 }, multiline: false };

  /** Letters of which a scanner left dots, or whole ones, in a field of their own. */
  function written(sheet: Sheet, areLettersWhole: boolean): Sheet {
    for (let at = 0; at < 9; at++) {
      const x = OTHER.rect.x + 2 + at * 3;
      const to = areLettersWhole ? 2.2 : 0.2;
      sheet.stroke([[x, OTHER.rect.y + 2] as const, [x, OTHER.rect.y + 2 + to] as const], 0.3, 0);
    }
    return sheet;
  }

  function formOf(isEaten: boolean): Sheet {
    const sheet = sheetOf(80, 70);
    for (const { rect } of ZONES) sheet.frame(rect, 0.4, 0);
    const { x, y, width } = TEXT.rect;
    // A hairline of which a scanner leaves every other millimetre.
    for (let at = 0; at < width; at += 2)
      sheet.stroke([[x + at, y + 7.5] as const, [x + at + (isEaten ? 0.6 : 2), y + 7.5] as const], 0.2, 0);
    return sheet;
  }

  it.each([
    [true, "empty"],
    [false, "review"],
  ])("believes an empty field beside whole letters (%s): %s", (areLettersWhole, status) => {
    const zones = [...ZONES, TEXT, OTHER];
    const scanned = scanOf(written(formOf(false), areLettersWhole), { bilevelBelow: 128 });
    const ink = inkOf(alignedPageOf(scanned, formOf(false).raster, zones));
    expect(statusesOf(withSwallowedDoubt([ticked, BLANK_TEXT], zones, ink, scanned)).surname).toBe(status);
  });

  function statusesAt(readings: readonly FieldReading[], { isEaten, isGrey = false }: { isEaten: boolean; isGrey?: boolean }) {
    const raster = scanOf(formOf(isEaten), isGrey ? {} : { bilevelBelow: 128 });
    const scanned = isGrey ? { ...raster, data: raster.data.map((value) => Math.max(3, value)) } : raster;
    const page = alignedPageOf(scanned, formOf(false).raster, [...ZONES, TEXT]);
    return statusesOf(withSwallowedDoubt(readings, [...ZONES, TEXT], inkOf(page), scanned));
  }

  it("doubts an empty field where the form's own lines are gone", () => {
    expect(statusesAt([ticked, BLANK_TEXT], { isEaten: true })).toEqual({ fullTimeWork: "accepted", surname: "review" });
    expect(statusesAt([ticked, BLANK_TEXT], { isEaten: false })).toEqual({ fullTimeWork: "accepted", surname: "empty" });
    expect(statusesAt([ticked, BLANK_TEXT], { isEaten: true, isGrey: true })).toEqual({ fullTimeWork: "accepted", surname: "review" });
  });

  it("doubts every empty box of a black-and-white page without a single mark, and none beside a mark", () => {
    const bare = ZONES.map(({ field }) => blank(field));
    expect(new Set(Object.values(statusesAt(bare, { isEaten: false })))).toEqual(new Set(["review"]));
    expect(new Set(Object.values(statusesAt(bare, { isEaten: false, isGrey: true })))).toEqual(new Set(["empty"]));
    const withMark = [ticked, ...bare.filter(({ field }) => field !== "fullTimeWork")];
    expect(Object.values(statusesAt(withMark, { isEaten: false })).filter((status) => status === "review")).toEqual([]);
  });
});
