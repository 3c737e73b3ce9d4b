import { describe, expect, it } from "vitest";
import type { Zone } from "../../../src/model/form-layout.ts";
import type { FieldReading } from "../../../src/model/reading.ts";
import { inkOf } from "../../../src/read/ink/ink-page.ts";
import { withSignatureDoubt, withSwallowedDoubt } from "../../../src/read/tick/swallowed-ink.ts";
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

  it.each([
    [2, true, "review"],
    [1, true, "empty"],
    [2, false, "empty"],
  ])("where %i dots are all that a text shows, black-and-white %s: %s", (dots, isBlackAndWhite, status) => {
    const sheet = formOf(false);
    const { x, y } = TEXT.rect;
    for (let at = 0; at < dots; at++) sheet.stroke([[x + 4 + 3 * at, y + 3] as const, [x + 4.2 + 3 * at, y + 3] as const], 0.3, 0);
    const scanned = scanOf(sheet, isBlackAndWhite ? { bilevelBelow: 128 } : {});
    const ink = inkOf(alignedPageOf(scanned, formOf(false).raster, [...ZONES, TEXT]));
    expect(statusesOf(withSwallowedDoubt([ticked, BLANK_TEXT], [...ZONES, TEXT], ink, scanned)).surname).toBe(status);
  });

  it("doubts every empty box of a page without a single mark, and none beside a mark", () => {
    const bare = ZONES.map(({ field }) => blank(field));
    expect(new Set(Object.values(statusesAt(bare, { isEaten: false })))).toEqual(new Set(["review"]));
    expect(new Set(Object.values(statusesAt(bare, { isEaten: false, isGrey: true })))).toEqual(new Set(["review"]));
    const withMark = [ticked, ...bare.filter(({ field }) => field !== "fullTimeWork")];
    expect(Object.values(statusesAt(withMark, { isEaten: false })).filter((status) => status === "review")).toEqual([]);
  });

  it("doubts questions without an answer; on a black-and-white page also whether work may begin at once", () => {
    const choice: Zone = { ...OTHER, field: "sex", kind: "choice", option: "male", rect: { x: 30, y: 50, width: 4, height: 4 } };
    const when: Zone = { ...OTHER, field: "startFrom" };
    const zones = [...ZONES, TEXT, choice, when];
    const noAnswer: FieldReading = { field: "sex", value: null, confidence: 0.99, status: "empty", evidence: ["blankInk"] };
    const readings = [ticked, BLANK_TEXT, noAnswer, blank("startAtOnce"), blank("partTimeOnly"), { ...noAnswer, field: "startFrom" }];
    const statusesOn = (faults: { bilevelBelow?: number }, given = readings) => {
      const raster = scanOf(formOf(false), faults);
      const ink = inkOf(alignedPageOf(raster, formOf(false).raster, zones));
      return statusesOf(withSwallowedDoubt(given, zones, ink, raster));
    };
    expect(statusesOn({ bilevelBelow: 128 })).toMatchObject({
      sex: "review",
      startAtOnce: "review",
      partTimeOnly: "empty",
      surname: "empty",
    });
    expect(statusesOn({})).toMatchObject({ sex: "review", startAtOnce: "empty" });
    const withDay = readings.map((each) =>
      each.field === "startFrom" ? { ...each, value: "1.1.2027", status: "accepted" as const } : each,
    );
    expect(statusesOn({ bilevelBelow: 128 }, withDay)).toMatchObject({ startAtOnce: "empty" });
  });

  it("doubts full-time work, which nearly everybody ticks, when its box is blank on a black-and-white page with other marks", () => {
    const readings = [blank("fullTimeWork"), { ...ticked, field: "attachPermit" }, blank("partTimeOnly"), BLANK_TEXT];
    expect(statusesAt(readings, { isEaten: false })).toMatchObject({ fullTimeWork: "review", partTimeOnly: "empty" });
    expect(statusesAt(readings, { isEaten: false, isGrey: true })).toMatchObject({ fullTimeWork: "empty" });
  });

  it("is no surer of a field that it doubts than such fields were right", () => {
    const raster = scanOf(formOf(true), { bilevelBelow: 128 });
    const ink = inkOf(alignedPageOf(raster, formOf(false).raster, [...ZONES, TEXT]));
    const [, surname] = withSwallowedDoubt([ticked, BLANK_TEXT], [...ZONES, TEXT], ink, raster);
    expect(surname).toMatchObject({ value: null, status: "review", confidence: 0.9, evidence: ["blankInk"] });
  });

  it("doubts a whole page without mark and writing; beside writing texts are believed when the scan has greys", () => {
    const bare = [...ZONES.map(({ field }) => blank(field)), BLANK_TEXT];
    expect(new Set(Object.values(statusesAt(bare, { isEaten: false })))).toEqual(new Set(["review"]));
    const name: FieldReading = { ...BLANK_TEXT, field: "givenNames", value: "Anna", status: "review" };
    expect(statusesAt([...bare, name], { isEaten: false, isGrey: true }).surname).toBe("empty");
    expect(statusesAt([...bare, name], { isEaten: false }).surname).toBe("review");
  });

  it("doubts an empty field beside whose own rows the box's lines have faded", () => {
    const sides = (to: number): Sheet => {
      const sheet = formOf(false);
      const { x, y, width } = TEXT.rect;
      for (const at of [x - 1, x + width + 1]) sheet.stroke([[at, y] as const, [at, y + to] as const], 0.3, 0);
      return sheet;
    };
    const statusOf = (to: number) => {
      const scanned = scanOf(sides(to));
      const ink = inkOf(alignedPageOf(scanned, sides(7).raster, [...ZONES, TEXT]));
      return statusesOf(withSwallowedDoubt([ticked, BLANK_TEXT], [...ZONES, TEXT], ink, scanned)).surname;
    };
    expect(statusOf(7)).toBe("empty");
    expect(statusOf(3)).toBe("review");
  });
});

describe("withSignatureDoubt", () => {
  const scan = (values: readonly number[]) => ({
    widthPx: 100,
    heightPx: 100,
    dpi: 200,
    data: Uint8Array.from({ length: 10_000 }, (_, at) => values[at % values.length] ?? 0),
  });

  it.each([
    { kind: "none", values: [0, 255], status: "review" },
    { kind: "none", values: [0, 128, 255], status: "accepted" },
    { kind: "stamp", values: [0, 255], status: "review" },
    { kind: "stamp", values: [0, 128, 255], status: "accepted" },
    { kind: "ink", values: [0, 255], status: "accepted" },
  ])("leaves $kind on a scan of $values as $status", ({ kind, values, status }) => {
    expect(withSignatureDoubt({ kind, status: "accepted" }, scan(values)).status).toBe(status);
  });
});
