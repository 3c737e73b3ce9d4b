import { describe, expect, it } from "vitest";
import { formatFormReport, toFormReport } from "../../src/commands/form-report.ts";
import type { FormLayout, Zone } from "../../src/model/form-layout.ts";

const zone = (field: string, pdfName?: string): Zone => ({
  field,
  kind: "text",
  pageNumber: 1,
  rect: { x: 20, y: 20, width: 60, height: 6 },
  multiline: false,
  ...(pdfName === undefined ? {} : { pdfName }),
});

const layoutOf = (zones: Zone[]): FormLayout => ({
  id: "ANMELDUNG/de/1",
  code: "ANMELDUNG",
  language: "de",
  version: "1",
  pages: [{ pageNumber: 1, widthMm: 210, heightMm: 297, words: [], marks: [] }],
  zones,
});

const FORM = layoutOf([zone("givenNames", "vorname"), zone("verein")]);
const recognised = { pageNumber: 1, outcome: "recognised", unsureFields: [] } as const;

describe("toFormReport", () => {
  it("says where each field leads and which keep their own name", () => {
    const report = toFormReport(FORM, [recognised]);
    expect(report.fields).toEqual([
      { pdfName: "vorname", field: "givenNames", isKnown: true, kind: "text", page: 1 },
      { pdfName: "verein", field: "verein", isKnown: false, kind: "text", page: 1 },
    ]);
    expect(report).toMatchObject({ unmapped: ["verein"], isRegistrationForm: false, warnings: [] });
  });

  it("knows a registration form by what it asks", () => {
    const layout = layoutOf(["surname", "fullTimeWork", "sessionLanguage", "permitType"].map((field) => zone(field)));
    expect(toFormReport(layout, [recognised]).isRegistrationForm).toBe(true);
  });

  it.each([
    [{ pageNumber: 1, outcome: "unknown", unsureFields: [] } as const, "too little print"],
    [{ pageNumber: 1, outcome: "likeAnother", takenFor: "FORM/fi/1 page 2", unsureFields: [] } as const, "taken for FORM/fi/1 page 2"],
    [{ pageNumber: 1, outcome: "recognised", unsureFields: ["vorname"] } as const, "a person always looks: vorname"],
  ])("warns of a page that is %j", (trial, words) => {
    expect(toFormReport(FORM, [trial]).warnings).toEqual([expect.stringContaining(words)]);
  });
});

describe("formatFormReport", () => {
  it("tells a clerk what was understood, what was not, and how to mend it", () => {
    const text = formatFormReport(toFormReport(FORM, [{ pageNumber: 1, outcome: "unknown", unsureFields: [] }]));
    expect(text).toContain("vorname = givenNames");
    expect(text).toContain("Read under their own names: verein");
    expect(text).toContain("--mapping");
    expect(text).toContain("Warning: Page 1 has too little print");
  });
});
