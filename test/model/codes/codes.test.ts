import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchCountry, parseCountryCode, toIcaoCountryCode } from "../../../src/model/codes/countries.ts";
import { matchEducationLevel } from "../../../src/model/codes/education-levels.ts";
import { isLanguageCode, matchLanguage, toIso6393, toTwoLetterLanguage } from "../../../src/model/codes/languages.ts";
import { buildNameIndex, editDistance, matchName } from "../../../src/model/codes/name-index.ts";
import { matchOccupation, OCCUPATION_MAJOR_GROUPS } from "../../../src/model/codes/occupations.ts";
import { parsePermitGround } from "../../../src/model/codes/permits.ts";
import { findPostalPlace, matchMunicipality, matchPostOffice } from "../../../src/model/codes/places.ts";

describe("matchName", () => {
  const index = buildNameIndex([
    { code: "A", names: ["kuljettaja", "förare"] },
    { code: "B", names: ["kuljetaja"] },
    { code: "C", names: ["opettaja"] },
  ]);

  it("tells how far the runner-up of another code lies", () => {
    expect(matchName(index, "KULJETTAJA")).toMatchObject({ code: "A", isExact: true, distance: 0, margin: 1 });
    expect(matchName(index, "opetaja")).toMatchObject({ code: "C", isExact: false, distance: 1 });
  });

  it("reports no margin when two codes fit equally well", () => {
    expect(matchName(index, "kuljettja")).toMatchObject({ distance: 1, margin: 0 });
  });

  it.each(["", "   ", "zzzzzzzz"])("returns null for %j", (text) => {
    expect(matchName(index, text)).toBeNull();
  });
});

describe("editDistance", () => {
  it("is a metric", () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
    );
  });

  it("stops at the limit", () => {
    expect(editDistance("aaaa", "bbbbbbbb", 2)).toBe(3);
  });
});

describe("matchCountry", () => {
  it.each([
    ["Syyria", "SYR"],
    ["Syrien", "SYR"],
    ["Syria", "SYR"],
    ["Сирия", "SYR"],
    ["سوريا", "SYR"],
    ["Soomaaliya", "SOM"],
    ["Venemaa", "RUS"],
    ["Россия", "RUS"],
    ["IRAK", "IRQ"],
    ["AFG", "AFG"],
    ["Kosovo", "XKX"],
    ["RKS", "XKX"],
    ["XKK", "XKX"],
    ["XXA", "XXA"],
    ["statslös", "XXA"],
    ["xxb", "XXB"],
    ["XXC", "XXC"],
    ["XXX", "XXX"],
    ["Turkiye", "TUR"],
  ])("knows %s as %s", (text, code) => {
    expect(matchCountry(text)).toMatchObject({ code, isExact: true });
  });

  it("forgives one letter of a name and says so", () => {
    expect(matchCountry("Afghanistam")).toMatchObject({ code: "AFG", name: "Afghanistan", isExact: false, distance: 1 });
  });

  it("never proves Iran from a doubtful fourth letter: Irak is as near", () => {
    expect(matchCountry("Irax")).toMatchObject({ distance: 1, margin: 0 });
  });

  it("does not forgive a letter of a code", () => {
    expect(parseCountryCode("AFC")).toBeNull();
  });

  it("writes Kosovo as MRZs do", () => {
    expect(toIcaoCountryCode("XKX")).toBe("RKS");
    expect(toIcaoCountryCode("SYR")).toBe("SYR");
  });
});

describe("matchLanguage", () => {
  it.each([
    ["arabia", "ara"],
    ["arabiska", "ara"],
    ["Arabic", "ara"],
    ["арабский", "ara"],
    ["kurdi (sorani)", "ckb"],
    ["Kurmanji", "kmr"],
    ["dari", "prs"],
    ["farsi", "pes"],
    ["tigrinska", "tir"],
    ["somaliska", "som"],
  ])("knows %s as %s", (text, code) => {
    expect(matchLanguage(text)).toMatchObject({ code, isExact: true });
    expect(isLanguageCode(code)).toBe(true);
  });

  it("keeps Dari and Farsi, Sorani and Kurmanji apart but gives receivers their two-letter code", () => {
    expect(toTwoLetterLanguage("prs")).toBe("fa");
    expect(toTwoLetterLanguage("pes")).toBe("fa");
    expect(toTwoLetterLanguage("ckb")).toBe("ku");
    expect(toTwoLetterLanguage("ara")).toBe("ar");
    expect(toIso6393("fa")).toBe("pes");
    expect(toIso6393("prs")).toBe("prs");
  });
});

describe("places", () => {
  it("knows the post office and municipality of a postal code", () => {
    expect(findPostalPlace("00520")).toEqual({ postalCode: "00520", postOffices: ["HELSINKI", "HELSINGFORS"], municipalityCode: "091" });
    expect(findPostalPlace("02101")?.municipalityCode).toBe("049");
    expect(findPostalPlace("99998")).toBeNull();
  });

  it.each([
    ["Helsinki", "091"],
    ["Helsingfors", "091"],
    ["ESBO", "049"],
    ["Nyland", "area:uusimaa"],
    ["koko Suomi", "area:finland"],
  ])("knows %s as %s", (text, code) => {
    expect(matchMunicipality(text)).toMatchObject({ code, isExact: true });
  });

  it("proposes the nearest post office for a misread one", () => {
    expect(matchPostOffice("JARVENPAA")).toMatchObject({ name: "JÄRVENPÄÄ", isExact: false, distance: 3 });
  });
});

describe("parsePermitGround", () => {
  it.each([
    ["52 §", "52 §"],
    ["52§", "52 §"],
    ["78 § 3 mom. 1 k", "78 § 3 MOM 1 K"],
    ["50 § 1 MOM", "50 § 1 MOM"],
    ["52 a §", "52 a §"],
    ["turvapaikka", "TURVAPAIKKA"],
  ])("reads %s as %s", (text, expected) => {
    expect(parsePermitGround(text)).toBe(expected);
  });

  it.each(["0 §", "217 §", "52", "52 $", "turva"])("refuses %s", (text) => {
    expect(parsePermitGround(text)).toBeNull();
  });
});

describe("education and occupation", () => {
  it.each([
    ["peruskoulu kesken", "1"],
    ["peruskoulu", "2"],
    ["primary, not completed", "1"],
    ["bachelor's degree", "6"],
    ["högre högskoleexamen", "7"],
    ["бакалавр", "6"],
  ])("knows the level of %s as %s", (text, code) => {
    expect(matchEducationLevel(text)).toMatchObject({ code, isExact: true });
  });

  it.each([
    ["hitsaaja", "7212"],
    ["svetsare", "7212"],
    ["welder", "7212"],
    ["сварщик", "7212"],
    ["ei ammattia", "X"],
  ])("knows the occupation %s as %s", (text, code) => {
    expect(matchOccupation(text)).toMatchObject({ code, isExact: true });
  });

  it("gives every ISCO major group its names", () => {
    expect([...OCCUPATION_MAJOR_GROUPS.keys()].toSorted()).toEqual([..."0123456789"]);
  });
});
