import { describe, expect, it } from "vitest";
import type { FormSource, FormWidget } from "../../src/forms/form-source.ts";
import { mapFieldNames, mapOption } from "../../src/forms/map-field-names.ts";
import { findPhrases } from "../../src/forms/printed-phrases.ts";
import type { PrintedWord } from "../../src/model/form-layout.ts";

const widget = (name: string, more: Partial<FormWidget> = {}): FormWidget => ({
  name,
  kind: "text",
  pageNumber: 1,
  rect: { x: 60, y: 50, width: 60, height: 6 },
  multiline: false,
  ...more,
});

function words(text: string, x: number, y: number): PrintedWord[] {
  return text.split(" ").map((each, index) => ({ text: each, rect: { x: x + index * 12, y, width: 11, height: 2.4 } }));
}

function source(widgets: readonly FormWidget[], printed: readonly PrintedWord[] = []): FormSource {
  const blank = { widthPx: 1, heightPx: 1, dpi: 200, data: new Uint8Array([255]) };
  const page = { pageNumber: 1, widthMm: 210, heightMm: 297, words: printed, blank, barcodes: [] };
  return { title: undefined, statedLanguage: undefined, sha256: "0".repeat(64), widgets, pages: [page] };
}

const mapped = (from: FormSource, given?: Record<string, string>): [string, string][] =>
  mapFieldNames(from, given).map((entry) => [entry.field, entry.by]);

describe("mapFieldNames", () => {
  it("takes a name that is a field key as it is", () => {
    expect(mapped(source([widget("surname")]))).toEqual([["surname", "name"]]);
  });

  it("lets a person's word win over a name", () => {
    expect(mapped(source([widget("surname")]), { surname: "givenNames" })).toEqual([["givenNames", "given"]]);
  });

  it.each([
    ["Sukunimi", "surname"],
    ["Efternamn", "surname"],
    ["Last Name", "surname"],
    ["Фамилия", "surname"],
    ["DateOfBirth", "dateOfBirth"],
    ["Puhelinnumero", "phone"],
    ["Nationality", "citizenship"],
  ])("understands the tooltip %s", (tooltip, field) => {
    expect(mapped(source([widget("f1", { tooltip })]))).toEqual([[field, "inferred"]]);
  });

  it.each([
    ["given", "givenNames"],
    ["family", "surname"],
    ["dob", "dateOfBirth"],
    ["street", "streetAddress"],
    ["zip", "postalCode"],
    ["txtCity", "postOffice"],
    ["topmostSubform[0].Page1[0].Email[0]", "email"],
  ])("knows what makers of forms mean by the name %s", (name, field) => {
    expect(mapped(source([widget(name)]))).toEqual([[field, "inferred"]]);
  });

  it.each([
    ["Nachname", "surname"],
    ["Prénoms", "givenNames"],
    ["Fødselsdato", "dateOfBirth"],
    ["Strasse, Hausnummer", "streetAddress"],
    ["Code postal", "postalCode"],
    ["Woonplaats", "postOffice"],
    ["Obywatelstwo", "citizenship"],
    ["Perekonnanimi", "surname"],
    ["Sukunimi / Efternamn", "surname"],
    ["Matkapuhelin", "phone"],
  ])("understands the printed label %s far left of its box", (label, field) => {
    expect(mapped(source([widget("f1", { rect: { x: 110, y: 50, width: 60, height: 6 } })], words(label, 20, 52)))).toEqual([
      [field, "inferred"],
    ]);
  });

  it.each(["Country", "Year", "Place", "Valid until", "Spouse.LastName", "Social security number"])(
    "leaves %s, which means something else elsewhere, under its own name",
    (name) => {
      expect(mapped(source([widget(name)]))).toEqual([[name, "own"]]);
    },
  );

  it("takes such labels at their word on a registration form", () => {
    const others = ["surname", "fullTimeWork", "partTimeOnly", "permitType"].map((name, index) =>
      widget(name, { rect: { x: 60, y: 100 + index * 20, width: 60, height: 6 } }),
    );
    expect(mapped(source([...others, widget("f9", { tooltip: "Valid until" })])).at(-1)).toEqual(["permitValidUntil", "inferred"]);
  });

  it("does not give the heading of a column to its first cell", () => {
    const cells = [0, 1, 2].map((row) => widget(`r${row}`, { rect: { x: 60, y: 50 + row * 8, width: 60, height: 7 } }));
    expect(mapped(source(cells, words("Telephone", 60, 46)))).toEqual([
      ["r0", "own"],
      ["r1", "own"],
      ["r2", "own"],
    ]);
  });

  it("does not give a box the label of the box before it", () => {
    const row = [
      widget("a", { rect: { x: 60, y: 50, width: 30, height: 6 } }),
      widget("b", { rect: { x: 100, y: 50, width: 30, height: 6 } }),
    ];
    expect(mapped(source(row, words("Telephone", 30, 52)))).toEqual([
      ["phone", "inferred"],
      ["b", "own"],
    ]);
  });

  it("gives words to the nearest box only", () => {
    const boxes = [
      widget("a", { rect: { x: 60, y: 50, width: 60, height: 6 } }),
      widget("Birthday", { rect: { x: 40, y: 58, width: 60, height: 6 } }),
    ];
    expect(mapped(source(boxes, words("Surname", 45, 52)))).toEqual([
      ["surname", "inferred"],
      ["dateOfBirth", "inferred"],
    ]);
  });

  it("takes the first of two boxes whose names differ by a number when only it has a label", () => {
    const boxes = [widget("First Name"), widget("First Name_2", { rect: { x: 60, y: 150, width: 60, height: 6 } })];
    expect(mapped(source(boxes, words("First name", 30, 52)))).toEqual([
      ["givenNames", "inferred"],
      ["First Name_2", "own"],
    ]);
  });

  it("reads the label printed before or over a box", () => {
    const widgets = [widget("a"), widget("b", { rect: { x: 60, y: 90, width: 60, height: 6 } })];
    const printed = [...words("Surname", 45, 52), ...words("Given names", 60, 86)];
    expect(mapped(source(widgets, printed))).toEqual([
      ["surname", "inferred"],
      ["givenNames", "inferred"],
    ]);
  });

  it("does not guess between two fields that look the same", () => {
    const widgets = [widget("a", { tooltip: "Surname" }), widget("b", { tooltip: "Surname" })];
    expect(mapped(source(widgets))).toEqual([
      ["a", "own"],
      ["b", "own"],
    ]);
  });

  it("keeps a foreign field under its own name", () => {
    expect(mapped(source([widget("shoeSize", { tooltip: "Size of shoes" })]))).toEqual([["shoeSize", "own"]]);
  });

  it("does not give a text box the meaning of a tick", () => {
    expect(mapped(source([widget("x", { tooltip: "I need an interpreter" })]))).toEqual([["x", "own"]]);
  });
});

describe("mapOption", () => {
  it("names a button by the word beside it", () => {
    const button = widget("q", { kind: "choice", option: "2", rect: { x: 20, y: 50, width: 4, height: 4 } });
    expect(mapOption("sex", button, findPhrases(words("nainen", 26, 51)))).toBe("female");
  });

  it("knows the options of other languages", () => {
    const button = widget("q", { kind: "choice", option: "weiblich", rect: { x: 20, y: 50, width: 4, height: 4 } });
    expect(mapOption("sex", button, [])).toBe("female");
  });

  it("keeps an option that nothing explains", () => {
    const button = widget("q", { kind: "choice", option: "2", rect: { x: 20, y: 50, width: 4, height: 4 } });
    expect(mapOption("sex", button, [])).toBe("2");
  });
});
