import { describe, expect, it } from "vitest";
import { withDigits } from "../../../src/read/text/digit-look-alikes.ts";
import { judgeEmail } from "../../../src/read/text/judge-email.ts";
import { lineOf } from "./reading-samples.ts";

const ADDRESS = "ali.qasemi15@mail.example";

describe("judgeEmail", () => {
  it("accepts an address that two readers spell alike", () => {
    expect(judgeEmail([lineOf({ words: "", shapes: ADDRESS, codes: ADDRESS })])).toMatchObject({ value: ADDRESS, isProved: true });
  });

  it("takes the spelling of the reader of shapes when the other sees only look-alikes", () => {
    const verdict = judgeEmail([lineOf({ words: "", shapes: ADDRESS, codes: "ali.gasemil5@mail. example" })]);
    expect(verdict).toMatchObject({ value: ADDRESS, isProved: true, evidence: ["twoReaders"] });
  });

  it("leaves an address to a person when the reader of shapes is not sure of it", () => {
    const verdict = judgeEmail([lineOf({ words: "", shapes: ADDRESS, shapesConfidence: 0.85, codes: "ali.gasemil5@mail.example" })]);
    expect(verdict.isProved).toBe(false);
  });

  it("leaves differing or malformed addresses to a person", () => {
    expect(judgeEmail([lineOf({ words: "", shapes: ADDRESS, codes: "ali.qasemi15@nail.example" })]).isProved).toBe(false);
    expect(judgeEmail([lineOf({ words: "", shapes: "aliQmail.example", codes: ADDRESS })])).toMatchObject({
      value: ADDRESS,
      isProved: false,
    });
  });
});

describe("withDigits", () => {
  it.each([
    ["04S 000 1172", "045 000 1172"],
    ["+3S8 41 OO09571", "+358 41 0009571"],
    ["SOS", "SOS"],
    ["", ""],
  ])("turns %j into %j", (text, expected) => {
    expect(withDigits(text)).toBe(expected);
  });
});
