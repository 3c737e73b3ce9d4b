import { describe, expect, it } from "vitest";
import { mergeLetterCase } from "../../../src/read/text/merge-letter-case.ts";
import { putLettersRight } from "../../../src/read/text/put-letters-right.ts";

describe("putLettersRight", () => {
  it.each([
    ["EI-Masri", "El-Masri"],
    ["AI Hamad", "Al Hamad"],
    ["lbrahim", "Ibrahim"],
    ["llolankuja 28", "Ilolankuja 28"],
    ["Syria, ldlib", "Syria, Idlib"],
    ["SaIman", "Salman"],
    ["A1i", "Ali"],
    ["MOHAMM0D", "MOHAMMOD"],
    ["AL1", "AL1"],
    ["lääkäri", "lääkäri"],
    ["laitoshuoltaja", "laitoshuoltaja"],
    ["AL-BAYATI", "AL-BAYATI"],
    ["| Espoo |", "Espoo"],
    ["Hamid Alizada", "Hamid Alizada"],
    ["", ""],
  ])("turns %j into %j", (text, expected) => {
    expect(putLettersRight(text)).toBe(expected);
  });

  it("changes nothing the second time", () => {
    for (const text of ["EI-Masri", "lbrahim", "| Espoo |", "A1i"]) {
      expect(putLettersRight(putLettersRight(text))).toBe(putLettersRight(text));
    }
  });
});

describe("mergeLetterCase", () => {
  it.each([
    ["Noor AZiz", "Noor Aziz", "Noor Aziz"],
    ["Noor Aziz", "NOOR AZIZ", "Noor Aziz"],
    ["AZiz", "Noor Aziz", "AZiz"],
    ["McKay", "Mckay", "Mckay"],
  ])("%j beside %j gives %j", (text, other, expected) => {
    expect(mergeLetterCase(text, other)).toBe(expected);
  });
});
