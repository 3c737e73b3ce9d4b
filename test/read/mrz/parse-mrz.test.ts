import { array, assert, constantFrom, integer, property, tuple } from "fast-check";
import { parse } from "mrz";
import { describe, expect, it } from "vitest";
import type { IsoDate } from "../../../src/model/time.ts";
import { checkDigitOf } from "../../../src/read/mrz/check-digit.ts";
import { MRZ_FORMATS, type MrzFormat } from "../../../src/read/mrz/mrz-format.ts";
import { parseMrz } from "../../../src/read/mrz/parse-mrz.ts";
import { passportLines, permitLines } from "./specimen.ts";

const TODAY = "2026-11-24" as IsoDate;

function formatNamed(name: MrzFormat["name"]): MrzFormat {
  const format = MRZ_FORMATS.find((candidate) => candidate.name === name);
  if (format === undefined) throw new Error(`expected a format ${name}`);
  return format;
}

const TD1 = formatNamed("TD1");
const TD2 = formatNamed("TD2");
const TD3 = formatNamed("TD3");

describe("checkDigitOf", () => {
  it.each([
    ["520727", "3"],
    ["AB2134<<<", "5"],
    ["D23145890", "7"],
    ["", "0"],
  ])("gives the digit of ICAO's own example %s", (text, digit) => {
    expect(checkDigitOf(text)).toBe(digit);
  });
});

describe("parseMrz", () => {
  it("does not take a line of fillers for one whose check digits hold", () => {
    const lines = ["P<FINVIRTANEN<<AMINA<<<<<<<<<<<<<<<<<<<<<<<<", "<<<<<<<<<0<<<0000000<0000000<<<<<<<<<<<<<<<0"];
    expect(parseMrz(lines, TD3, 0.9, TODAY).checksHold).toBe(false);
  });

  it("reads a card: numbers, dates, names, optional data", () => {
    const reading = parseMrz(permitLines({ optional1: "010190<900A" }), TD1, 0.9, TODAY);
    expect(reading).toMatchObject({
      format: "TD1",
      checksHold: true,
      documentNumber: "XA1234567",
      birthDate: "1990-01-01",
      expiryDate: "2030-05-31",
      nationality: "SOM",
      issuingState: "FIN",
      surname: "VIRTANEN ABDI",
      givenNames: "AMINA HODAN",
      optional1: "010190<900A",
      optional2: "",
    });
  });

  it("reads a passport and ICAO's example of the middle format", () => {
    expect(parseMrz(passportLines(), TD3, 1, TODAY)).toMatchObject({
      checksHold: true,
      documentNumber: "A12345678",
      birthDate: "2006-11-24",
    });
    const middle = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"];
    expect(parseMrz(middle, TD2, 1, TODAY)).toMatchObject({ checksHold: true, surname: "ERIKSSON", givenNames: "ANNA MARIA" });
  });

  it("reads a visa, which has no check digit over the whole zone", () => {
    const number = `L8988901C${checkDigitOf("L8988901C")}`;
    const dates = `400917${checkDigitOf("400917")}F270612${checkDigitOf("270612")}`;
    const lines = ["V<UTOERIKSSON<<ANNA<MARIA".padEnd(44, "<"), `${number}XXX${dates}6ZE184226B`.padEnd(44, "<")];
    const visa = formatNamed("MRVA");
    expect(parseMrz(lines, visa, 1, TODAY)).toMatchObject({ checksHold: true, documentNumber: "L8988901C", sex: "F" });
    expect(parseMrz([lines[0] ?? "", bumpDigit(lines[1] ?? "", 14)], visa, 1, TODAY).checksHold).toBe(false);
  });

  it.each([
    ["the day itself", "261124", "2026-11-24"],
    ["the day after", "261125", "1926-11-25"],
    ["a day that does not exist", "900230", null],
    ["an unknown day", "90<<<<", null],
  ])("dates a birth on %s", (_title, birth, expected) => {
    expect(parseMrz(permitLines({ birth }), TD1, 1, TODAY).birthDate).toBe(expected);
  });

  it("takes a card number of more than nine places from the optional data", () => {
    const number = "D23145890734";
    const lines = permitLines({ number: number.slice(0, 9), numberCheck: "<", optional1: `${number.slice(9)}${checkDigitOf(number)}<AB` });
    expect(parseMrz(lines, TD1, 1, TODAY)).toMatchObject({ documentNumber: number, optional1: "AB", checksHold: true });
  });

  it("sees one changed digit in every checked place", () => {
    const lines = permitLines({});
    for (const [line, column] of [
      [0, 7],
      [0, 14],
      [1, 3],
      [1, 6],
      [1, 10],
      [1, 14],
      [1, 29],
    ] as const) {
      const changed = lines.map((text, index) => (index === line ? bumpDigit(text, column) : text));
      expect(parseMrz(changed, TD1, 1, TODAY).checksHold).toBe(false);
    }
  });

  it("agrees with the npm package mrz on any card", () => {
    const name = array(constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"), { minLength: 2, maxLength: 9 }).map((letters) => letters.join(""));
    const birth = tuple(integer({ min: 50, max: 99 }), integer({ min: 1, max: 12 }), integer({ min: 1, max: 28 })).map((parts) =>
      parts.map((part) => String(part).padStart(2, "0")).join(""),
    );
    assert(
      property(name, name, birth, integer({ min: 0, max: 9_999_999 }), (surname, given, date, number) => {
        const lines = permitLines({ names: `${surname}<<${given}`, birth: date, number: `XA${String(number).padStart(7, "0")}` });
        const ours = parseMrz(lines, TD1, 1, TODAY);
        const theirs = parse(lines.map((line, index) => (index === 0 ? line.replace(/^IR/, "I<") : line)));
        expect(ours.checksHold).toBe(true);
        expect(theirs.fields.lastName).toBe(ours.surname);
        expect(theirs.fields.firstName).toBe(ours.givenNames);
        expect(theirs.fields.documentNumber).toBe(ours.documentNumber);
        expect(theirs.fields.compositeCheckDigit).toBe(lines[1]?.at(-1));
        expect(theirs.valid).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

function bumpDigit(text: string, column: number): string {
  return `${text.slice(0, column)}${(Number(text[column]) + 1) % 10}${text.slice(column + 1)}`;
}
