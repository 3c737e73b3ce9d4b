import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { create, type Font } from "@cantoo/fontkit";
import { describe, expect, it } from "vitest";
import { loadBundledFonts } from "../../src/adapters/fonts.ts";
import { formatDay } from "../../src/documents/format-when.ts";
import { MESSAGE_FILES, toMessageTable } from "../../src/documents/message-files.ts";
import { PAPER_LANGUAGES } from "../../src/documents/paper-language.ts";
import { stripPresentationForms } from "../../src/documents/strip-presentation-forms.ts";
import { languageNameIn, textsOf } from "../../src/documents/texts.ts";
import { addDays, IsoDate } from "../../src/model/time.ts";

const VAZIRMATN = createRequire(import.meta.url).resolve("@fontsource/vazirmatn/files/vazirmatn-arabic-400-normal.woff");

/** The characters of a text that no bundled font draws; the soft hyphen is drawn as a hyphen or not at all. */
function undrawableIn(text: string): string[] {
  const { codePoints } = loadBundledFonts();
  const characters = new Set(text.replace(/\u00ad/gu, ""));
  return [...characters].filter((character) => !codePoints.has(character.codePointAt(0) ?? 0));
}

const YEAR = Array.from({ length: 366 }, (_, day) => addDays(IsoDate.parse("2027-01-01"), day));

describe("loadBundledFonts", () => {
  it.each(PAPER_LANGUAGES)("draws every character of the texts in %s", (language) => {
    expect(undrawableIn([...toMessageTable(MESSAGE_FILES[language]).messages.values()].join(""))).toEqual([]);
  });

  it.each(PAPER_LANGUAGES)("draws every weekday, month and language name in %s", (language) => {
    const texts = textsOf(language);
    const names = ["kmr", "ti", "uk", "my", "ps"].map((code) => languageNameIn(texts, code));
    expect(undrawableIn([...YEAR.map((day) => formatDay(texts, day)), ...names].join(""))).toEqual([]);
  });

  it("does not draw a letter of a script that is not bundled", () => {
    const texts = [...toMessageTable(MESSAGE_FILES.so).messages.values(), "ሰላም"].join("");
    expect(undrawableIn(texts)).toEqual(["ሰ", "ላ", "ም"]);
  });

  it("draws the letters of names from everywhere the office's customers come", () => {
    const { codePoints } = loadBundledFonts();
    const letters = "ÅÄÖåäöŠŽšžÕõŞşĞğİıẞßÞþŁłŐőÇçÊêÎîÛûĀāḤḥʿʾ’ЁёЇїІіپچژگکیێۆڕڵەڤئأإآةىؤ";
    expect([...letters].filter((letter) => !codePoints.has(letter.codePointAt(0) ?? 0))).toEqual([]);
  });
});

/** Opens one font, not a collection. */
function open(bytes: Buffer): Font {
  const font = create(bytes);
  if (!("layout" in font)) throw new Error("expected a single font");
  return font;
}

const glyphsOf = (font: Font, text: string) => font.layout(text).glyphs.map(({ id }) => id);

describe("stripPresentationForms", () => {
  const woff = readFileSync(VAZIRMATN);

  it("drops ready-shaped letters from the character map and keeps the plain ones", () => {
    const before = open(woff).characterSet;
    const after = open(stripPresentationForms(woff).sfnt).characterSet;
    expect(before.filter((code) => code >= 0xfb50).length).toBeGreaterThan(100);
    expect(after).toEqual(before.filter((code) => code < 0xfb50));
  });

  it("still shapes letters by their place in the word", () => {
    const shaped = glyphsOf(open(stripPresentationForms(woff).sfnt), "عععع");
    expect(new Set(shaped).size).toBe(3);
    expect(shaped).toEqual(glyphsOf(open(woff), "عععع"));
  });

  it("refuses bytes that are no font", () => {
    expect(() => stripPresentationForms(Buffer.from("no font at all"))).toThrow(expect.objectContaining({ code: "textMissing" }));
  });
});
