import { toNameKey } from "../../model/codes/name-index.ts";
import { parseWrittenDate } from "../../model/parse-written-date.ts";
import { SESSION_STATES, type Session } from "../../model/session.ts";
import { parseSessionLanguage } from "./parse-session-language.ts";

/** One column of a table of sessions. */
export interface SessionColumn {
  readonly field: keyof Session;
  /** Header that is written, and understood. */
  readonly fi: string;
  /** Header that is understood too, beside the field's own name. */
  readonly en: string;
  readonly isRequired: boolean;
  /** Completes "expected …". */
  readonly expected: string;
  /** Returns the field's value, or null when the cell holds none such; called with what is not blank. */
  readonly parse: (cell: string) => string | number | null;
}

const TIME = /^(\d{1,2}[.:]\d{2})(?:[.:]00)?$/u;
const KIND = /^[a-z][A-Za-z0-9]{1,39}$/u;
const MAX_COUNT = 10_000;

function parseTime(cell: string): string | null {
  const time = TIME.exec(cell.trim())?.[1] ?? null;
  const [hour = Number.NaN, minute = Number.NaN] = (time ?? "").split(/[.:]/u).map(Number);
  return hour <= 23 && minute <= 59 ? time : null;
}

function parseCount(cell: string): number | null {
  const count = /^\d{1,5}$/u.test(cell.trim()) ? Number(cell) : 0;
  return count > 0 && count <= MAX_COUNT ? count : null;
}

/** Ids and codes stand in file names, on papers and on forms: spaces around them would make two of one. */
const parseId = (cell: string): string | null => (cell === cell.trim() ? cell : null);
const parseText = (cell: string): string => cell;
const parseState = (cell: string): string | null => SESSION_STATES.find((state) => state === cell.trim()) ?? null;
const parseKind = (cell: string): string | null => (KIND.test(cell.trim()) ? cell.trim() : null);

const text = (field: keyof Session, fi: string, en: string, isRequired = false): SessionColumn => ({
  field,
  fi,
  en,
  isRequired,
  expected: "a text",
  parse: parseText,
});
const id = (field: keyof Session, fi: string, en: string): SessionColumn => ({
  ...text(field, fi, en),
  expected: "a text without spaces around it",
  parse: parseId,
});
const count = (field: keyof Session, fi: string, en: string): SessionColumn => ({
  ...text(field, fi, en),
  expected: "a whole number from 1",
  parse: parseCount,
});

/** The columns of a table of sessions, in the order in which they are written. */
export const SESSION_COLUMNS: readonly SessionColumn[] = [
  id("id", "Tunnus", "Id"),
  id("code", "Koodi", "Code"),
  {
    ...text("language", "Kieli", "Language", true),
    expected: 'a language code such as ar or prs, or its name; "kurdi" and "persia" name several languages',
    parse: parseSessionLanguage,
  },
  { ...text("date", "Päivä", "Date", true), expected: "a day such as 2026-03-09 or 9.3.2026", parse: parseWrittenDate },
  { ...text("time", "Aika", "Time", true), expected: "a time such as 9.00 or 12:30", parse: parseTime },
  text("place", "Paikka", "Place", true),
  text("address", "Osoite", "Address", true),
  text("room", "Tila", "Room"),
  text("host", "Vetäjä", "Host"),
  text("interpreter", "Tulkki", "Interpreter"),
  count("durationHours", "Kesto (h)", "Duration (h)"),
  count("capacity", "Paikkoja", "Capacity"),
  { ...text("kind", "Laji", "Kind"), expected: "a kind such as groupInfo or skillsSurvey", parse: parseKind },
  { ...text("state", "Vaihe", "State"), expected: `one of ${SESSION_STATES.join(", ")}`, parse: parseState },
  id("seriesId", "Sarja", "Series"),
  count("minParticipants", "Vähintään", "At least"),
];

/** Returns the column that a header names; undefined when there is none such. Pure. */
export function findSessionColumn(header: string): SessionColumn | undefined {
  const key = toNameKey(header);
  return SESSION_COLUMNS.find(({ field, fi, en }) => [field, fi, en].some((name) => toNameKey(name) === key));
}
