import { describe, expect, it } from "vitest";
import { judgeWords, type WordContext } from "../../../src/read/text/judge-words.ts";
import { lineOf, shapeOf } from "./reading-samples.ts";

const CONTEXT: WordContext = { formLanguage: "fi", senderUnits: ["Esimerkin vastaanottokeskus", "Mallilan kaupunki"] };

describe("judgeWords", () => {
  it("accepts a name that both readers see", () => {
    expect(judgeWords("name", [lineOf({ words: "Karim Hamdan" })], CONTEXT)).toMatchObject({
      value: "Karim Hamdan",
      isProved: true,
      evidence: ["twoReaders"],
    });
  });

  it.each([
    ["unit", "Lohjan vastaanottakeskus"],
    ["freeText", "tuekiska flytande"],
    ["freeText", "Skogsvagen 44"],
    ["freeText", "finska O, arabiska modersmål"],
    ["freeText", "company -closed"],
    ["freeText", "suomi A2. englanti B1"],
    ["freeText", "ryska Bl"],
    ["freeText", "suomi Al, englanti B2"],
  ] as const)("doubts a %s that both readers take for %s", (content, words) => {
    expect(judgeWords(content, [lineOf({ words })], CONTEXT).isProved).toBe(false);
  });

  it.each([
    ["unit", "Lohjan vastaanottokeskus"],
    ["freeText", "turkiska flytande"],
    ["freeText", "Kauppakatu 44"],
    ["freeText", "company closed"],
    ["freeText", "Al Noor Bakery"],
    ["freeText", "c/o Nieminen, Kauppakatu 2"],
  ] as const)("believes a %s that both readers take for %s", (content, words) => {
    expect(judgeWords(content, [lineOf({ words })], CONTEXT).isProved).toBe(true);
  });

  it("believes dots of an unknown name only when the ink shows them", () => {
    const isProved = (words: string, above: number) =>
      judgeWords("name", [lineOf({ words, shape: shapeOf(words, { above, below: words === "Sjöberg" ? 2 : 1 }) })], CONTEXT).isProved;
    expect(isProved("Wöjcik", 3)).toBe(false);
    expect(isProved("Wöjcik", 4)).toBe(true);
    expect(isProved("Sjöberg", 2)).toBe(true);
  });

  it("doubts accents of unknown names that look alike to a reader", () => {
    const shape = shapeOf("Hévi", { above: 2 });
    expect(judgeWords("name", [lineOf({ words: "Hévi", shape })], CONTEXT)).toMatchObject({ isProved: false, doubts: ["accents"] });
  });

  it("doubts a name in one word whose ink shows a space", () => {
    const shape = { ...shapeOf("Thilan"), gaps: [0.2, 0.2, 0.5, 0.5, 0.2] };
    expect(judgeWords("name", [lineOf({ words: "Thilan", shape })], CONTEXT)).toMatchObject({ isProved: false, doubts: ["spaces"] });
    expect(judgeWords("name", [lineOf({ words: "Thilan", shape: { ...shape, gaps: [0.2, 0.2, 0.3, 0.3, 0.2] } })], CONTEXT).isProved).toBe(
      true,
    );
  });

  it("believes a town's office whose every word is known with less surety than one it does not know", () => {
    const line = (words: string) => [lineOf({ words, shapesConfidence: 0.6, wordsConfidence: 0.88 })];
    expect(judgeWords("unit", line("Vantaan kaupunki, maahanmuuttajapalvelut"), CONTEXT).isProved).toBe(true);
    expect(judgeWords("unit", line("Kuvitelman kaupunki, maahanmuuttajapalvelut"), CONTEXT).isProved).toBe(false);
  });

  it("accepts no name of a place, country or language that its complete list does not have", () => {
    for (const content of ["municipality", "postOffice", "country", "language"] as const) {
      expect(judgeWords(content, [lineOf({ words: "Ra epori" })], CONTEXT).isProved).toBe(false);
    }
    expect(judgeWords("municipality", [lineOf({ words: "Raasepori" })], CONTEXT).isProved).toBe(true);
  });

  it("takes accents and spaces from the reader that knows them", () => {
    const line = lineOf({ words: "Päivi Hämäläinen", shapes: "PaiviHamalainen", shape: shapeOf("Päivi Hämäläinen", { above: 12 }) });
    expect(judgeWords("name", [line], CONTEXT)).toMatchObject({ value: "Päivi Hämäläinen", isProved: true });
  });

  it("leaves a name to a person when the ink has a mark that no letter explains", () => {
    const withCedilla = lineOf({ words: "Aysel", shape: shapeOf("Aysel", { below: 2 }) });
    const withCaron = lineOf({ words: "Zana", shape: shapeOf("Zana", { above: 1 }) });
    expect(judgeWords("name", [withCedilla], CONTEXT)).toMatchObject({ isProved: false, doubts: ["marks"] });
    expect(judgeWords("name", [withCaron], CONTEXT)).toMatchObject({ isProved: false, doubts: ["marks"] });
  });

  it("gives a known name its accent only when the ink shows it", () => {
    const withRing = lineOf({ words: "Asa Lund", shape: shapeOf("Asa Lund", { above: 1 }) });
    expect(judgeWords("name", [withRing], CONTEXT)).toMatchObject({ value: "Åsa Lund" });
    expect(judgeWords("name", [lineOf({ words: "Asa Lund" })], CONTEXT)).toMatchObject({
      value: "Asa Lund",
      isProved: false,
      doubts: ["accents"],
    });
  });

  it.each([
    ["Hibaag", false],
    ["Hibaaq", true],
    ["Yang", true],
    ["Georg", true],
  ])("doubts an unknown name that ends in g after a vowel, which may be a q: %s", (words, isProved) => {
    expect(judgeWords("name", [lineOf({ words, wordsConfidence: 0.97, shapesConfidence: 0.97 })], CONTEXT).isProved).toBe(isProved);
  });

  it("believes an unknown word with å only where the ink counts one mark for it, and never in a name or a unit", () => {
    const ring = lineOf({ words: "dagvård", shape: shapeOf("dagvård", { above: 1, below: 1, wide: 1 }) });
    const melted = lineOf({ words: "dagvård", shape: shapeOf("dagvård", { below: 1 }) });
    expect(judgeWords("freeText", [ring], CONTEXT).isProved).toBe(true);
    expect(judgeWords("freeText", [melted], CONTEXT)).toMatchObject({ isProved: false, doubts: ["accents"] });
    expect(judgeWords("name", [ring], CONTEXT).isProved).toBe(false);
    expect(judgeWords("unit", [ring], CONTEXT).isProved).toBe(false);
    const known = lineOf({ words: "Åsa Lund", shape: shapeOf("Åsa Lund", { above: 1, wide: 1 }) });
    expect(judgeWords("name", [known], CONTEXT).isProved).toBe(true);
  });

  it("believes a name that is often spelled with ş or ı only when every mark of the ink is explained", () => {
    const faded = lineOf({ words: "Elif Yilmaz", shape: shapeOf("Elif Yilmaz", { above: 1 }) });
    const complete = lineOf({ words: "Elif Yilmaz", shape: shapeOf("Elif Yilmaz", { above: 2 }) });
    expect(judgeWords("name", [faded], CONTEXT)).toMatchObject({ isProved: false, doubts: ["accents"] });
    expect(judgeWords("name", [complete], CONTEXT).isProved).toBe(true);
  });

  it("leaves a name to a person when the ink has a gap that the text lacks", () => {
    const line = lineOf({
      words: "AlHamad",
      shape: {
        marksAbove: 0,
        wideMarks: 0,
        tallLetters: 0,
        tailsBelow: 0,
        gaps: [0.1, 0.95, 0.1, 0.1, 0.1, 0.1],
        endStrokes: { head: false, tail: false },
      },
    });
    expect(judgeWords("name", [line], CONTEXT).isProved).toBe(false);
  });

  it.each([
    ["freeText", "k rig"],
    ["name", "Dun y a"],
  ] as const)("doubts a letter torn off its word in %s", (content, words) => {
    expect(judgeWords(content, [lineOf({ words })], CONTEXT)).toMatchObject({
      isProved: false,
      doubts: expect.arrayContaining(["spaces"]),
    });
  });

  it("tells what the ink of a name shows even where the readers differ, so that no other field confirms it", () => {
    const line = lineOf({ words: "OztUrk", shapes: "Ozturh", shape: shapeOf("Ozturk", { above: 4 }) });
    expect(judgeWords("name", [line], CONTEXT).doubts).toContain("marks");
  });

  it("leaves a listed name with a twin to a person when the ink shows more marks", () => {
    const marked = lineOf({ words: "Turkiye", shape: shapeOf("Turkiye", { above: 3 }) });
    expect(judgeWords("country", [marked], CONTEXT)).toMatchObject({ isProved: false, doubts: ["accents"] });
  });

  it("takes no letter that may reach down for the cedilla of a name that is often spelled with one", () => {
    const line = lineOf({ words: "Ayse Yilmaz", shape: shapeOf("Ayse Yilmaz", { below: 1 }) });
    expect(judgeWords("name", [line], CONTEXT).isProved).toBe(false);
  });

  it("accepts no name without the cedilla that it is usually spelled with, however plain the ink", () => {
    expect(judgeWords("name", [lineOf({ words: "Sahin" })], CONTEXT)).toMatchObject({ isProved: false, doubts: ["accents"] });
    expect(judgeWords("name", [lineOf({ words: "Salman" })], CONTEXT).isProved).toBe(true);
  });

  it("never accepts a date where a country is asked for", () => {
    expect(judgeWords("country", [lineOf({ words: "13.09.2026" })], CONTEXT).isProved).toBe(false);
  });

  describe("on a Russian form", () => {
    const russian = { ...CONTEXT, formLanguage: "ru" };

    it("guesses the Cyrillic name that the readers of Latin letters saw, for a person to confirm", () => {
      const line = lineOf({ words: "Apa6cknn", shapes: "Apa6ckn" });
      expect(judgeWords("language", [line], russian)).toMatchObject({ value: "Арабский", isProved: false, doubts: ["foreignScript"] });
      const birthPlace = lineOf({ words: "Cupua, Aleppo", shapes: "Cupua,Aleppo" });
      expect(judgeWords("country", [birthPlace], russian)).toMatchObject({ value: "Сирия, Aleppo", isProved: false });
    });

    it("leaves Latin names as they are", () => {
      expect(judgeWords("language", [lineOf({ words: "dari" })], russian).value).toBe("dari");
    });
  });

  it("never accepts digits in a name", () => {
    expect(judgeWords("name", [lineOf({ words: "A3I3" })], CONTEXT).isProved).toBe(false);
  });

  it.each([
    ["country", "Syyria", "Syyria"],
    ["language", "kurdi (sorani)", "kurdi (sorani)"],
    ["municipality", "Helsinki, Espoo, Vantaa", "Helsinki, Espoo, Vantaa"],
    ["occupation", "sähköasentaja", "sahkoasentaja"],
    ["educationLevel", "peruskoulu kesken", "peruskoulu kesken"],
    ["country", "Afghanistan, Herat", "Afghanistan, Herat"],
  ] as const)("names the list behind a %s: %s", (content, words, shapes) => {
    const verdict = judgeWords(content, [lineOf({ words, shapes, wordsConfidence: 0.6, shapesConfidence: 0.5 })], CONTEXT);
    expect(verdict).toMatchObject({ value: words, isProved: true, evidence: ["codeList", "twoReaders"] });
  });

  it("takes no English name on a Finnish form that lacks only a doubled letter of the Finnish one", () => {
    const syria = [lineOf({ words: "Syria" })];
    expect(judgeWords("country", syria, { ...CONTEXT, formLanguage: "fi" })).toMatchObject({ value: "Syyria", isProved: false });
    expect(judgeWords("country", syria, { ...CONTEXT, formLanguage: "en" })).toMatchObject({ value: "Syria", isProved: true });
  });

  it("reads a full stop between two listed places as the comma it is", () => {
    expect(judgeWords("municipality", [lineOf({ words: "Lohja. Espoo" })], CONTEXT)).toMatchObject({
      value: "Lohja, Espoo",
      isProved: true,
    });
  });

  it("does not believe a full stop between two words of free text", () => {
    const line = (words: string) => [lineOf({ words, wordsConfidence: 0.99, shapesConfidence: 0.99 })];
    expect(judgeWords("freeText", line("Göran Exempel. Saaristo"), CONTEXT).isProved).toBe(false);
    expect(judgeWords("freeText", line("Göran Exempel, Saaristo"), CONTEXT).isProved).toBe(true);
  });

  it("puts one letter right when the other reader has the listed word", () => {
    const verdict = judgeWords("country", [lineOf({ words: "Afehanistan", shapes: "Afghanistan" })], CONTEXT);
    expect(verdict).toMatchObject({ value: "Afghanistan", isProved: true });
  });

  it("does not put right what both readers misread alike", () => {
    const verdict = judgeWords("country", [lineOf({ words: "Afehanistan", shapes: "Afehanistan" })], CONTEXT);
    expect(verdict).toMatchObject({ value: "Afghanistan", isProved: false });
  });

  it("gives known words their accents back", () => {
    const verdict = judgeWords("freeText", [lineOf({ words: "määraaikainen", shapes: "maaraaikainen" })], CONTEXT);
    expect(verdict).toMatchObject({ value: "määräaikainen", isProved: true });
  });

  it("believes one sure reader of a list entry when the other saw something of the kind", () => {
    const sure = lineOf({ words: "lägre högskoleexamen", shapes: "ligre hogskoleexamen", shapesConfidence: 0.45 });
    expect(judgeWords("educationLevel", [sure], CONTEXT)).toMatchObject({ isProved: true, evidence: ["codeList", "calibrated"] });
    const alone = lineOf({ words: "hitsaaja", shapes: "xx" });
    expect(judgeWords("occupation", [alone], CONTEXT).isProved).toBe(false);
  });

  it("does not let one reader choose between neighbours of the list", () => {
    const line = lineOf({ words: "Iran", wordsConfidence: 0.9, shapes: "lrax" });
    expect(judgeWords("country", [line], CONTEXT).isProved).toBe(false);
    const other = lineOf({ words: "Iran", wordsConfidence: 0.99, shapes: "Irak" });
    expect(judgeWords("country", [other], CONTEXT).isProved).toBe(false);
  });

  it("knows the configured sending units", () => {
    const verdict = judgeWords(
      "unit",
      [lineOf({ words: "Esimerkin vastaanottokeskus", wordsConfidence: 0.7, shapesConfidence: 0.4 })],
      CONTEXT,
    );
    expect(verdict.evidence).toContain("codeList");
    expect(verdict.isProved).toBe(true);
  });

  it("accepts no Cyrillic word that looks like a Latin one on a Russian form", () => {
    const russian = { ...CONTEXT, formLanguage: "ru" };
    expect(judgeWords("name", [lineOf({ words: "COBA" })], russian)).toMatchObject({ isProved: false, doubts: ["foreignScript"] });
    expect(judgeWords("name", [lineOf({ words: "Viktor Ivanov" })], russian).isProved).toBe(true);
    expect(judgeWords("country", [lineOf({ words: "Poccua" })], russian).isProved).toBe(false);
  });

  it("takes a word's odd letter case from the other reader", () => {
    expect(judgeWords("name", [lineOf({ words: "Noor AZiz", shapes: "Noor Aziz" })], CONTEXT)).toMatchObject({
      value: "Noor Aziz",
      isProved: true,
    });
  });

  it("leaves differing readings to a person", () => {
    expect(judgeWords("name", [lineOf({ words: "Karim", shapes: "Karin" })], CONTEXT)).toMatchObject({ isProved: false, evidence: [] });
  });

  it("finds nothing where no reader sees a letter", () => {
    expect(judgeWords("name", [lineOf({ words: "", shapes: "" })], CONTEXT)).toMatchObject({ value: "", isProved: false });
  });
});
