import { describe, expect, it } from "vitest";
import { PAPER_LANGUAGES } from "../../src/documents/paper-language.ts";
import { textsOf } from "../../src/documents/texts.ts";

describe("textsOf", () => {
  it("isolates each value and escapes it", () => {
    const html = textsOf("ar").html("invitation.prevented", { reference: "<K7&M3>" });
    expect(html).toContain('<bdi class="unbroken">&lt;K7&amp;M3&gt;</bdi>');
    expect(html).not.toContain("<K7");
  });

  it.each(PAPER_LANGUAGES)("writes numbers with Western digits in %s", (language) => {
    for (const hours of [3, 11]) expect(textsOf(language).plain("invitation.duration", { hours })).toMatch(new RegExp(String(hours), "u"));
  });

  it("uses the plural form of the language", () => {
    expect(textsOf("ar").plain("invitation.duration", { hours: 2 })).toContain("ساعتين");
    expect(textsOf("ru").plain("invitation.duration", { hours: 5 })).toContain("5 часов");
  });

  it("refuses a missing key and a missing value", () => {
    expect(() => textsOf("fi").plain("invitation.nothing")).toThrow(expect.objectContaining({ code: "textMissing" }));
    expect(() => textsOf("fi").html("invitation.prevented")).toThrow(expect.objectContaining({ code: "textMissing" }));
  });

  it("refuses the office's own texts in a language that the office does not write", () => {
    expect(() => textsOf("ar").plain("completion.title")).toThrow(expect.objectContaining({ code: "textMissing" }));
  });
});
