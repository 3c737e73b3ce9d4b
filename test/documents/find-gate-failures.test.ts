import { describe, expect, it } from "vitest";
import { findGateFailures, type PdfFacts } from "../../src/documents/find-gate-failures.ts";

const EXPECTED = { pages: 1, language: "ar", title: "Kutsu K7M3-92", text: "Kutsu K7M3-92: تعال هنا يوم غد صباحا", codes: ["K7M3-92"] };
const PAGE = { text: "Kutsu K7M3- 92\nصباحا غد يوم هنا تعال", missingGlyphs: 0, codes: ["K7M3-92"] };
const FACTS: PdfFacts = {
  language: "ar",
  title: "Kutsu K7M3-92",
  isTagged: true,
  fontNames: ["ABCDEF+NotoSans-Bold", "Vazirmatn-Regular"],
  pages: [PAGE],
};

const failuresOf = (deviation: Partial<PdfFacts>) => findGateFailures({ ...FACTS, ...deviation }, EXPECTED, ["NotoSans", "Vazirmatn"]);
const withPage = (page: Partial<typeof PAGE>): Partial<PdfFacts> => ({ pages: [{ ...PAGE, ...page }] });

describe("findGateFailures", () => {
  it("lets a whole paper pass", () => {
    expect(failuresOf({})).toEqual([]);
  });

  it.each<[string, Partial<PdfFacts>, string[]]>([
    ["a page too many", { pages: [PAGE, PAGE] }, ["pageCount"]],
    ["no page", { pages: [] }, ["pageCount", "textMissing", "code"]],
    ["another language", { language: "fa-IR" }, ["language"]],
    ["no language", { language: null }, ["language"]],
    ["another title", { title: "about:blank" }, ["title"]],
    ["no tags", { isTagged: false }, ["tags"]],
    ["a glyph drawn as missing", withPage({ missingGlyphs: 1 }), ["missingGlyph"]],
    ["a font of the machine", { fontNames: ["ABCDEF+DejaVuSans"] }, ["foreignFont"]],
    ["no font at all: pictures of letters", { fontNames: [] }, ["foreignFont"]],
    ["a lost Latin word", withPage({ text: "K7M3-92 صباحا غد يوم هنا تعال" }), ["textMissing"]],
    ["lost Arabic words", withPage({ text: "Kutsu K7M3-92 غد هنا" }), ["textMissing"]],
    ["no code", withPage({ codes: [] }), ["code"]],
    ["another person's code", withPage({ codes: ["K9P4-11"] }), ["code"]],
  ])("stops %s", (_, deviation, failures) => {
    expect(failuresOf(deviation)).toEqual(failures);
  });

  it("forgives an Arabic word whose ligature came out turned round", () => {
    expect(failuresOf(withPage({ text: "Kutsu K7M3-92 تعال هنا يوم غد اصباح" }))).toEqual([]);
  });
});
