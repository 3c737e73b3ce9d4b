import { describe, expect, it } from "vitest";
import { statesOtherVersion } from "../../../src/read/align/judge-stated-version.ts";

const read = (text: string, confidence = 0.97) => ({ characters: [...text].map((character) => ({ character, confidence })) });
const FORM = { code: "ILMO-F1", version: "1.0" };

describe("statesOtherVersion", () => {
  it.each(["ILMO-F1 fi 1.1", "ILMO-F1fi1.2", "ilmo-f1 sv 2.0", "LMO-F1 en 2.0", "ILMC-F1 ru 1. 3", "ILMO-F1 fi 1.10"])(
    "is true of %j",
    (text) => {
      expect(statesOtherVersion(read(text), FORM)).toBe(true);
    },
  );

  it.each(["ILMO-F1 fi 1.0", "ILMO-F1fi1.0", "ILMO-F1 11.0", "ILMO-F110", "ILMO-F1 fi", "", "Ratapihantie 7.5", "-0=2 5.0"])(
    "is false of %j, which is this version, not legible or no code of the form",
    (text) => {
      expect(statesOtherVersion(read(text), FORM)).toBe(false);
    },
  );

  it.each([
    { confidence: 0.79, expected: false },
    { confidence: 0.8, expected: true },
  ])("is $expected when the digits are $confidence sure", ({ confidence, expected }) => {
    expect(statesOtherVersion(read("ILMO-F1 fi 1.1", confidence), FORM)).toBe(expected);
  });

  it("knows versions of any shape", () => {
    const dated = { code: "B-2", version: "2024/05" };
    expect(statesOtherVersion(read("B-2 2024/06"), dated)).toBe(true);
    expect(statesOtherVersion(read("B-2 2024/05"), dated)).toBe(false);
  });
});
