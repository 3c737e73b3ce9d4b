import { describe, expect, it } from "vitest";
import { FLOWING, type Paper, toPaper } from "../../src/documents/paper.ts";
import { type BatchFacts, findBatchFailures, findFlowing, toBatch } from "../../src/documents/paper-batch.ts";

const paper = (text: string, change: { pages?: number | typeof FLOWING; direction?: "ltr" | "rtl" } = {}): Paper =>
  toPaper({
    language: "ar",
    direction: "ltr",
    title: text,
    layout: "invitation",
    body: `<p>${text}</p>`,
    pages: 1,
    codes: [`code ${text}`],
    ...change,
  });

const page = (text: string, change: Partial<BatchFacts["pages"][number]> = {}): BatchFacts["pages"][number] => ({
  text,
  missingGlyphs: 0,
  codes: [`code ${text}`],
  fontNames: ["ABCDEF+NotoSans-Regular"],
  ...change,
});

const BATCH = toBatch([paper("one"), paper("two", { pages: 2 }), paper("three")]);
const GOOD = [page("one"), page("two"), page("", { codes: [] }), page("three")];
const failuresOf = (pages: BatchFacts["pages"], change: Partial<BatchFacts> = {}): ReturnType<typeof findBatchFailures> =>
  findBatchFailures({ language: BATCH.language, title: BATCH.title, isTagged: true, pages, ...change }, BATCH, ["NotoSans"]);

describe("toBatch", () => {
  it("keeps each paper's own language, direction and rules", () => {
    const { body } = toBatch([paper("one"), paper("two", { direction: "rtl" })]);
    expect(body).toContain('<div class="part invitation" data-part="1" lang="ar" dir="rtl"><p>two</p></div>');
  });
});

describe("findBatchFailures", () => {
  it("lets a batch out whose papers are all right", () => {
    expect(failuresOf(GOOD)).toEqual([]);
  });

  it.each([
    ["text of another", [page("three"), ...GOOD.slice(1)], [{ index: 0, gates: ["textMissing", "code"] }]],
    ["a missing glyph", [...GOOD.slice(0, 3), page("three", { missingGlyphs: 1 })], [{ index: 2, gates: ["missingGlyph"] }]],
    ["a stray font", [...GOOD.slice(0, 3), page("three", { fontNames: ["Arial"] })], [{ index: 2, gates: ["foreignFont"] }]],
    ["a code that is not seen", [GOOD[0] ?? page(""), page("two", { codes: [] }), ...GOOD.slice(2)], [{ index: 1, gates: ["code"] }]],
  ])("tells the paper with %s, and only it", (_, pages, expected) => {
    expect(failuresOf(pages)).toEqual(expected);
  });

  it.each([
    ["a page too few", GOOD.slice(1), {}],
    ["a page too many", [...GOOD, page("four")], {}],
    ["another title", GOOD, { title: "Other" }],
    ["another language", GOOD, { language: "sv-FI" }],
  ])("lets no paper of a document out that has %s", (_, pages, change) => {
    expect(failuresOf(pages, change).map(({ index }) => index)).toEqual([0, 1, 2]);
  });
});

describe("findFlowing", () => {
  it("tells papers without a fixed number of pages", () => {
    expect(findFlowing([paper("one"), paper("two", { pages: FLOWING })])).toEqual([{ index: 1, gates: ["flowing"] }]);
  });
});
