import { parseWrittenDate } from "../../model/parse-written-date.ts";
import { addDays, daysBetween, type IsoDate } from "../../model/time.ts";

/** A link that is said to last longer is read wrongly. */
const MAX_DAYS = 366;
/** Signs between a word such as "until" and its date. */
const REACH = 60;

const WORDS =
  /voimassa|vanhen|asti|saakka|mennessä|luettavissa|avattavissa|saatavilla|poistetaan|poistuu|expire|valid|until|available|deleted|giltig|till och med|t\.o\.m\.|tillgänglig|går ut|utgår|raderas|gäller/gi;
const MONTHS: readonly (readonly [RegExp, number])[] = [
  [/^(?:tammi|jan)/i, 1],
  [/^(?:helmi|feb)/i, 2],
  [/^(?:maalis|mar)/i, 3],
  [/^(?:huhti|apr)/i, 4],
  [/^(?:touko|may|maj)/i, 5],
  [/^(?:kesä|jun)/i, 6],
  [/^(?:heinä|jul)/i, 7],
  [/^(?:elo|aug)/i, 8],
  [/^(?:syys|sep)/i, 9],
  [/^(?:loka|oct|okt)/i, 10],
  [/^(?:marras|nov)/i, 11],
  [/^(?:joulu|dec)/i, 12],
];
const NUMERIC = /\b\d{1,2}\.\s?\d{1,2}\.\s?\d{4}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\/\d{1,2}\/\d{4}\b/g;
const DAY_MONTH = /\b(\d{1,2})(?:\.|st|nd|rd|th)?\s+([a-zäö]{3,12})\.?,?\s+(\d{4})\b/gi;
const MONTH_DAY = /\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b/gi;
const DAYS = /\b(\d{1,3})\s?(?:päivän|päivää|päivä|vrk|vuorokau\p{L}*|dagar|dygn|days?)(?!\p{L})/giu;

function namedDate(day: string, monthName: string, year: string): IsoDate | null {
  const month = MONTHS.find(([pattern]) => pattern.test(monthName))?.[1];
  return month === undefined ? null : parseWrittenDate(`${day}.${month}.${year}`);
}

function datesIn(text: string): IsoDate[] {
  const numeric = [...text.matchAll(NUMERIC)].map(([match]) => parseWrittenDate(match.replaceAll("/", ".")));
  const dayFirst = [...text.matchAll(DAY_MONTH)].map(([, day = "", month = "", year = ""]) => namedDate(day, month, year));
  const monthFirst = [...text.matchAll(MONTH_DAY)].map(([, month = "", day = "", year = ""]) => namedDate(day, month, year));
  return [...numeric, ...dayFirst, ...monthFirst].filter((date) => date !== null);
}

/**
 * Returns the day until which a notice says that its link can be opened; the earliest when it says several; null when it says none.
 *
 * Pure. Finnish, Swedish and English: a date, or a number of days, near a word such as "voimassa", "till och med" or "expires".
 */
export function findDeadline(text: string, arrivedOn: IsoDate): IsoDate | null {
  const found: IsoDate[] = [];
  for (const word of text.matchAll(WORDS)) {
    const around = text.slice(Math.max(0, word.index - REACH), word.index + word[0].length + REACH);
    found.push(...datesIn(around));
    for (const [, days = ""] of around.matchAll(DAYS)) found.push(addDays(arrivedOn, Number(days)));
  }
  const possible = found.filter((date) => {
    const days = daysBetween(arrivedOn, date);
    return days >= 0 && days <= MAX_DAYS;
  });
  return possible.toSorted()[0] ?? null;
}
