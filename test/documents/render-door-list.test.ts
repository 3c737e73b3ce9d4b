import { describe, expect, it } from "vitest";
import { readableTextOf } from "../../src/documents/paper.ts";
import { type DoorListInput, renderDoorList } from "../../src/documents/render-door-list.ts";
import { OFFICE, SESSION, TEMPLATES } from "./paper-inputs.ts";

const doorList = (change: Partial<DoorListInput> = {}): DoorListInput => ({
  date: "2026-08-27",
  place: "TE-toimisto, Tikkurila",
  printedOn: "2026-08-26",
  destroyBy: "2026-09-26",
  sessions: [{ session: SESSION, people: 2, references: ["K7M3-92", "A1B2-10"] }],
  office: OFFICE,
  ...change,
});
const textOf = (input: DoorListInput): string => readableTextOf(renderDoorList(input, TEMPLATES).body);

describe("renderDoorList", () => {
  it("says time, room, language in both scripts, code and how many come", () => {
    const text = textOf(doorList());
    for (const part of ["torstai 27. elokuuta 2026", "klo 9.00", "Sali 2", "arabia", "العربية", "AR-2708", "2 ilmoitettua"])
      expect(text.replaceAll("\u00a0", " ")).toContain(part);
  });

  it("sorts the references, so that one is found", () => {
    expect(textOf(doorList())).toMatch(/A1B2-10\s+K7M3-92/);
  });

  it("names nobody, neither participants nor staff", () => {
    expect(renderDoorList(doorList(), TEMPLATES).body).not.toMatch(/Maija|Layla|Esimerkki|Tulkki/);
  });

  it("says it when a session has no room yet, and when there is none at all", () => {
    expect(textOf(doorList({ sessions: [{ session: { ...SESSION, room: null }, people: 0, references: [] }] }))).toContain("tila avoinna");
    expect(textOf(doorList({ sessions: [] }))).toContain("ei ole tilaisuuksia");
  });

  it("speaks Swedish when asked to", () => {
    const paper = renderDoorList(doorList({ language: "sv" }), TEMPLATES);
    expect(paper.language).toBe("sv-FI");
    expect(readableTextOf(paper.body)).toContain("arabiska");
  });

  it("takes no reference that could be something else", () => {
    const wrong = [{ session: SESSION, people: 1, references: ["Matti Meikäläinen"] }];
    expect(() => renderDoorList(doorList({ sessions: wrong }), TEMPLATES)).toThrow();
  });
});
