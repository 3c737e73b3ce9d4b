import { describe, expect, it } from "vitest";
import { foldText, holdsPhrase } from "../../../src/read/attachment/fold-text.ts";
import { judgeKind } from "../../../src/read/attachment/judge-kind.ts";

function strongest(lines: readonly string[], confidence = 0.95): string {
  const scores = judgeKind(lines.map((text, index) => ({ text, confidence, relativeHeight: index === 0 ? 1.4 : 1 })));
  const [kind, points] = Object.entries(scores).toSorted(([, a], [, b]) => b - a)[0] ?? ["", 0];
  return points === 0 ? "none" : kind;
}

describe("judgeKind", () => {
  it.each([
    ["a card's front", "permitFront", ["OLESKELULUPA UPPEHALLSTILLSTAND RESIDENCE PERMIT", "Nimi/Namn/Name", "A JATKUVA"]],
    ["a misread card's front", "permitFront", ["OLESKELLLUPA UPPEHALLSTILLSTANO RESIDENCE PERM"]],
    ["a card's back", "permitBack", ["Huomautuksia/Remarks", "TYÖNTEKO-OIKEUS", "Viranomainen/Authority"]],
    ["a passport", "passport", ["PASSPORT / PASSEPORT", "Place of birth"]],
    ["a survey in Finnish", "skills", ["OSAAMISKARTOITUS", "Työkokemus", "Vahvuudet"]],
    ["a survey in Swedish", "skills", ["Kompetenskartläggning", "Arbetserfarenhet"]],
    ["a survey in English", "skills", ["Skills survey", "Work experience"]],
    ["a survey whose title is cut off", "skills", ["Työkokemus", "Suomen kielen taito", "IT-taidot", "Ajokortti"]],
    ["an extract in Finnish", "extract", ["VÄESTÖREKISTERIOTE (MALLI)", "Siviilisääty"]],
    ["an extract in Swedish", "extract", ["Utdrag ur befolkningsdatasystemet"]],
    ["a benefit card", "kela", ["Kela|Fpa"]],
    [
      "a cover letter with its title in the letterhead",
      "cover",
      ["Vantaan kaupunki, maahanmuuttajapalvelut SAATE", "Ohessa asiakkaan ilmoittautumislomake liitteineen."],
    ],
    ["a cover letter in Swedish", "cover", ["Följebrev", "Med vänlig hälsning"]],
    ["a decision", "other", ["PÄÄTÖS", "Oleskelulupa", "Diaarinumero 764/41118/2026", "Perustelut"]],
    ["a decision about a permit", "other", ["PÄÄTÖS OLESKELULUVASTA", "Asiakas"]],
    ["a decision whose words run together", "other", ["PAATOSOLESKELULUVASTA"]],
    ["a decision in Swedish", "other", ["Beslut om uppehållstillstånd"]],
    ["a decision in English", "other", ["Decision on residence permit"]],
    ["an application for a permit", "other", ["Oleskelulupahakemus"]],
    ["an application in English", "other", ["Residence permit application"]],
    ["a letter about a permit", "other", ["Tietoa oleskeluluvan jatkamisesta"]],
    ["a tenancy agreement", "other", ["Vuokrasopimus, liite 2"]],
    [
      "an old invitation that names cards",
      "other",
      ["Kutsu ryhmäinfoon", "Ota mukaan oleskelulupa, passi ja väestörekisteriote tai Kela-kortti."],
    ],
    ["prose that names a card", "none", ["Ota mukaan oleskelulupa, passi ja väestörekisteriote tai Kela-kortti."]],
  ])("tells %s", (_title, kind, lines) => {
    expect(strongest(lines)).toBe(kind);
  });

  it("counts nothing that was read unsurely", () => {
    expect(strongest(["OSAAMISKARTOITUS"], 0.3)).toBe("none");
  });
});

describe("foldText", () => {
  it("keeps capitals without marks and takes digits for the letters they look like", () => {
    expect(foldText("Työn-teko 0IKEUS 15")).toBe("TYONTEKOOIKEUSIS");
  });
});

describe("holdsPhrase", () => {
  it.each([
    ["exactly", "XXOLESKELULUPAYY", "OLESKELULUPA", true],
    ["with two letters misread in twelve", "XXOIESKELULUPPYY", "OLESKELULUPA", true],
    ["with three letters misread in twelve", "XXOIESKFLULUPPYY", "OLESKELULUPA", false],
    ["with a letter missing", "RESIDENCPERMIT", "RESIDENCEPERMIT", true],
    ["a short word only exactly", "KUTSI", "KUTSU", false],
    ["nothing in an empty text", "", "KUTSU", false],
  ])("finds a phrase %s", (_title, text, phrase, expected) => {
    expect(holdsPhrase(text, phrase)).toBe(expected);
  });
});
