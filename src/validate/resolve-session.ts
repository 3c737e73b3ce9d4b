import { parseWrittenDate } from "../model/parse-written-date.ts";
import { GROUP_INFO, type Session, type SessionRules } from "../model/session.ts";
import { addDays, daysBetween, type IsoDate } from "../model/time.ts";

/** What the session field says: one session, none in the list, or a text that names no date or code. */
export type SessionMatch =
  | { readonly kind: "one"; readonly session: Session }
  | { readonly kind: "unknown" }
  | { readonly kind: "unclear" };

/** Names of the session languages in the form's languages, as people write them; longest first where one holds another. */
const LANGUAGE_WORDS: Readonly<Record<string, readonly string[]>> = {
  ar: ["arab", "араб"],
  so: ["somal", "сомал"],
  ckb: ["sorani", "soraani", "kurd", "сорани", "курд"],
  prs: ["dari", "дари"],
  fa: ["farsi", "persia", "фарси", "перс"],
  en: ["engl", "engel", "англ"],
};

function languageIn(text: string): string | null {
  for (const [language, words] of Object.entries(LANGUAGE_WORDS)) if (words.some((word) => text.includes(word))) return language;
  return null;
}

function datesIn(text: string): IsoDate[] {
  const found: IsoDate[] = [];
  for (const match of text.matchAll(/\d{1,2}\s?[.]\s?\d{1,2}\s?[.]\s?(?:\d{4}|\d{2})|\d{4}-\d{1,2}-\d{1,2}/g)) {
    const date = parseWrittenDate(match[0]);
    if (date !== null) found.push(date);
  }
  return found;
}

const minutesOf = (time: string): number | null => {
  const match = /(\d{1,2})[.:](\d{2})/.exec(time);
  return match === null ? null : Number(match[1]) * 60 + Number(match[2]);
};

/** Times of day in a text, minutes after midnight; dates are taken out first. */
function timesIn(text: string): number[] {
  const withoutDates = text.replace(/\d{1,2}\s?[.]\s?\d{1,2}\s?[.]\s?\d{2,4}|\d{4}-\d{1,2}-\d{1,2}/g, " ");
  return [...withoutDates.matchAll(/\b\d{1,2}[.:]\d{2}\b/g)].map((match) => minutesOf(match[0]) ?? -1);
}

function placeScore(session: Session, text: string): number {
  const words = `${session.place} ${session.address}`
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word.length > 3);
  return words.filter((word) => text.includes(word)).length;
}

function codeIn(text: string, sessions: readonly Session[]): Session[] {
  const compact = text.toUpperCase().replace(/\s+/g, "");
  return sessions.filter((session) => compact.includes(session.id.toUpperCase()) || compact.includes(session.code.toUpperCase()));
}

/** Returns the sessions whose time and place fit the text best; all of them when the text names neither. */
function narrow(candidates: readonly Session[], text: string): Session[] {
  const times = timesIn(text);
  const atTime = candidates.filter((session) => times.includes(minutesOf(session.time) ?? -2));
  if (times.length > 0 && atTime.length === 0) return [];
  const timed = atTime.length > 0 ? atTime : candidates;
  const best = Math.max(...timed.map((session) => placeScore(session, text)));
  return timed.filter((session) => placeScore(session, text) === best);
}

/** A form is about a group-info session: later sessions of another kind are not meant, whatever their day. */
const isGroupInfo = ({ kind }: Session): boolean => kind === GROUP_INFO;

/**
 * Finds the one session that the form's session field means.
 *
 * `unknown` = the text names a date (or code) and no session of that language is held then; `unclear` = no date can be read,
 * or several sessions fit. Where a session that takes people and one that is called off fit both, the first is meant.
 * Pure.
 */
export function resolveSession(written: string, language: string | null, sessions: readonly Session[]): SessionMatch {
  const groupInfos = sessions.filter(isGroupInfo);
  const live = matchSession(
    written,
    language,
    groupInfos.filter(({ state }) => state !== "cancelled"),
  );
  if (live.kind === "one" || groupInfos.length === 0) return live;
  const any = matchSession(written, language, groupInfos);
  return any.kind === "one" ? any : live;
}

function matchSession(written: string, language: string | null, sessions: readonly Session[]): SessionMatch {
  const text = written.toLowerCase().normalize("NFC");
  const dates = datesIn(text);
  const byCode = codeIn(text, sessions);
  const writtenLanguage = languageIn(text) ?? (byCode[0]?.language || language);
  const onDate = sessions.filter((session) => dates.includes(session.date as IsoDate));
  if (dates.length === 0 && byCode.length === 0) return { kind: "unclear" };
  const candidates =
    dates.length > 0 ? onDate.filter((session) => writtenLanguage === null || session.language === writtenLanguage) : byCode;
  if (candidates.length === 0) return { kind: "unknown" };
  const fitting = narrow(candidates, text);
  const [only] = fitting;
  if (only === undefined) return { kind: "unknown" };
  return fitting.length === 1 ? { kind: "one", session: only } : { kind: "unclear" };
}

/** What a proposal is made from. */
export interface ProposalInput {
  readonly language: string | null;
  readonly receivedOn: IsoDate;
  readonly sessions: readonly Session[];
  readonly rules: SessionRules;
  /** Free seats by session id; a session without an entry has all of its seats. */
  readonly freeSeats?: ReadonlyMap<string, number>;
}

/**
 * Returns the session to propose: the earliest open one in the language with a free seat within the rule's window, else the
 * nearest later one; only when all are full, the earliest of those, where the person waits.
 * Pure.
 *
 * @see DOMAIN 1.3, "no session mark"
 */
export function proposeSession({ language, receivedOn, sessions, rules, freeSeats }: ProposalInput): Session | null {
  const later = sessions
    .filter((session) => session.language === language && session.state === "open" && isGroupInfo(session))
    .filter((session) => session.date >= addDays(receivedOn, rules.minDaysBefore))
    .toSorted((a, b) => a.date.localeCompare(b.date) || a.id.localeCompare(b.id));
  const withSeats = later.filter((session) => (freeSeats?.get(session.id) ?? session.capacity) > 0);
  const inWindow = withSeats.find((session) => daysBetween(receivedOn, session.date as IsoDate) <= rules.maxDaysBefore);
  return inWindow ?? withSeats[0] ?? later[0] ?? null;
}
