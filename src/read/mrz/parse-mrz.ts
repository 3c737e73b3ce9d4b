import type { MrzReading } from "../../model/reading.ts";
import type { IsoDate } from "../../model/time.ts";
import { checkDigitOf } from "./check-digit.ts";
import { type Check, type MrzField, type MrzFormat, textOf } from "./mrz-format.ts";

const FILLERS = /<+/g;
/** A card number longer than its nine places goes on in the optional data; the place of its check digit is a filler. */
const LONG_NUMBER = /^([A-Z0-9]*)([0-9])<(.*)$/;

/**
 * Returns the data of a machine-readable zone of exact line lengths.
 *
 * Pure. Birth dates lie on or before `today`; expiry dates lie in this century.
 */
export function parseMrz(lines: readonly string[], format: MrzFormat, confidence: number, today: IsoDate): MrzReading {
  const raw = (field: MrzField): string => {
    const place = format.fields[field];
    return place === null ? "" : textOf(lines, place);
  };
  const { surname, givenNames } = parseNames(raw("names"));
  const number = parseNumber(lines, format);
  return {
    format: format.name,
    lines: [...lines],
    // A line of fillers and zeros fits all its check digits: that is no zone but a line that was not there.
    checksHold: number.text !== "" && format.checks.every((check) => holds(lines, check, format)),
    documentNumber: number.text,
    birthDate: toBirthDate(raw("birthDate"), today),
    expiryDate: toIsoDate(raw("expiryDate"), "20"),
    nationality: raw("nationality").replaceAll("<", ""),
    issuingState: raw("issuingState").replaceAll("<", ""),
    surname,
    givenNames,
    optional1: number.optional1,
    optional2: trimFillers(raw("optional2")),
    sex: trimFillers(raw("sex")),
    confidence,
    accepted: [],
  };
}

/** Tells whether a check digit is right. Pure. */
export function holds(lines: readonly string[], check: Check, format: MrzFormat): boolean {
  const covered = check.covers.map((place) => textOf(lines, place)).join("");
  const digit = textOf(lines, check.digit);
  if (digit !== "<") return digit === checkDigitOf(covered);
  if (check.mayBeFiller) return /^<*$/.test(covered);
  return format.name === "TD1" && check === format.checks[0] && longNumber(lines, format) !== null;
}

function trimFillers(text: string): string {
  return text.replace(/<+$/, "");
}

function longNumber(lines: readonly string[], format: MrzFormat): { text: string; optional1: string } | null {
  const [start, rest] = [format.fields.documentNumber, format.fields.optional1];
  if (start === null || rest === null) return null;
  const head = textOf(lines, start);
  const match = LONG_NUMBER.exec(textOf(lines, rest));
  if (match === null || head.includes("<")) return null;
  const [, tail = "", digit = "", optional = ""] = match;
  return checkDigitOf(head + tail) === digit ? { text: head + tail, optional1: trimFillers(optional) } : null;
}

function parseNumber(lines: readonly string[], format: MrzFormat): { text: string; optional1: string } {
  const { documentNumber, optional1 } = format.fields;
  const plain = {
    text: documentNumber === null ? "" : trimFillers(textOf(lines, documentNumber)),
    optional1: optional1 === null ? "" : trimFillers(textOf(lines, optional1)),
  };
  const [first] = format.checks;
  if (format.name !== "TD1" || first === undefined || textOf(lines, first.digit) !== "<") return plain;
  return longNumber(lines, format) ?? plain;
}

function spaced(part: string): string {
  return part.replaceAll(FILLERS, " ").trim();
}

function parseNames(text: string): { surname: string; givenNames: string } {
  const [surname = "", ...given] = trimFillers(text).split("<<");
  return { surname: spaced(surname), givenNames: spaced(given.join("<")) };
}

function toBirthDate(text: string, today: IsoDate): string | null {
  const recent = toIsoDate(text, "20");
  return recent !== null && recent <= today ? recent : toIsoDate(text, "19");
}

function toIsoDate(text: string, century: "19" | "20"): string | null {
  const match = /^(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (match === null) return null;
  const date = `${century}${match[1]}-${match[2]}-${match[3]}`;
  const time = Date.parse(date);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? date : null;
}
