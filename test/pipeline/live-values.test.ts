import { describe, expect, it } from "vitest";
import type { Zone } from "../../src/model/form-layout.ts";
import type { DecodedPage } from "../../src/model/page.ts";
import { hasLiveField, toLiveReading } from "../../src/pipeline/live-values.ts";

const zone = (more: Partial<Zone> = {}): Zone => ({
  field: "givenNames",
  kind: "text",
  pageNumber: 1,
  pdfName: "vorname",
  rect: { x: 20, y: 20, width: 60, height: 6 },
  multiline: false,
  ...more,
});

function page(values: Record<string, string>, disagreeing?: readonly string[]): DecodedPage {
  return {
    source: { fileIndex: 0, pageIndex: 0 },
    raster: { widthPx: 1, heightPx: 1, dpi: 200, data: new Uint8Array([255]) },
    formValues: new Map(Object.entries(values)),
    ...(disagreeing === undefined ? {} : { formValuesDisagree: disagreeing }),
  };
}

describe("toLiveReading", () => {
  it("finds the value of a form from elsewhere under the PDF's own name", () => {
    expect(toLiveReading("givenNames", [zone()], page({ vorname: "Anna" }))).toMatchObject({ value: "Anna", status: "accepted" });
  });

  it("leaves a field of another name to a person when the readers disagree on it", () => {
    expect(toLiveReading("givenNames", [zone()], page({}, ["vorname"]))).toMatchObject({ value: null, status: "review" });
  });

  it("leaves a stored text to a person when its box shows another", () => {
    const shown = { ...page({ vorname: "Anna" }), formValuesShownOtherwise: ["vorname"] };
    expect(toLiveReading("givenNames", [zone()], shown)).toMatchObject({ value: "Anna", status: "review", isUnreliable: true });
  });

  it("names an option by its key", () => {
    const boxes = [
      zone({ field: "sex", kind: "choice", pdfName: "geschlecht", option: "male", pdfOption: "m" }),
      zone({ field: "sex", kind: "choice", pdfName: "geschlecht", option: "female", pdfOption: "w" }),
    ];
    expect(toLiveReading("sex", boxes, page({ geschlecht: "w" }))).toMatchObject({ value: "female", status: "accepted" });
    expect(toLiveReading("sex", boxes, page({ geschlecht: "x" }))).toMatchObject({ value: null, raw: "x", status: "review" });
  });
});

describe("hasLiveField", () => {
  it("looks for the PDF's own names", () => {
    expect(hasLiveField([zone()], page({ vorname: "" }))).toBe(true);
    expect(hasLiveField([zone()], page({ givenNames: "" }))).toBe(false);
  });
});
