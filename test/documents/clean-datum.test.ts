import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanDatum, escapeHtml } from "../../src/documents/clean-datum.ts";

describe("cleanDatum", () => {
  it.each([
    ["direction controls", "\u202eAli\u202c \u2067Hassan\u2069\u200f", "Ali Hassan"],
    ["invisible and control characters", "A\u0000l\u00adi\ufeff", "Ali"],
    ["doubled spaces and line ends", "  Ali \n\u00a0 Hassan ", "Ali Hassan"],
    ["ready-shaped Arabic letters", "\ufecb\ufee0\ufef2", "علي"],
    ["a decomposed letter", "A\u0308ijä", "Äijä"],
  ])("removes or mends %s", (_, text, expected) => {
    expect(cleanDatum(text)).toBe(expected);
  });

  it("keeps joiners, which are spelling in Persian", () => {
    expect(cleanDatum("می\u200cشود")).toBe("می\u200cشود");
  });

  it("leaves a clean text as it is", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => cleanDatum(cleanDatum(text)) === cleanDatum(text)));
  });
});

describe("escapeHtml", () => {
  it("leaves no sign that HTML would read", () => {
    expect(escapeHtml(`<a href="x">'&'</a>`)).toBe("&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  });
});
