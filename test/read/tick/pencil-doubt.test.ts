import { describe, expect, it } from "vitest";
import type { FieldReading } from "../../../src/model/reading.ts";
import { withPencilDoubt, withSignatureDoubt } from "../../../src/read/tick/pencil-doubt.ts";

const blank = (field: string): FieldReading => ({ field, value: false, confidence: 0.99, status: "empty", evidence: ["blankInk"] });
const ticked: FieldReading = { field: "fullTimeWork", value: true, confidence: 0.99, status: "accepted", evidence: ["clearInk"] };
const scan = (values: readonly number[]) => ({
  widthPx: 100,
  heightPx: 100,
  dpi: 200,
  data: Uint8Array.from({ length: 10_000 }, (_, at) => values[at % values.length] ?? 0),
});
const statusesOf = (readings: readonly FieldReading[]) => Object.fromEntries(readings.map(({ field, status }) => [field, status]));

describe("withPencilDoubt", () => {
  it("doubts a blank box that nearly everybody ticks on a black-and-white scan", () => {
    const readings = withPencilDoubt([blank("fullTimeWork"), blank("nonDisclosure")], scan([0, 255]));
    expect(statusesOf(readings)).toEqual({ fullTimeWork: "review", nonDisclosure: "empty" });
  });

  it("believes a blank box on a scan with greys, and a ticked one on any", () => {
    expect(statusesOf(withPencilDoubt([blank("fullTimeWork")], scan([0, 128, 255])))).toEqual({ fullTimeWork: "empty" });
    expect(statusesOf(withPencilDoubt([ticked], scan([0, 255])))).toEqual({ fullTimeWork: "accepted" });
  });
});

describe("withSignatureDoubt", () => {
  it.each([
    { kind: "none", values: [0, 255], status: "review" },
    { kind: "none", values: [0, 128, 255], status: "accepted" },
    { kind: "stamp", values: [0, 255], status: "accepted" },
    { kind: "ink", values: [0, 255], status: "accepted" },
  ])("leaves $kind on a scan of $values as $status", ({ kind, values, status }) => {
    expect(withSignatureDoubt({ kind, status: "accepted" }, scan(values)).status).toBe(status);
  });
});
