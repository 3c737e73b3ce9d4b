import { describe, expect, it } from "vitest";
import { assertMappingFits, parseGivenMapping } from "../../src/commands/form-mapping.ts";
import type { FormLayout, Zone } from "../../src/model/form-layout.ts";

const zone = (field: string, kind: Zone["kind"], pdfName?: string): Zone => ({
  field,
  kind,
  pageNumber: 1,
  rect: { x: 10, y: 10, width: 20, height: 6 },
  multiline: false,
  ...(pdfName === undefined ? {} : { pdfName }),
});

const LAYOUT: FormLayout = {
  id: "F/en/1",
  code: "F",
  language: "en",
  version: "1",
  pages: [{ pageNumber: 1, widthMm: 210, heightMm: 297, words: [], marks: [] }],
  zones: [zone("surname", "text", "Family name"), zone("gdpr", "tick")],
};

describe("parseGivenMapping", () => {
  it("takes names of the PDF to field keys", () => {
    expect(parseGivenMapping('{"Family name": "surname"}')).toEqual({ "Family name": "surname" });
  });

  it.each([
    ["{bad", /not valid JSON/],
    ['["surname"]', /another shape/],
    ['{"Family name": 1}', /another shape/],
    ['{"Family name": "surename"}', /"surename" is none. Did you mean "surname"\?/],
    ['{"Family name": "shoe size"}', /The keys are: .*surname/],
  ])("refuses %s and says what was expected", (text, message) => {
    expect(() => parseGivenMapping(text)).toThrow(message);
  });
});

describe("assertMappingFits", () => {
  it("takes a mapping of the form's own fields", () => {
    expect(() => assertMappingFits({ "Family name": "surname" }, [LAYOUT])).not.toThrow();
  });

  it("refuses a name that the form does not have, and lists those it has", () => {
    expect(() => assertMappingFits({ Nope: "surname" }, [LAYOUT])).toThrow(/no form has "Nope". It has: Family name, gdpr/);
  });

  it("refuses to read a box as a text and a text as a box", () => {
    expect(() => assertMappingFits({ gdpr: "surname" }, [LAYOUT])).toThrow(/a box and a text/);
    expect(() => assertMappingFits({ "Family name": "fullTimeWork" }, [LAYOUT])).toThrow(/a box and a text/);
  });
});
