import { describe, expect, it } from "vitest";
import { areNamesCompatible } from "../../src/validate/compare-names.ts";

describe("areNamesCompatible", () => {
  it.each([
    [
      { surname: "Åkerström", givenNames: "Ève" },
      { surname: "AAKERSTROEM", givenNames: "EVE" },
    ],
    [
      { surname: "Yılmaz", givenNames: "Şule" },
      { surname: "YILMAZ", givenNames: "SULE" },
    ],
    [
      { surname: "Shakir", givenNames: "Dun ya" },
      { surname: "SHAKIR", givenNames: "DUNYA" },
    ],
    [
      { surname: "Al-Hakimi", givenNames: "Noor" },
      { surname: "ALHAKIMI", givenNames: "NOOR" },
    ],
    [
      { surname: "Hakimi", givenNames: "Abdulrahman" },
      { surname: "HAKIMI", givenNames: "ABDULRAH" },
    ],
    [
      { surname: "Noor", givenNames: "Hakimi" },
      { surname: "HAKIMI", givenNames: "NOOR" },
    ],
    [
      { surname: "", givenNames: "Zarmina" },
      { surname: "ZARMINA", givenNames: "" },
    ],
    [
      { surname: "Hakimi", givenNames: "No0r" },
      { surname: "HAKIMI", givenNames: "NOOR" },
    ],
  ])("takes %o and %o for one person", (form, card) => {
    expect(areNamesCompatible(form, card)).toBe(true);
  });

  it.each([
    [
      { surname: "Hakimi", givenNames: "Noor" },
      { surname: "VIRTANEN", givenNames: "NOOR" },
    ],
    [
      { surname: "Hakimi", givenNames: "Noor" },
      { surname: "HAKIMI", givenNames: "ZARMINA" },
    ],
  ])("takes %o and %o for two persons", (form, card) => {
    expect(areNamesCompatible(form, card)).toBe(false);
  });
});
