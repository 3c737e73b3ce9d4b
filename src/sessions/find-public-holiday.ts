import { addDays, daysBetween, type IsoDate } from "../model/time.ts";

/** Days of the same date every year, MM-DD. Christmas Eve and Midsummer Eve are no holidays by law, but offices are shut. */
const FIXED: Readonly<Record<string, string>> = {
  "01-01": "uudenvuodenpäivä",
  "01-06": "loppiainen",
  "05-01": "vapunpäivä",
  "12-06": "itsenäisyyspäivä",
  "12-24": "jouluaatto",
  "12-25": "joulupäivä",
  "12-26": "tapaninpäivä",
};

/** Days from Easter Sunday. */
const MOVING: Readonly<Record<number, string>> = {
  [-2]: "pitkäperjantai",
  0: "pääsiäispäivä",
  1: "toinen pääsiäispäivä",
  39: "helatorstai",
  49: "helluntaipäivä",
};

const FRIDAY = 5;
const SATURDAY = 6;

/** Returns Easter Sunday of a Gregorian year. Pure. @see Meeus/Jones/Butcher, "Nature" 20.4.1876 */
export function easterSunday(year: number): IsoDate {
  const golden = year % 19;
  const [century, yearOfCentury] = [Math.floor(year / 100), year % 100];
  const skipped = Math.floor((century + 8) / 25);
  const moon = (19 * golden + century - Math.floor(century / 4) - Math.floor((century - skipped + 1) / 3) + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - moon - (yearOfCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * moon + 22 * weekday) / 451);
  const days = moon + weekday - 7 * late + 114;
  return new Date(Date.UTC(year, Math.floor(days / 31) - 1, (days % 31) + 1)).toISOString().slice(0, 10) as IsoDate;
}

const weekdayOf = (date: IsoDate): number => new Date(date).getUTCDay();

/** Saturdays and the Friday before that move within a week. */
function findMovingSaturday(date: IsoDate): string | null {
  const day = date.slice(5);
  if (weekdayOf(date) === FRIDAY && day >= "06-19" && day <= "06-25") return "juhannusaatto";
  if (weekdayOf(date) !== SATURDAY) return null;
  if (day >= "06-20" && day <= "06-26") return "juhannuspäivä";
  return day >= "10-31" && day <= "11-06" ? "pyhäinpäivä" : null;
}

/**
 * Returns the Finnish name of the public holiday (or the eve on which offices are shut) that a day is; null on other days.
 *
 * Pure; the same whatever the machine's time zone.
 *
 * @see Acts 388/1937, 272/1973, 1/1937 and the Church Act, chapter 4
 */
export function findPublicHoliday(date: IsoDate): string | null {
  const fromEaster = daysBetween(easterSunday(Number(date.slice(0, 4))), date);
  return FIXED[date.slice(5)] ?? MOVING[fromEaster] ?? findMovingSaturday(date);
}

/** Returns whether sessions are held on a day: Monday to Friday, no public holiday. Pure. */
export function isWorkingDay(date: IsoDate): boolean {
  const weekday = weekdayOf(date);
  return weekday !== 0 && weekday !== SATURDAY && findPublicHoliday(date) === null;
}

/** Returns the day itself or the first working day after it. Pure. */
export function toWorkingDay(date: IsoDate): IsoDate {
  let day = date;
  while (!isWorkingDay(day)) day = addDays(day, 1);
  return day;
}
