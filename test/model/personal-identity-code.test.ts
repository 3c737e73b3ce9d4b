import * as fc from "fast-check";
import { FinnishSSN } from "finnish-ssn";
import { describe, expect, it } from "vitest";
import { CENTURY_SIGNS, checkCharacterOf, parsePersonalIdentityCode } from "../../src/model/personal-identity-code.ts";

/** Fictive codes published for testing (all in the artificial series or long-known examples). */
const PUBLISHED =
  "010594Y9032 020594X903P 030594W903B 040594V9030 050594U903M 010516B903X 020516C903K 030516D9037 010501E9032 020503F9037".split(" ");
const OLDER = ["131052-308T", "010659-9744", "100368-970P", "211156-926R", "180859-914S", "100190Y999P", "100190-999P"];

const two = (value: number): string => String(value).padStart(2, "0");

interface Parts {
  readonly nine: string;
  readonly sign: string;
  readonly code: string;
}

const codes: fc.Arbitrary<Parts> = fc
  .record({
    day: fc.integer({ min: 1, max: 28 }),
    month: fc.integer({ min: 1, max: 12 }),
    year: fc.integer({ min: 0, max: 99 }),
    individual: fc.integer({ min: 0, max: 999 }),
    sign: fc.constantFrom(...CENTURY_SIGNS),
  })
  .map(({ day, month, year, individual, sign }) => {
    const date = `${two(day)}${two(month)}${two(year)}`;
    const nine = `${date}${String(individual).padStart(3, "0")}`;
    return { nine, sign, code: `${date}${sign}${nine.slice(6)}${checkCharacterOf(nine)}` };
  });

describe("parsePersonalIdentityCode", () => {
  it.each([...PUBLISHED, ...OLDER])("accepts the published test code %s", (code) => {
    expect(parsePersonalIdentityCode(code)).toMatchObject({ ok: true, value: { code } });
  });

  it.each([
    ["131052-308T", "1952-10-13", "female", "official"],
    ["010594Y9032", "1994-05-01", "male", "temporary900"],
    ["020503F9037", "2003-05-02", "male", "temporary900"],
    ["010190+001V", "1890-01-01", "male", "reserved000"],
  ])("reads %s as born %s, %s, %s", (code, birthDate, sex, codeClass) => {
    const nine = code.slice(0, 6) + code.slice(7, 10);
    const valid = code.slice(0, 10) + checkCharacterOf(nine);
    expect(parsePersonalIdentityCode(valid)).toMatchObject({ ok: true, value: { birthDate, sex, class: codeClass } });
  });

  it("treats the artificial series as official only in the test environment", () => {
    expect(parsePersonalIdentityCode("010594Y9032", "test")).toMatchObject({ value: { class: "official" } });
    expect(parsePersonalIdentityCode("010594Y9032", "production")).toMatchObject({ value: { class: "temporary900" } });
  });

  it.each([
    ["310290-123A", "date"],
    ["290299-123A", "date"],
    ["010190-999K", "checkCharacter"],
    ["010190999K", "shape"],
    ["010190G999K", "shape"],
    ["0101909-99K", "shape"],
    ["010190-99OK", "shape"],
    ["", "shape"],
  ])("refuses %j because of its %s", (code, reason) => {
    expect(parsePersonalIdentityCode(code)).toEqual({ ok: false, reason });
  });

  it("knows the leap day of 2000 but not of 1900", () => {
    const nine = "290200123";
    const check = checkCharacterOf(nine);
    expect(parsePersonalIdentityCode(`290200A123${check}`)).toMatchObject({ ok: true });
    expect(parsePersonalIdentityCode(`290200-123${check}`)).toEqual({ ok: false, reason: "date" });
  });

  it("forgives letter case and surrounding space", () => {
    fc.assert(
      fc.property(codes, ({ code }) => {
        expect(parsePersonalIdentityCode(` ${code.toLowerCase()} `)).toEqual(parsePersonalIdentityCode(code));
      }),
    );
  });

  it("refuses every code with one wrong digit", () => {
    fc.assert(
      fc.property(codes, fc.constantFrom(0, 1, 2, 3, 4, 5, 7, 8, 9), fc.integer({ min: 1, max: 9 }), ({ code }, index, shift) => {
        const wrong = String((Number(code[index]) + shift) % 10);
        expect(parsePersonalIdentityCode(code.slice(0, index) + wrong + code.slice(index + 1)).ok).toBe(false);
      }),
    );
  });

  it("refuses every code with two neighbouring digits swapped", () => {
    fc.assert(
      fc.property(codes, fc.constantFrom(0, 1, 2, 3, 4, 7, 8), ({ code }, index) => {
        fc.pre(code[index] !== code[index + 1]);
        const swapped = code.slice(0, index) + code[index + 1] + code[index] + code.slice(index + 2);
        expect(parsePersonalIdentityCode(swapped).ok).toBe(false);
      }),
    );
  });

  it("cannot see a misread century sign: the reader must check it elsewhere", () => {
    fc.assert(
      fc.property(codes, fc.constantFrom(...CENTURY_SIGNS), ({ code }, sign) => {
        expect(parsePersonalIdentityCode(code.slice(0, 6) + sign + code.slice(7))).not.toMatchObject({ reason: "checkCharacter" });
      }),
    );
  });

  it("agrees with finnish-ssn on every past code since 1850", () => {
    const today = Date.now();
    fc.assert(
      fc.property(codes, ({ code }) => {
        const parsed = parsePersonalIdentityCode(code);
        if (!parsed.ok) throw new Error("a well-formed code was refused");
        if (Date.parse(parsed.value.birthDate) >= today) return;
        // finnish-ssn knows "+" only for 1850-1899.
        if (parsed.value.birthDate < "1850") return;
        expect(FinnishSSN.validate(code)).toBe(true);
        expect(FinnishSSN.parse(code).sex).toBe(parsed.value.sex);
      }),
    );
  });
});
