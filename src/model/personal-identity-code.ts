import type { IsoDate } from "./time.ts";

/**
 * `official`: from the population register's series (002-899). `temporary900`: made by another organisation or a test person
 * (900-999), never from the register. `reserved000`: 000-001, given to nobody.
 */
export type IdentityCodeClass = "official" | "temporary900" | "reserved000";

/** In the test environment the artificial series 900-999 stands for the official one. */
export type CodeEnvironment = "production" | "test";

export interface PersonalIdentityCode {
  /** The code in upper case, 11 characters. */
  readonly code: string;
  readonly class: IdentityCodeClass;
  readonly birthDate: IsoDate;
  readonly centurySign: string;
  /** The register's sex: an odd individual number is a man's. */
  readonly sex: "male" | "female";
}

export type IdentityCodeParse =
  | { readonly ok: true; readonly value: PersonalIdentityCode }
  | { readonly ok: false; readonly reason: "shape" | "date" | "checkCharacter" };

const CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY";
const SHAPE = /^(\d{2})(\d{2})(\d{2})([+\-YXWVUABCDEF])(\d{3})([0-9A-Y])$/;
const FIRST_TEMPORARY = 900;
const FIRST_OFFICIAL = 2;

/** First two digits of the year by century sign; the new signs are in force since 1.1.2023. */
const CENTURIES = new Map<string, string>([
  ["+", "18"],
  ...[..."-YXWVU"].map((sign) => [sign, "19"] as const),
  ...[..."ABCDEF"].map((sign) => [sign, "20"] as const),
]);

/** All century signs that are in force. */
export const CENTURY_SIGNS: readonly string[] = [...CENTURIES.keys()];

/**
 * Returns the check character of nine digits (DDMMYY + individual number); null unless nine digits came.
 *
 * Pure. The century sign is not part of the sum: a misread sign passes every check.
 */
export function checkCharacterOf(nineDigits: string): string | null {
  if (!/^\d{9}$/.test(nineDigits)) return null;
  return CHECK_CHARACTERS[Number(nineDigits) % CHECK_CHARACTERS.length] ?? null;
}

/**
 * Parses a Finnish personal identity code (henkilötunnus); surrounding space and letter case are forgiven, nothing else.
 *
 * Pure. Whether the birth date lies in the future is not judged: that needs a clock.
 *
 * @see DOMAIN 2; https://dvv.fi/hetu-uudistus
 */
export function parsePersonalIdentityCode(text: string, environment: CodeEnvironment = "production"): IdentityCodeParse {
  const code = text.trim().toUpperCase();
  const parts = SHAPE.exec(code);
  if (parts === null) return { ok: false, reason: "shape" };
  const [, day = "", month = "", year = "", centurySign = "", individual = "", check = ""] = parts;
  const birthDate = toIsoDay(`${CENTURIES.get(centurySign) ?? ""}${year}`, month, day);
  if (birthDate === null) return { ok: false, reason: "date" };
  if (checkCharacterOf(`${day}${month}${year}${individual}`) !== check) return { ok: false, reason: "checkCharacter" };
  const number = Number(individual);
  const sex = number % 2 === 1 ? "male" : "female";
  return { ok: true, value: { code, class: classOf(number, environment), birthDate, centurySign, sex } };
}

function classOf(individualNumber: number, environment: CodeEnvironment): IdentityCodeClass {
  if (individualNumber < FIRST_OFFICIAL) return "reserved000";
  if (individualNumber < FIRST_TEMPORARY || environment === "test") return "official";
  return "temporary900";
}

/** Returns the day if the calendar has it, else null. */
function toIsoDay(year: string, month: string, day: string): IsoDate | null {
  const iso = `${year}-${month}-${day}`;
  const instant = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(instant)) return null;
  return new Date(instant).toISOString().startsWith(iso) ? (iso as IsoDate) : null;
}
