import { calibratedContentOf } from "../../src/read/calibration/accept-from.ts";

type Normaliser = (text: string) => string;

/** Two-digit years up to this one are of this century. */
const LAST_SHORT_YEAR = 40;

const fullYear = (year: string): string => (year.length === 4 ? year : `${Number(year) <= LAST_SHORT_YEAR ? "20" : "19"}${year}`);
const twoDigits = (text: string): string => text.padStart(2, "0");

/** Ways to write a day, a month or a year; the groups are named. */
const DATE_FORMS = [
  /^(?<day>\d{1,2})[./-](?<month>\d{1,2})[./-](?<year>\d{4}|\d{2})\.?$/,
  /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/,
  /^(?<month>\d{1,2})[./-](?<year>\d{4})$/,
  /^(?<year>\d{4})-(?<month>\d{1,2})$/,
  /^(?<year>\d{4})$/,
];

const plain: Normaliser = (text) =>
  text
    .toLowerCase()
    .replace(/[’`´‘]/g, "'")
    .replace(/[–—]/g, "-")
    .replace(/\s+/g, " ")
    .replace(/\s*([,;:/])\s*/g, "$1")
    .replace(/[.,;]+$/, "");

const dateOf: Normaliser = (text) => {
  const compact = text.replace(/\s+/g, "").replace(/[–—]/g, "-");
  for (const form of DATE_FORMS) {
    const parts = form.exec(compact)?.groups;
    if (parts?.year === undefined) continue;
    const rest = [parts.month, parts.day].filter((part) => part !== undefined).map(twoDigits);
    return [fullYear(parts.year), ...rest].join("-");
  }
  return plain(text);
};

const phoneOf: Normaliser = (text) => text.replace(/[^\d+]/g, "").replace(/^(?:\+358|00358|358)0?/, "0");
const codeOf: Normaliser = (text) => text.toUpperCase().replace(/\s+/g, "").replace(/[–—]/g, "-");
const numberOf: Normaliser = (text) => (/\d+/.exec(text)?.[0] ?? text).replace(/^0+(?=\d)/, "");

const NORMALISERS: Readonly<Record<string, Normaliser>> = {
  date: dateOf,
  partialDate: dateOf,
  phone: phoneOf,
  identityCode: codeOf,
  customerNumber: codeOf,
  cardNumber: codeOf,
  licence: codeOf,
  email: (text) => text.toLowerCase().replace(/\s+/g, ""),
  postalCode: (text) => text.replace(/\D/g, ""),
  number: numberOf,
};

/**
 * Returns a value in the form in which what was written and what was read are compared: letter case, spacing, dashes and
 * the ways to write a date or a phone number do not count. Nothing, `false` and blank are the empty text. Pure.
 */
export function normaliseValue(field: string, value: string | boolean | null | undefined): string {
  if (value === null || value === undefined || value === false) return "";
  if (value === true) return "true";
  const text = value
    .normalize("NFC")
    .replace(/[\u00a0\u2000-\u200b]/g, " ")
    .trim();
  if (text === "") return "";
  return (NORMALISERS[calibratedContentOf(field, text)] ?? plain)(text);
}
