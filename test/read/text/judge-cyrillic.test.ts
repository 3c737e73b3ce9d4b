import { describe, expect, it } from "vitest";
import { judgeCyrillic } from "../../../src/read/text/judge-cyrillic.ts";
import type { LineReadings } from "../../../src/read/text/line-readings.ts";
import { lineOf, shapeOf } from "./reading-samples.ts";

interface Sample {
  readonly words: string;
  readonly shapes?: string;
  readonly cyrillic: string;
  /** The Cyrillic reader's own confidence, of every word or word by word. */
  readonly sure?: number | readonly number[];
  /** Marks above the line that the ink shows. */
  readonly above?: number;
}

function seen({ words, shapes = words, cyrillic, sure = 0.96, above = 0 }: Sample): LineReadings {
  const texts = cyrillic.split(" ");
  const confidences = texts.map((_, index) => (typeof sure === "number" ? sure : (sure[index] ?? 0)));
  return {
    ...lineOf({ words, shapes, wordsConfidence: 0.3, shapesConfidence: 0.3, shape: shapeOf(cyrillic, { above }) }),
    cyrillic: {
      text: cyrillic,
      confidence: Math.min(...confidences),
      words: texts.map((text, index) => ({ text, confidence: confidences[index] ?? 0 })),
    },
  };
}

describe("judgeCyrillic", () => {
  it("accepts a list's name that the Latin readers' look bears out", () => {
    const line = seen({ words: "Typuwa", shapes: "Typung", cyrillic: "Турция" });
    expect(judgeCyrillic("country", [line])).toMatchObject({ value: "Турция", isProved: true, evidence: ["codeList", "twoReaders"] });
  });

  it("keeps the letter case that was written", () => {
    const line = seen({ words: "noBap", cyrillic: "повар" });
    expect(judgeCyrillic("occupation", [line])?.value).toBe("повар");
  });

  it.each([
    ["the reader is unsure", { words: "Typuwa", cyrillic: "Турция", sure: 0.7 }],
    ["the Latin readers saw another name", { words: "MpaH", cyrillic: "Ирак" }],
    ["a near name fits as well", { words: "Mpa", cyrillic: "Ирак" }],
    ["the name is misread by a letter", { words: "Typuwa", cyrillic: "Турцяя" }],
  ] as const)("leaves a list's name to a person when %s", (_, sample) => {
    expect(judgeCyrillic("country", [seen(sample)])?.isProved ?? false).toBe(false);
  });

  it("accepts free text that the reader of shapes bears out", () => {
    const line = seen({ words: "MupMa 3aKPbINaCb", shapes: "pupma 3akpbinacb", cyrillic: "фирма закрылась" });
    expect(judgeCyrillic("freeText", [line])).toMatchObject({ value: "фирма закрылась", isProved: true, evidence: ["twoReaders"] });
  });

  it.each([
    ["a word is unsure", { words: "BOAUTenb aBTO6yca", cyrillic: "волитель автобуса", sure: [0.85, 0.96] }],
    ["only the reader of words bears it out", { words: "BouHa", shapes: "Hoang", cyrillic: "война" }],
    ["the ink shows dots that a е has not", { words: "yye6a", cyrillic: "учеба", above: 2 }],
    ["one letter of a long word is another", { words: "npocbeccuoHanbHoe", cyrillic: "прафессиональное" }],
    ["a letter stands by itself", { words: "6 H oneH", cyrillic: "б н олен" }],
    [
      "a comma may have lost its tail",
      { words: "MupMa 3aKPbINaCb. nepee3a", shapes: "pupma 3akpbinacb. nepee3a", cyrillic: "фирма закрылась. переезд" },
    ],
    ["it is cursive", { words: "cemeuhue odcmosmenscmba", cyrillic: "семейные обстоятельства", above: 1 }],
  ] as const)("leaves free text to a person, in Cyrillic letters, when %s", (_, sample) => {
    const verdict = judgeCyrillic("freeText", [seen(sample)]);
    expect(verdict).toMatchObject({ value: sample.cyrillic, isProved: false, doubts: ["foreignScript"] });
  });

  it.each([
    ["educationLevel", "профессиональное училище", "npopeccuoHanbHoe yuunuwe"],
    ["occupation", "средняя шкала", "cpegHaa wkana"],
    ["freeText", "медсестри", "megcecTpu"],
  ] as const)("leaves a %s to a person that no list has, or but for a letter of a word: %s", (content, cyrillic, words) => {
    expect(judgeCyrillic(content, [seen({ words, cyrillic })])).toMatchObject({ value: cyrillic, isProved: false });
  });

  it("takes a language level from the readers of Latin letters, who must agree on it", () => {
    const cyrillic = "финский A1.2, английский В2";
    const both = "uHcKuu A1.2, aHrnuucKuu B2";
    const agreed = judgeCyrillic("freeText", [seen({ words: both, cyrillic, sure: [0.95, 0.2, 0.95, 0.3], above: 2 })]);
    expect(agreed).toMatchObject({ value: "финский A1.2, английский B2", isProved: true });
    const other = seen({ words: both, shapes: "uHcKuu A1.2, aHrnuucKuu B1", cyrillic, above: 2 });
    expect(judgeCyrillic("freeText", [other])?.isProved).toBe(false);
    const unread = seen({ words: "uHcKuu A1.2, aHrnuucKuu BZ", cyrillic, above: 2 });
    expect(judgeCyrillic("freeText", [unread])?.isProved).toBe(false);
  });

  it("joins a country in Cyrillic letters and a place in Latin ones", () => {
    const line = seen({ words: "Cupua, Aleppo", shapes: "Cupug,Aleppo", cyrillic: "Сирия, Аерро", sure: [0.96, 0.2] });
    expect(judgeCyrillic("country", [line])).toMatchObject({ value: "Сирия, Aleppo", isProved: true });
    const unread = seen({ words: "Cupua, Aleppo", shapes: "Cupug, Aleqqo", cyrillic: "Сирия, Аерро", sure: [0.96, 0.2] });
    expect(judgeCyrillic("country", [unread])).toMatchObject({ isProved: false });
  });

  it("leaves Latin writing to the readers of Latin letters", () => {
    const latin = seen({ words: "Zain Telecom", cyrillic: "Гат Теесот", sure: 0.73 });
    expect(judgeCyrillic("freeText", [latin])).toBe(null);
    expect(
      judgeCyrillic("freeText", [
        seen({ words: "Ministry of Education", shapes: "Ministry ot Education", cyrillic: "Мигигу оЁ Едуисапоп", sure: 0.2 }),
      ]),
    ).toBe(null);
  });

  it("leaves what both readers of Latin letters see surely to them, though Cyrillic letters could look so", () => {
    const line = seen({ words: "Aras Company", cyrillic: "Агаз Сотрапу", sure: 0.6 });
    const sure = { ...line, words: { text: "Aras Company", confidence: 0.9 }, shapes: { text: "Aras Company", confidence: 0.95 } };
    expect(judgeCyrillic("freeText", [sure])).toBe(null);
    expect(judgeCyrillic("freeText", [line])).toMatchObject({ isProved: false });
  });

  it("says nothing where no reader of Cyrillic letters was asked", () => {
    expect(judgeCyrillic("country", [lineOf({ words: "Typuwa" })])).toBe(null);
    expect(judgeCyrillic("country", [])).toBe(null);
  });
});
