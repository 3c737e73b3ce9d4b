import { describe, expect, it } from "vitest";
import { readableTextOf } from "../../src/documents/paper.ts";
import { PAPER_LANGUAGES, type PaperLanguage } from "../../src/documents/paper-language.ts";
import { renderInvitation } from "../../src/documents/render-invitation.ts";
import { textsOf } from "../../src/documents/texts.ts";
import { invitationInput, SESSION, TEMPLATES } from "./paper-inputs.ts";

const QR = '<svg role="img" aria-label="QR"></svg>';
const render = (deviation: Parameters<typeof invitationInput>[0] = {}) => renderInvitation(invitationInput(deviation), QR, TEMPLATES);

/** Keys of the points that an invitation must make, in both languages. */
const POINTS = ["title", "must", "absenceRepeated", "bring", "permit", "ifPossible", "passport", "extract", "onlyInvitation"];

/** The text of one language's column. */
function columnOf(body: string, index: 0 | 1): string {
  return readableTextOf(body.split("<section")[index + 1]?.replace(/^[^>]*>/u, "") ?? "");
}

describe("renderInvitation in pictures", () => {
  const inPictures = (language: PaperLanguage) => render({ language, variant: "pictograms" });

  it.each(PAPER_LANGUAGES)("says in %s what the pictures show, and everything in the language beside it", (language) => {
    const { body } = inPictures(language);
    const texts = textsOf(language);
    const pictures = columnOf(body, 0);
    for (const key of ["pictogram.come", "pictogram.show", "pictogram.call", "invitation.permit", "invitation.passport"])
      expect(pictures).toContain(texts.plain(key));
    for (const key of ["must", "absenceRepeated", "onlyInvitation"]) expect(pictures).toContain(texts.plain(`invitation.${key}`));
    expect(pictures).toContain("0295 000 000");
    expect(pictures).toContain("Kielotie 13, 01300 Vantaa");
    for (const key of POINTS) expect(columnOf(body, 1)).toContain(textsOf(language === "fi" ? "sv" : "fi").plain(`invitation.${key}`));
  });

  it("shows calendar, clock, place, permit card, passport, paper and telephone, each named for a screen reader", () => {
    const pictures = inPictures("so").body.match(/<svg class="(?:picture|week)" role="img" aria-label="[^"]+"/gu) ?? [];
    expect(pictures).toHaveLength(8);
  });
});

describe("renderInvitation", () => {
  it.each(PAPER_LANGUAGES)("makes every point in %s and in the language beside it", (language) => {
    const { body } = render({ language });
    for (const [index, column] of ([language, language === "fi" ? "sv" : "fi"] as PaperLanguage[]).entries()) {
      const text = columnOf(body, index as 0 | 1);
      for (const key of POINTS) expect(text).toContain(textsOf(column).plain(`invitation.${key}`));
      expect(text).toContain(textsOf(column).plain("languages.ar"));
      expect(text).toContain(textsOf(column).plain("invitation.prevented", { reference: "K7M3-92" }));
      expect(text).toContain("0295 000 000");
      expect(text).toContain("Kielotie 13, 01300 Vantaa");
    }
  });

  it.each(PAPER_LANGUAGES)("declares the language and direction of each column in %s", (language) => {
    const paper = render({ language });
    const { bcp47, dir } = textsOf(language).meta;
    expect(paper).toMatchObject({ language: bcp47, direction: dir });
    expect(paper.body).toContain(`<section lang="${bcp47}" dir="${dir}">`);
    expect(paper.body).toContain(`<section lang="${language === "fi" ? "sv-FI" : "fi-FI"}" dir="ltr">`);
  });

  it("prints Swedish beside the own language of a person served in Swedish", () => {
    expect(columnOf(render({ language: "so", companion: "sv" }).body, 1)).toContain("Inbjudan till ett informationsmöte");
    expect(columnOf(render({ language: "sv", companion: "sv" }).body, 1)).toContain("Kutsu infotilaisuuteen");
  });

  it("isolates names and addresses and lets no direction sign through", () => {
    const { body } = render({ personName: "\u202eAl-Rashidi <b>\u2067" });
    expect(body).toContain("<bdi>Al-Rashidi &lt;b&gt;</bdi>");
    expect(body).toContain('<bdi lang="fi">Kielotie 13, 01300 Vantaa</bdi>');
  });

  it("follows the absence rule of the session's day", () => {
    const single = textsOf("fi").plain("invitation.absenceSingle");
    const repeated = textsOf("fi").plain("invitation.absenceRepeated");
    const old = columnOf(render({ session: { ...SESSION, date: "2016-06-09" } }).body, 1);
    expect(old).toContain(single);
    expect(old).not.toContain(repeated);
    const policies = [{ validFrom: "2026-01-01", rule: "single" as const }];
    expect(columnOf(render({ absencePolicies: policies }).body, 1)).toContain(single);
  });

  it("says which version it replaces, and which it is", () => {
    for (const version of [1, 2]) expect(columnOf(render({ version }).body, 1)).not.toContain("korvaa");
    const again = columnOf(render({ version: 3, replacesVersion: 1 }).body, 1);
    expect(again).toContain("Tämä kutsu korvaa kutsun version 1.");
    expect(again).toContain("Kutsun versio 3");
  });

  it.each([
    ["languageTest", "Kutsu kielitestiin", "Sinut kutsutaan kielitestiin."],
    ["skillsSurvey", "Kutsu osaamiskartoitukseen", "Sinut kutsutaan osaamiskartoitukseen."],
    ["serviceInfo", "Kutsu palveluinfoon", "Sinut kutsutaan palveluinfoon."],
    ["readingCircle", "Kutsu tapaamiseen", "Sinut kutsutaan tapaamiseen."],
  ])("names what is held: %s", (kind, title, intro) => {
    const column = columnOf(render({ session: { ...SESSION, kind } }).body, 1);
    expect(column).toContain(title);
    expect(column).toContain(intro);
  });

  it("names a session language in which no papers exist", () => {
    expect(columnOf(render({ language: "fi", session: { ...SESSION, language: "ti" } }).body, 0)).toContain("tigrinja");
  });

  it("marks texts that nobody has reviewed, in both languages", () => {
    const { body } = render();
    expect(columnOf(body, 0)).toContain(textsOf("ar").plain("invitation.draft"));
    expect(columnOf(body, 1)).toContain(textsOf("fi").plain("invitation.draft"));
  });

  it("leaves out a duration and a room that nobody gave", () => {
    const { body } = render({ session: { ...SESSION, durationHours: null, room: null } });
    expect(columnOf(body, 1)).not.toContain("kestää");
    expect(columnOf(body, 1)).not.toContain("Sali");
  });

  it("refuses a reference that could carry more than a code", () => {
    expect(() => render({ reference: "Ali Hassan" })).toThrow(/reference/u);
  });
});
