import { describe, expect, it } from "vitest";
import { checkCharacterOf } from "../../../src/model/personal-identity-code.ts";
import { judgeCode } from "../../../src/read/text/judge-code.ts";
import { lineOf, shapeOf } from "./reading-samples.ts";

const NINE = "010190900";
const CODE = `010190-900${checkCharacterOf(NINE)}`;

describe("judgeCode", () => {
  it.each([
    ["date", "21.4.2026", "21.04.2026"],
    ["partialDate", "02/2016", "2/2016"],
    ["phone", "040 000 4062", "+358 40 0004062"],
    ["customerNumber", "2665736", "2665736"],
    ["licence", "A B", "AB"],
  ] as const)("accepts a %s that both readers see, however they write it", (content, words, shapes) => {
    const verdict = judgeCode(content, [lineOf({ words, shapes })], "test");
    expect(verdict).toMatchObject({ isProved: true, value: shapes });
    expect(verdict.evidence).toContain("twoReaders");
  });

  it.each([
    ["date", "21.4.2026", "21.1.2026"],
    ["phone", "040 000 4062", "040 000 4063"],
    ["cardNumber", "AB1234567", "A81234567"],
    ["number", "16", "18"],
  ] as const)("leaves a %s to a person when the readers differ", (content, words, shapes) => {
    expect(judgeCode(content, [lineOf({ words, shapes })], "test").isProved).toBe(false);
  });

  it("accepts nothing that only one reader can read", () => {
    const verdict = judgeCode("date", [lineOf({ words: "zl.4.2oz6", shapes: "21.4.2026", shapesConfidence: 1 })], "test");
    expect(verdict).toMatchObject({ isProved: false, value: "21.4.2026" });
  });

  it("lets a third look settle a quarrel", () => {
    const verdict = judgeCode("date", [lineOf({ words: "27.4.2026", shapes: "21.4.2026", codes: "21.4.2026" })], "test");
    expect(verdict).toMatchObject({ isProved: true, value: "21.4.2026" });
  });

  it("believes the reader of shapes alone when it is very sure and the other only miscounts", () => {
    const sure = { shapes: "050 000 5789", shapesConfidence: 0.99 };
    expect(judgeCode("phone", [lineOf({ words: "050 000 51789", ...sure })], "test")).toMatchObject({
      isProved: true,
      evidence: ["calibrated"],
    });
    expect(judgeCode("phone", [lineOf({ words: "050 000 5780", ...sure })], "test").isProved).toBe(false);
    expect(judgeCode("phone", [lineOf({ words: "O5O G", ...sure })], "test").isProved).toBe(false);
    expect(judgeCode("phone", [lineOf({ words: "050 000 51789", ...sure, shapesConfidence: 0.97 })], "test").isProved).toBe(false);
  });

  it("does not believe the shorter of two readings of a number that may have any length", () => {
    const sure = { shapes: "128301", shapesConfidence: 0.99 };
    expect(judgeCode("customerNumber", [lineOf({ words: "7128301", ...sure })], "test").isProved).toBe(false);
    expect(judgeCode("customerNumber", [lineOf({ words: "12830", ...sure })], "test").isProved).toBe(true);
  });

  it("takes two equal readings of an unusual phone number only from two very sure readers", () => {
    const lost = "044 000 332";
    expect(judgeCode("phone", [lineOf({ words: lost, wordsConfidence: 0.7, shapesConfidence: 0.99 })], "test").isProved).toBe(false);
    expect(judgeCode("phone", [lineOf({ words: lost, wordsConfidence: 0.9, shapesConfidence: 0.99 })], "test").isProved).toBe(true);
  });

  it("leaves a card number to a person whose first letter may be a digit", () => {
    expect(judgeCode("cardNumber", [lineOf({ words: "153760357" })], "test").isProved).toBe(false);
    expect(judgeCode("cardNumber", [lineOf({ words: "XT4555719" })], "test").isProved).toBe(true);
  });

  it.each([
    ["partialDate", "2/2020", { head: true, tail: false }, false],
    ["partialDate", "12/2020", { head: true, tail: false }, true],
    ["partialDate", "2/202", { head: false, tail: true }, false],
    ["partialDate", "2/2021", { head: false, tail: true }, true],
    ["date", "2.4.2026", { head: true, tail: false }, false],
    ["phone", "040 000 4062", { head: false, tail: true }, false],
  ] as const)("asks whether a %s %s is whole when its ink has strokes %o at its ends", (content, words, strokes, isProved) => {
    const line = lineOf({ words, wordsConfidence: 0.99, shapesConfidence: 0.99, shape: shapeOf(words, { strokes }) });
    expect(judgeCode(content, [line], "test").isProved).toBe(isProved);
  });

  it("does not believe two unsure readers", () => {
    const verdict = judgeCode("phone", [lineOf({ words: "040 000 4062", wordsConfidence: 0.2, shapesConfidence: 0.3 })], "test");
    expect(verdict.isProved).toBe(false);
  });

  it("names the code list behind a postal code", () => {
    expect(judgeCode("postalCode", [lineOf({ words: "00520" })], "test").evidence).toEqual(["codeList", "twoReaders"]);
  });

  describe("identityCode", () => {
    it("accepts a code that both readers see and the check character proves", () => {
      const verdict = judgeCode("identityCode", [lineOf({ words: CODE })], "test");
      expect(verdict).toMatchObject({ isProved: true, value: CODE, evidence: ["checkDigit", "twoReaders"] });
    });

    it("keeps a code of one reader in review, because the century sign has no check", () => {
      const verdict = judgeCode("identityCode", [lineOf({ words: "O1019O_900?", shapes: CODE })], "test");
      expect(verdict).toMatchObject({ isProved: false, value: CODE, evidence: ["checkDigit"] });
    });

    it("accepts nothing when the readers see different century signs", () => {
      const other = CODE.replace("-", "A");
      expect(judgeCode("identityCode", [lineOf({ words: CODE, shapes: other })], "test").isProved).toBe(false);
    });

    it("believes a wrong check character only of two very sure readers", () => {
      const wrong = `${CODE.slice(0, 10)}${CODE.endsWith("A") ? "B" : "A"}`;
      expect(judgeCode("identityCode", [lineOf({ words: wrong, shapesConfidence: 0.9 })], "test").isProved).toBe(false);
      expect(judgeCode("identityCode", [lineOf({ words: wrong, shapesConfidence: 0.99 })], "test")).toMatchObject({
        isProved: true,
        value: wrong,
      });
    });
  });

  it("shows what was read when it is no value of its kind", () => {
    expect(judgeCode("date", [lineOf({ words: "keväällä", shapes: "kevaalla" })], "test")).toMatchObject({
      isProved: false,
      value: "kevaalla",
    });
  });
});
