import { matchCountry } from "../../../model/codes/countries.ts";
import { matchLanguage } from "../../../model/codes/languages.ts";
import type { MrzReading } from "../../../model/reading.ts";
import type { ReadingDesk } from "./reading-desk.ts";

/**
 * Plain letters that may stand for one of the country's alphabet whose mark melts into the letter (ł ş ç đ ą ț, ž of small print): neither reader has
 * it, and the ink counts no mark of its own for it.
 */
const HIDDEN_BY_COUNTRY: Readonly<Record<string, string>> = {
  TUR: "sc",
  AZE: "sce",
  POL: "lae",
  HRV: "dzsc",
  BIH: "dzsc",
  SRB: "dzsc",
  MNE: "dzsc",
  SVN: "zsc",
  CZE: "zscr",
  SVK: "zscl",
  VNM: "d",
  ROU: "st",
  MDA: "st",
  LTU: "aeiu",
  LVA: "gkln",
};

/** The same by mother tongue, for people whose country writes otherwise. */
const HIDDEN_BY_LANGUAGE: Readonly<Record<string, string>> = {
  tur: "sc",
  aze: "sce",
  pol: "lae",
  kmr: "sc",
  ron: "st",
  hrv: "dzsc",
  bos: "dzsc",
  srp: "dzsc",
  lit: "aeiu",
  lav: "gkln",
  vie: "d",
};

/** The person's own names; a helper's follow another alphabet. */
const OWN_NAMES = ["surname", "givenNames", "formerNames", "nameInBlock"];

/**
 * Leaves names to a person that may hold a letter which no reader knows, when the form or the card says that the person's country or
 * language has such letters: "Lukasik" of a Polish citizen is rather Łukasik. A country that was badly read counts by any of its words.
 */
export function reconcileAlphabet(desk: ReadingDesk, mrz: MrzReading | undefined): void {
  const hidden = hiddenLettersOf(desk, mrz);
  if (hidden === "") return;
  const pattern = new RegExp(`[${hidden}]`, "iu");
  for (const field of OWN_NAMES) if (pattern.test(desk.text(field) ?? "")) desk.doubt(field);
}

function hiddenLettersOf(desk: ReadingDesk, mrz: MrzReading | undefined): string {
  const written = ["citizenship", "countryOfBirth"].flatMap((field) => namesIn(desk.text(field) ?? ""));
  const countries = [mrz?.nationality, ...written.map((name) => matchCountry(name)?.code)];
  const language = matchLanguage(desk.text("motherTongue") ?? "")?.code;
  const letters = countries.map((code) => (code === undefined ? undefined : HIDDEN_BY_COUNTRY[code]));
  return [...letters, language === undefined ? undefined : HIDDEN_BY_LANGUAGE[language]].filter((each) => each !== undefined).join("");
}

/** Returns a text that may name a country, up to its comma, and each of its words. */
function namesIn(text: string): string[] {
  return [text.split(",")[0] ?? "", ...text.split(/[^\p{L}]+/u)].filter((name) => name !== "");
}
