import { IntlMessageFormat } from "intl-messageformat";
import { IsoDate } from "../model/time.ts";
import { partsOfDay } from "./format-when.ts";
import type { Texts, TextValues } from "./texts.ts";

const SAMPLE_DAY = IsoDate.parse("2026-08-27");

/** One value a placeholder, invented, in the length that papers print. */
const SAMPLES: Readonly<Record<string, string>> = {
  office: "Työ- ja elinkeinotoimisto",
  reference: "K7M3-92",
  phone: "0295 000 000",
  email: "toimisto@te-toimisto.example",
  address: "Ratapihantie 7, 00520 Helsinki",
  hour: "9",
  minute: "00",
  version: "2",
  previous: "1",
  date: "27.8.2026",
  name: "Maija Esimerkki",
  code: "AR-2708",
  time: "9.00",
  languages: "suomi, ruotsi",
  language: "suomi",
  papers: "passi",
  by: "Maija Esimerkki, 27.8.2026",
  state: "–",
};

/** Numbers that bring out every plural form of the ten languages. */
const SAMPLE_NUMBERS = [0, 1, 2, 3, 11, 100] as const;
const PAGE_NUMBERS: Readonly<Record<string, number>> = { page: 1, pages: 2 };

/** The parser's element number for a plural. */
const PLURAL = 6;

type Element = ReturnType<IntlMessageFormat["getAst"]>[number];

function pluralNameIn(elements: readonly Element[]): string | undefined {
  for (const element of elements) if (element.type === PLURAL) return element.value;
  return undefined;
}

/** One number for each plural form that the language has. */
function numbersFor(bcp47: string): number[] {
  const rules = new Intl.PluralRules(bcp47);
  const byForm = new Map<string, number>();
  for (const number of SAMPLE_NUMBERS) if (!byForm.has(rules.select(number))) byForm.set(rules.select(number), number);
  return [...byForm.values()].toSorted((a, b) => a - b);
}

/**
 * Returns a message as papers print it, filled with invented data: once, or once a plural form.
 *
 * Pure.
 *
 * @param message the ICU text itself
 */
export function sampleTexts(texts: Texts, key: string, message: string): string[] {
  const values: TextValues = { ...SAMPLES, ...PAGE_NUMBERS, ...partsOfDay(texts, SAMPLE_DAY) };
  const plural = pluralNameIn(new IntlMessageFormat(message, texts.meta.bcp47, undefined, { ignoreTag: true }).getAst());
  if (plural === undefined) return [texts.plain(key, values)];
  return numbersFor(texts.meta.bcp47).map((number) => texts.plain(key, { ...values, [plural]: number }));
}
