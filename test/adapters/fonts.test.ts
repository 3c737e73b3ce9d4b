import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { create, type Font } from "@cantoo/fontkit";
import { describe, expect, it } from "vitest";
import { loadBundledFonts } from "../../src/adapters/fonts.ts";
import { MESSAGE_FILES, toMessageTable } from "../../src/documents/message-files.ts";
import { PAPER_LANGUAGES } from "../../src/documents/paper-language.ts";
import { stripPresentationForms } from "../../src/documents/strip-presentation-forms.ts";

const VAZIRMATN = createRequire(import.meta.url).resolve("@fontsource/vazirmatn/files/vazirmatn-arabic-400-normal.woff");

describe("loadBundledFonts", () => {
  it.each(PAPER_LANGUAGES)("draws every character of the texts in %s", (language) => {
    const { codePoints } = loadBundledFonts();
    const characters = new Set([...toMessageTable(MESSAGE_FILES[language]).messages.values()].join("").replace(/\u00ad/gu, ""));
    expect([...characters].filter((character) => !codePoints.has(character.codePointAt(0) ?? 0))).toEqual([]);
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
