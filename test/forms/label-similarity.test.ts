import { describe, expect, it } from "vitest";
import { labelSimilarity } from "../../src/forms/label-similarity.ts";

describe("labelSimilarity", () => {
  it.each([
    ["1. Surname *", "surname"],
    ["DateOfBirth", "date of birth"],
    ["dateofbirth", "date of birth"],
    ["Geburtsdatum (TT.MM.JJJJ)", "Geburtsdatum"],
  ])("takes %s for %s", (label, wording) => {
    expect(labelSimilarity(label, wording)).toBe(1);
  });

  it("forgives inflection", () => {
    expect(labelSimilarity("Etunimi", "Etunimet")).toBeGreaterThan(0.6);
  });

  it.each([
    ["Date of birth of child", "date of birth"],
    ["Employer's telephone", "telephone"],
    ["Emergency contact: phone number", "phone number"],
  ])("sees that %s says more than %s", (label, wording) => {
    expect(labelSimilarity(label, wording)).toBe(0);
  });
});
