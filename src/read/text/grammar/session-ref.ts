import { matchLanguage, toIso6393 } from "../../../model/codes/languages.ts";
import { toNameKey } from "../../../model/codes/name-index.ts";
import type { Session } from "../../../model/session.ts";
import { withoutAccents } from "../compare-keys.ts";
import { parseWrittenDate } from "./dates.ts";

/** What a written session mark says and which session it can only mean. */
export interface ResolvedSession {
  readonly session: Session;
  /** True when every word of the text is explained by the session: language, date, time, code, place. */
  readonly isFullyExplained: boolean;
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
export function resolveSession(text: string, sessions: readonly Session[]): ResolvedSession | null {
  const mark = parseMark(text);
  const hasCode = mark.codes.length === 1;
  const hasDate = mark.dates.length === 1;
  if (!hasCode && !(hasDate && mark.languages.length + mark.times.length > 0)) return null;
  if (mark.dates.length > 1 || mark.times.length > 1 || mark.languages.length > 1) return null;
  const fitting = sessions.filter((session) => fits(session, mark) && hasPlaceOf(session, mark.others));
  const [session] = fitting;
  if (session === undefined || fitting.length > 1) return null;
  const placeWords = placeWordsOf(session);
  const { dates, times, codes, languages, others } = mark;
  const parts = dates.length + times.length + codes.length + languages.length + (others.length > 0 ? 1 : 0);
  const key = [...codes, ...languages, ...dates, ...times, ...others.map((word) => withoutAccents(word))].join(" ");
  return { session, isFullyExplained: others.every((word) => placeWords.has(word)), key, parts };
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

function fits(session: Session, mark: SessionMark): boolean {
  const { dates, times, codes, languages } = mark;
  if (codes.length > 0 && !codes.every((code) => code === session.code.toUpperCase() || code === session.id.toUpperCase())) return false;
  if (dates.length > 0 && !dates.includes(session.date)) return false;
  const [hour = "", minute = ""] = session.time.split(/[.:]/);
  if (times.length > 0 && !times.includes(`${Number(hour)}.${minute}`)) return false;
  return languages.length === 0 || languages[0] === toIso6393(session.language);
}

function placeWordsOf(session: Session): ReadonlySet<string> {
  const text = [session.place, session.address, session.room ?? ""].join(" ");
  return new Set(text.split(/[\s,;]+/).map((word) => toNameKey(word)));
}

/** Words that are written must not name another place: at least one of them must be the session's own. */
function hasPlaceOf(session: Session, others: readonly string[]): boolean {
  if (others.length === 0) return true;
  const words = [...placeWordsOf(session)].map((word) => withoutAccents(word));
  return others.some((other) => words.includes(withoutAccents(other)));
}
