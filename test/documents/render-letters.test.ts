import { describe, expect, it } from "vitest";
import { MESSAGE_FILES, toMessageTable } from "../../src/documents/message-files.ts";
import { OFFICE_LANGUAGES, PAPER_LANGUAGES, PARTNER_LANGUAGES } from "../../src/documents/paper-language.ts";
import { renderUnitRequests } from "../../src/documents/render-completion-request.ts";
import { renderPartnerInstruction } from "../../src/documents/render-partner-instruction.ts";
import { renderReferral } from "../../src/documents/render-referral.ts";
import { renderTextsReview } from "../../src/documents/render-texts-review.ts";
import { textsOf } from "../../src/documents/texts.ts";
import { IsoDate } from "../../src/model/time.ts";
import { completionInput, OFFICE, SESSION, TEMPLATES } from "./paper-inputs.ts";

const QR = "<svg></svg>";

const referral = (deviation: Partial<Parameters<typeof renderReferral>[0]> = {}) =>
  renderReferral(
    {
      route: "municipality",
      language: "ckb",
      reference: "K7M3-92",
      receivedOn: "2026-08-05",
      issuedOn: "2026-08-10",
      personName: "Noor Hakimi",
      confirmedBy: "Maija Esimerkki",
      office: OFFICE,
      ...deviation,
    },
    QR,
    TEMPLATES,
  ).expectation.text;

describe("renderReferral", () => {
  it.each(PAPER_LANGUAGES)("says in %s and beside it why, what to do, whom to ask and who confirmed it", (language) => {
    for (const route of ["municipality", "officeDesk"] as const) {
      const text = referral({ language, route });
      const keys = route === "municipality" ? ["municipalityWhy", "municipalityDo", "municipalityLater"] : ["deskWhy"];
      for (const texts of [textsOf(language), textsOf(language === "fi" ? "sv" : "fi")]) {
        for (const key of keys) expect(text).toContain(texts.plain(`referral.${key}`));
        expect(text).toContain(texts.plain("referral.wrong", { reference: "K7M3-92" }));
        expect(text).toContain(texts.plain("referral.confirmed", { name: "Maija Esimerkki" }));
      }
    }
  });

  it("asks to bring papers to the office desk only", () => {
    expect(referral({ route: "officeDesk" })).toContain("oleskelulupa (pakollinen)");
    expect(referral({ route: "municipality" })).not.toContain("oleskelulupa (pakollinen)");
  });

  it("is not printed without the official who confirms", () => {
    expect(() => referral({ confirmedBy: " " })).toThrow(/confirmedBy/u);
  });
});

const instruction = (deviation: Partial<Parameters<typeof renderPartnerInstruction>[0]> = {}) =>
  renderPartnerInstruction(
    {
      language: "fi",
      issuedOn: "2026-08-10",
      office: OFFICE,
      servedLanguages: ["ar", "so", "ckb", "prs", "fa", "en"],
      capacity: 35,
      sessions: [
        { session: SESSION, freeSeats: 12 },
        { session: { ...SESSION, code: "SO-2708", language: "so" }, freeSeats: 0 },
      ],
      ...deviation,
    },
    TEMPLATES,
  ).expectation.text;

describe("renderPartnerInstruction", () => {
  it.each(PARTNER_LANGUAGES)("says in %s who may register, how, to which session and where to send it", (language) => {
    const text = instruction({ language });
    const texts = textsOf(language);
    for (const key of ["who", "formMust", "formAttach", "formLiteracy", "sessionInvite", "absenceRepeated", "sessionBring", "sendNoCode"])
      expect(text).toContain(texts.plain(`instruction.${key}`));
    expect(text).toContain(texts.plain("instruction.sessionChoose", { capacity: 35 }));
    expect(text).toContain("kotoprojekti@te-toimisto.example");
    expect(text).toContain(texts.plain("languages.prs"));
  });

  it("shows each session with language, day, time, place and free seats", () => {
    expect(instruction()).toMatch(
      /AR-2708 arabia torstai 27. elokuuta 2026 klo 9.00 TE-toimisto, Tikkurila, Sali 2, Kielotie 13, 01300 Vantaa 12/u,
    );
    expect(instruction()).toMatch(/SO-2708 somali .* täynnä/u);
    expect(instruction({ sessions: [] })).toContain("Tulevia ryhmäinfoja ei ole nyt.");
  });

  it("follows the absence rule of its day", () => {
    expect(instruction({ issuedOn: "2016-06-09" })).toContain(textsOf("fi").plain("instruction.absenceSingle"));
  });
});

describe("renderUnitRequests", () => {
  const requests = [completionInput(), completionInput({ reference: "K8M4-11", personName: "Ali Reza" })];
  const paper = (language: "fi" | "sv") =>
    renderUnitRequests(
      { language, issuedOn: "2026-08-10", senderUnit: "Koivurannan vastaanottokeskus", office: OFFICE, requests },
      [QR, QR],
      TEMPLATES,
    );

  it.each(OFFICE_LANGUAGES)("lists references on a cover sheet in %s, then prints a letter a person", (language) => {
    const { expectation, body } = paper(language);
    expect(expectation).toMatchObject({ pages: 3, codes: ["", "K7M3-92", "K8M4-11"] });
    const [, cover = "", ...letters] = body.split("<section");
    expect(cover).toContain("K8M4-11");
    expect(cover).not.toMatch(/Ali Reza|Abdirahman/u);
    expect(letters).toHaveLength(2);
    expect(letters[0]).not.toContain("Ali Reza");
  });

  it("asks no unit for nothing", () => {
    const empty = completionInput({ findings: ["duplicatePerson"] });
    const input = { issuedOn: "2026-08-10", senderUnit: "Niemen kunta", office: OFFICE, requests: [empty] };
    expect(() => renderUnitRequests(input, [QR], TEMPLATES)).toThrow(expect.objectContaining({ code: "notAllowed" }));
  });
});

describe("renderTextsReview", () => {
  it.each(PAPER_LANGUAGES)("shows every text of %s filled with invented data, beside the Finnish and English one", (language) => {
    const { body, expectation } = renderTextsReview(language, IsoDate.parse("2026-08-10"), TEMPLATES);
    const { messages } = toMessageTable(MESSAGE_FILES[language]);
    for (const key of messages.keys()) expect(body).toContain(`<bdi>${key}</bdi>`);
    expect(body.match(/class="right"/gu) ?? []).toHaveLength(messages.size);
    expect(expectation.text).not.toMatch(/\{\w+[,}]/u);
    if (language !== "fi") expect(expectation.text).toContain("Kutsu infotilaisuuteen");
    if (language !== "en") expect(expectation.text).toContain("Invitation to an information session");
  });

  it("shows each plural form of the language once", () => {
    const { expectation } = renderTextsReview("ru", IsoDate.parse("2026-08-10"), TEMPLATES);
    for (const hours of ["около 1 часа", "около 2 часов", "около 0 часов"]) expect(expectation.text).toContain(hours);
  });
});
