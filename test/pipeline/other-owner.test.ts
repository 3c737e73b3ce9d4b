import { describe, expect, it } from "vitest";
import type { PageResult } from "../../src/pipeline/assemble-registration.ts";
import { withOwnerDoubt } from "../../src/pipeline/other-owner.ts";
import type { PersonHints } from "../../src/read/group/person-hints.ts";
import type { TextReading } from "../../src/read/text/text-reading.ts";

function page(pageNumber: number, hints: PersonHints, language = "fi"): PageResult {
  const source = { fileIndex: 0, pageIndex: pageNumber - 1 };
  const layoutId = `ILMO-F1/${language}/1.0`;
  const readings: TextReading[] = [{ field: "fullTimeWork", value: true, confidence: 1, status: "accepted", evidence: ["clearInk"] }];
  const crop = { ...source, rect: { x: 0, y: 0, width: 1, height: 1 } };
  const signature = { present: true, kind: "ink", status: "accepted", confidence: 1, crop } as const;
  return {
    source,
    kind: { kind: "form", layoutId, pageNumber },
    page: { source, kind: `form-${pageNumber}`, layoutId, rotation: 0, quality: 1 },
    form: { layoutId, pageNumber, readings, signature },
    isDrifted: false,
    hints,
  };
}

const FIRST = page(1, { surname: "Karimi", givenNames: "Nasrin", looseName: "Karimi Nasrin" });

const statusesOf = (second: PageResult): (string | undefined)[] =>
  withOwnerDoubt([FIRST, second]).flatMap(({ form }) => [form?.readings[0]?.status, form?.signature?.status]);

const KEPT = ["accepted", "accepted", "accepted", "accepted"];
const DOUBTED = ["accepted", "accepted", "review", "review"];

describe("withOwnerDoubt", () => {
  it.each<[string, PersonHints]>([
    ["the same name", { looseName: "Nasrin Karimi" }],
    ["one of the names", { looseName: "Karimi N." }],
    ["a misread name", { looseName: "Nasrln Karlmi" }],
    ["no name", {}],
  ])("keeps a second page with %s", (_what, hints) => {
    expect(statusesOf(page(2, hints))).toEqual(KEPT);
  });

  it("leaves a second page that bears another's name to a person, surely read or not", () => {
    expect(statusesOf(page(2, { looseName: "Abdi Warsame", text: "Abdi Warsame" }))).toEqual(DOUBTED);
    expect(statusesOf(page(2, { looseName: "Elif Oz" }))).toEqual(DOUBTED);
    expect(statusesOf(page(2, { looseName: "Abdi Warsame", surname: "Abdi Warsame" }))).toEqual(DOUBTED);
  });

  it("leaves a second page of another language to a person unless it bears the name", () => {
    expect(statusesOf(page(2, {}, "en"))).toEqual(DOUBTED);
    expect(statusesOf(page(2, { looseName: "Nasrin Karimi" }, "en"))).toEqual(KEPT);
  });
});
