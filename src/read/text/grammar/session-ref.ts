import { matchLanguage, toIso6393 } from "../../../model/codes/languages.ts";
import { editDistance, toNameKey } from "../../../model/codes/name-index.ts";
import type { Session } from "../../../model/session.ts";
import { withoutAccents } from "../compare-keys.ts";
import { parseWrittenDate } from "./dates.ts";

/** What a written session mark says and which session it can only mean. */
export interface ResolvedSession {
  readonly session: Session;
  /** True when every word of the text is explained by the session: language, date, time, code, place. */
  readonly isFullyExplained: boolean;
  /** The text with the place as the list spells it. */
  readonly text: string;
  /** What was written, in comparable form: two readings with the same key say the same. */
  readonly key: string;
  /** How many of code, language, date, time and place are written: each one is a check on the others. */
  readonly parts: number;
}

/** What is written, piece by piece. */
interface SessionMark {
  readonly dates: readonly string[];
  readonly times: readonly string[];
  readonly codes: readonly string[];
  readonly languages: readonly string[];
  /** Words that are none of these. */
  readonly others: readonly string[];
}

const CODE = /^[A-Z]{2,4}-\d{3,4}(?:-\d{1,4})?$/i;
const TIME = /^(\d{1,2})[.:](\d{2})$/;
/** Words around a date or time that carry no meaning of their own. */
const FILLERS = new Set([
  "klo",
  "klo.",
  "kl",
  "kl.",
  "kello",
  "at",
  "ja",
  "och",
  "and",
  "the",
  "pvm",
  "den",
  "в",
  "час",
  "info",
  "ryhmäinfo",
  "-",
  "/",
]);

/**
 * Returns the one session that a written mark can mean; null when none or several fit, or when two parts contradict each other.
 *
 * Pure. Needs a session code, or a date with a language or a time: a date alone may fit one session by chance today.
 */
export function resolveSession(written: string, sessions: readonly Session[]): ResolvedSession | null {
  const text = withCodesPutRight(withDatesPutRight(written), sessions);
  const mark = parseMark(text);
  const hasCode = mark.codes.length === 1;
  const hasDate = mark.dates.length === 1;
  if (!hasCode && !(hasDate && mark.languages.length + mark.times.length > 0)) return null;
  if (mark.dates.length > 1 || mark.times.length > 1 || mark.languages.length > 1) return null;
  const fitting = sessions.filter((session) => fits(session, mark) && hasPlaceOf(session, mark.others));
  const [session] = fitting;
  if (session === undefined || fitting.length > 1) return null;
  const { dates, times, codes, languages, others } = mark;
  // A code holds language and day: it checks the date beside it twice.
  const parts = dates.length + times.length + 2 * codes.length + languages.length + (others.length > 0 ? 1 : 0);
  const place = explainPlace(session, others);
  const key = [...codes, ...languages, ...dates, ...times, place?.spelled ?? others.join("")].join(" ");
  return { session, isFullyExplained: place?.isWhole === true, text: place === null ? text : respelled(text, place), key, parts };
}

function parseMark(text: string): SessionMark {
  const dates: string[] = [];
  const times: string[] = [];
  const codes: string[] = [];
  const languages: string[] = [];
  const others: string[] = [];
  for (const token of text.split(/[\s,;]+|(?:^| )\/(?: |$)/).map((word) => word.trim())) {
    if (token === "" || FILLERS.has(token.toLowerCase())) continue;
    const time = TIME.exec(token);
    const date = parseWrittenDate(token);
    if (CODE.test(token)) codes.push(token.toUpperCase());
    else if (date?.precision === "day") dates.push(date.iso);
    else if (time !== null && Number(time[1]) < 24 && Number(time[2]) < 60) times.push(`${Number(time[1])}.${time[2]}`);
    else {
      const language = matchLanguage(token.replace(/[()]/g, ""));
      if (language?.isExact === true) languages.push(language.code);
      else others.push(toNameKey(token));
    }
  }
  return { dates, times, codes, languages, others };
}

/** Letters that stand for digits in a date of which most characters are digits. */
const DATE_LOOK_ALIKES: Readonly<Record<string, string>> = { O: "0", o: "0", l: "1", I: "1", Z: "2", S: "5", G: "6", b: "6", B: "8" };

/** Puts look-alike letters right in words that are dates with them and none without ("02.12.202G"); the list then proves the date. */
function withDatesPutRight(text: string): string {
  return text.replace(/[^\s,;]+/g, (word) => {
    const digits = word.replace(/\D/g, "").length;
    if (digits * 2 < word.length || parseWrittenDate(word) !== null) return word;
    const repaired = [...word].map((char) => DATE_LOOK_ALIKES[char] ?? char).join("");
    return parseWrittenDate(repaired)?.precision === "day" ? repaired : word;
  });
}

const LETTER_LOOK_ALIKES: Readonly<Record<string, string>> = { "0": "O", "1": "I", "5": "S", "8": "B" };

/** Puts look-alikes right in words that are a session's code with them and none without ("S0-2010"); the list proves the code. */
function withCodesPutRight(text: string, sessions: readonly Session[]): string {
  const codes = new Set(sessions.flatMap(({ code, id }) => [code.toUpperCase(), id.toUpperCase()]));
  return text.replace(/[^\s,;/]+/g, (word) => {
    const [letters = "", ...numbers] = word.toUpperCase().split("-");
    if (numbers.length === 0 || codes.has(word.toUpperCase())) return word;
    const repaired = [
      letters.replace(/\d/g, (char) => LETTER_LOOK_ALIKES[char] ?? char),
      ...numbers.map((digits) => digits.replace(/[A-Z]/g, (char) => DATE_LOOK_ALIKES[char] ?? char)),
    ].join("-");
    return codes.has(repaired) ? repaired : word;
  });
}

function fits(session: Session, mark: SessionMark): boolean {
  const { dates, times, codes, languages } = mark;
  if (codes.length > 0 && !codes.every((code) => code === session.code.toUpperCase() || code === session.id.toUpperCase())) return false;
  if (dates.length > 0 && !dates.includes(session.date)) return false;
  const [hour = "", minute = ""] = session.time.split(/[.:]/);
  if (times.length > 0 && !times.includes(`${Number(hour)}.${minute}`)) return false;
  return languages.length === 0 || languages[0] === toIso6393(session.language);
}

/** Letters of a place that may be misread when language, date and time already name the session. */
const MISREAD_SHARE = 0.1;

/** How the list spells the place that was written, and as what it was read. */
interface ExplainedPlace {
  readonly read: string;
  readonly spelled: string;
  /** False when a word is written more or less than the place has: "ar", which was "at". */
  readonly isWhole: boolean;
}

/** Ways to write a session's place: whole, its parts, its last words. */
function placeNamesOf(session: Session): readonly string[] {
  const parts = [session.place, ...session.place.split(","), session.address, session.room ?? ""].map((part) => part.trim());
  const tails = parts.flatMap((part) => part.split(/[\s,]+/).map((_, index, words) => words.slice(index).join(" ")));
  return [...new Set([...parts, ...tails])].filter((name) => name !== "");
}

function wordCountOf(name: string): number {
  return name.split(/[\s,]+/).filter((word) => word !== "").length;
}

function toPlaceKey(text: string): string {
  return withoutAccents(toNameKey(text)).replace(/[\s,.;:]+/g, "");
}

/** Returns how the list spells the written words, empty when none are written; null when they name no place of the session. */
function explainPlace(session: Session, others: readonly string[]): ExplainedPlace | null {
  const read = others.join(" ");
  if (read === "") return { read: "", spelled: "", isWhole: true };
  const key = toPlaceKey(read);
  for (const name of placeNamesOf(session)) {
    const wanted = toPlaceKey(name);
    const distance = editDistance(key, wanted, 4);
    if (distance > Math.floor(wanted.length * MISREAD_SHARE)) continue;
    return { read, spelled: name, isWhole: distance === 0 || others.length === wordCountOf(name) };
  }
  return null;
}

/** Words that are written must not name another place. */
function hasPlaceOf(session: Session, others: readonly string[]): boolean {
  return explainPlace(session, others) !== null;
}

/** Puts the list's spelling of the place into the text, when the place stands at its end. */
function respelled(text: string, { read, spelled }: ExplainedPlace): string {
  if (read === "") return text;
  const trimmed = text.replace(/[\s.,;|]+$/, "");
  for (let start = 0; start < trimmed.length; start++) {
    if (toPlaceKey(trimmed.slice(start)) === toPlaceKey(read) && /^[\p{L}\d]/u.test(trimmed.slice(start)))
      return trimmed.slice(0, start) + spelled;
  }
  return text;
}
