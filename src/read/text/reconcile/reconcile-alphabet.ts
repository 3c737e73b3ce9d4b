import { matchCountry } from "../../../model/codes/countries.ts";
import { matchLanguage } from "../../../model/codes/languages.ts";
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
const HIDDEN_BY_LANGUAGE: Readonly<Record<string, string>> = { tur: "sc", aze: "sce", pol: "lae", kmr: "sc", ron: "st" };

/** The person's own names; a helper's follow another alphabet. */
const OWN_NAMES = ["surname", "givenNames", "formerNames", "nameInBlock"];

/**
 * Leaves names to a person that may hold a letter which no reader knows, when the form says that the person's country or language
 * has such letters: "Lukasik" of a Polish citizen is rather Łukasik.
 */
export function reconcileAlphabet(desk: ReadingDesk): void {
  const hidden = hiddenLettersOf(desk);
  if (hidden === "") return;
  const pattern = new RegExp(`[${hidden}]`, "iu");
  for (const field of OWN_NAMES) if (pattern.test(desk.text(field) ?? "")) desk.doubt(field);
}

function hiddenLettersOf(desk: ReadingDesk): string {
  const countries = ["citizenship", "countryOfBirth"].map((field) => matchCountry((desk.text(field) ?? "").split(",")[0] ?? "")?.code);
  const language = matchLanguage(desk.text("motherTongue") ?? "")?.code;
  const letters = countries.map((code) => (code === undefined ? undefined : HIDDEN_BY_COUNTRY[code]));
  return [...letters, language === undefined ? undefined : HIDDEN_BY_LANGUAGE[language]].filter((each) => each !== undefined).join("");
}
