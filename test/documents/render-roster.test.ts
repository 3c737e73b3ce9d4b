import { describe, expect, it } from "vitest";
import { renderRoster, rosterCodes } from "../../src/documents/render-roster.ts";
import { rosterCell, rosterMarks } from "../../src/documents/roster-geometry.ts";
import { participant, rosterInput, TEMPLATES } from "./paper-inputs.ts";

const crowd = (count: number) =>
  Array.from({ length: count }, (_, index) => participant({ reference: `K${index + 100}`, name: `Henkilö ${index + 1}` }));
const render = (deviation: Parameters<typeof rosterInput>[0] = {}) =>
  renderRoster(rosterInput(deviation), ["<svg></svg>", "<svg></svg>"], TEMPLATES);
const textOf = (person: Parameters<typeof participant>[0]) => render({ participants: [participant(person)] }).expectation.text;

const walkIns = (count: number) => (render({ participants: crowd(count) }).body.match(/class="walk-in"/gu) ?? []).length;

describe("renderRoster", () => {
  it.each([
    [0, 1],
    [18, 1],
    [19, 2],
    [35, 2],
    [36, 2],
    [37, 3],
  ])("prints %i people on %i sheets", (count, pages) => {
    const paper = render({ participants: crowd(count) });
    expect(paper.expectation.pages).toBe(pages);
    expect(paper.body.match(/class="person"/gu) ?? []).toHaveLength(count);
  });

  it("leaves up to three rows for people who are not on the list", () => {
    expect([walkIns(5), walkIns(35), walkIns(36)]).toEqual([3, 1, 0]);
  });

  it("prints neither name nor municipality of a person under non-disclosure", () => {
    const text = textOf({ name: "Salainen Henkilö", municipality: "Pedersöre", nonDisclosure: true, findings: ["signatureMissing"] });
    expect(text).not.toMatch(/Salainen|Pedersöre/u);
    expect(text).toContain("K7M3-92");
    expect(text).toContain("Puuttuu: allekirjoitus");
  });

  it.each([
    ["yes", "yes", null],
    ["little", "yes", "lukee vähän"],
    ["no", "yes", "ei lue latinal. kirjaimia"],
    ["no", "no", "ei lue"],
  ] as const)("marks literacy %s/%s", (readsLatin, readsMotherTongue, mark) => {
    const text = textOf({ readsLatin, readsMotherTongue });
    if (mark === null) expect(text).not.toMatch(/ei lue|lukee/u);
    else expect(text).toContain(`Helsinki ${mark}`);
  });

  it("names the interpreter's language, or that one is needed", () => {
    expect(textOf({ interpreterLanguage: "ckb" })).toContain("tulkki: kurdi (sorani)");
    expect(textOf({ interpreterLanguage: "tigrinja" })).toContain("tulkki: tigrinja");
    expect(textOf({ interpreterNeeded: true })).toContain("tarvitsee tulkin");
  });

  it("names each missing paper once and leaves the office's own findings out", () => {
    expect(textOf({ findings: ["permitExpired", "permitEndsBeforeSession", "duplicatePerson"] })).toMatch(
      /Puuttuu: voimassa oleva lupa(?!,)/u,
    );
    expect(textOf({ findings: ["duplicatePerson", "sessionTooSoon"] })).not.toContain("Puuttuu");
  });

  it("says when it must be destroyed", () => {
    expect(render().expectation.text).toContain("Hävitä tietoturvallisesti viimeistään 26.9.2026.");
  });

  it("is written in Swedish for a Swedish host", () => {
    expect(render({ language: "sv" }).expectation.text).toContain("Deltagarlista");
  });
});

describe("rosterCodes", () => {
  it("gives each sheet a code that says only which sheet it is", () => {
    expect(rosterCodes(rosterInput({ participants: crowd(35), version: 2 }))).toEqual(["ILMO-R1 AR-2708 2 1/2", "ILMO-R1 AR-2708 2 2/2"]);
  });
});

describe("roster geometry", () => {
  it("keeps the marks at least 15 mm inside the sheet", () => {
    for (const { x, y, side } of rosterMarks()) {
      expect(Math.min(x, y, 210 - x - side, 297 - y - side)).toBeGreaterThanOrEqual(15);
    }
  });

  it("places all cells of all rows on the sheet, clear of the lower marks", () => {
    const last = rosterCell(17, "signature");
    expect(last.x + last.width).toBeLessThanOrEqual(210 - 12);
    expect(last.y + last.height).toBeLessThan(297 - 20);
  });
});
