import { matchLanguage } from "../../model/codes/languages.ts";
import type { Session } from "../../model/session.ts";
import { withPlainPunctuation } from "./compare-keys.ts";
import { resolveSession } from "./grammar/session-ref.ts";
import { joinLines, type LineReadings, type TextVerdict, type ZoneText } from "./line-readings.ts";
import { findCyrillicName } from "./lists/cyrillic-look.ts";
import { isOnlyWitnessed, unwitnessedShare } from "./lists/cyrillic-witness.ts";
import { SINGLE_READER } from "./thresholds.ts";

/** Parts of a session mark that check each other well enough for one reader: language, date, time and place. */
const SELF_PROVING_PARTS = 4;

/**
 * Decides about the session mark by the office's own list of sessions; null when no reader's text fits one of them.
 *
 * Pure. A mark whose parts all fit one session is hardly a misreading: wrong digits fit none.
 */
export function judgeSession(
  lines: readonly LineReadings[],
  sessions: readonly Session[],
  formLanguage: string | null = null,
): TextVerdict | null {
  const readers = [joinLines(lines.map(({ words }) => words)), joinLines(lines.map(({ shapes }) => shapes))].map(plain);
  const verdict = judgeReaders(readers, sessions);
  if (verdict !== null || formLanguage !== "ru") return verdict;
  return judgeCyrillic(readers, lines, sessions) ?? guessCyrillic(readers, sessions);
}

/** What stands before the date; a 6 may be the letter б. */
const headOf = (text: string): string => /^.*?(?=\s\d{1,2}[.:/]\d)/.exec(text)?.[0] ?? "";

/** A mark that begins with a language in Cyrillic letters: their reader names it, the others' look bears it out, the session proves it. */
function judgeCyrillic(readers: readonly ZoneText[], lines: readonly LineReadings[], sessions: readonly Session[]): TextVerdict | null {
  const seen = lines.flatMap(({ cyrillic }) => cyrillic?.words ?? []);
  const date = seen.findIndex(({ text }) => /\d/.test(text));
  const head = seen.slice(0, Math.max(0, date));
  const language = head.map(({ text }) => text).join(" ");
  if (head.length === 0 || matchLanguage(language)?.isExact !== true) return null;
  const verdict = judgeReaders(
    readers.map((reader) => ({ ...reader, text: `${language} ${reader.text.slice(headOf(reader.text).length).trim()}` })),
    sessions,
  );
  if (verdict === null) return null;
  const looks = readers.map(({ text }) => headOf(text));
  const isSure = head.every(({ confidence }) => confidence >= SINGLE_READER.words) && isOnlyWitnessed("language", language, looks);
  const isProved = verdict.isProved && isSure && unwitnessedShare(language, looks) <= MAX_UNWITNESSED;
  return isProved ? verdict : { ...verdict, isProved: false, evidence: ["codeList"], confidence: 0.7 };
}

/** Share of a language's letters that the readers of Latin letters need not bear out: the list of sessions does. */
const MAX_UNWITNESSED = 0.34;

/** A mark that begins with a language in Cyrillic letters, which the readers saw as Latin ones: a guess for a person to confirm. */
function guessCyrillic(readers: readonly ZoneText[], sessions: readonly Session[]): TextVerdict | null {
  const language = findCyrillicName(
    "language",
    readers.map(({ text }) => text.split(/[\s,]/)[0] ?? ""),
  );
  if (language === null) return null;
  const verdict = judgeReaders(
    readers.map((reader) => ({ ...reader, text: reader.text.replace(/^[^\s,]+/, language) })),
    sessions,
  );
  return verdict === null ? null : { ...verdict, isProved: false, evidence: ["codeList"], confidence: 0.7 };
}

function judgeReaders(readers: readonly ZoneText[], sessions: readonly Session[]): TextVerdict | null {
  const resolved = readers.flatMap((reader) => {
    const found = resolveSession(reader.text, sessions);
    return found === null ? [] : [{ ...found, reader }];
  });
  const best = resolved.find(({ isFullyExplained }) => isFullyExplained) ?? resolved[0];
  if (best === undefined) return null;
  const others = resolved.filter((found) => found !== best);
  const agrees = others.some(({ key }) => key === best.key);
  const contradicts = others.some(({ session }) => session.id !== best.session.id);
  const isProved = best.isFullyExplained && !contradicts && (agrees || best.parts >= SELF_PROVING_PARTS);
  return {
    value: best.text,
    isProved,
    evidence: agrees ? ["codeList", "twoReaders"] : ["codeList"],
    confidence: isProved ? 0.995 : 0.7,
  };
}

function plain(text: ZoneText): ZoneText {
  return { ...text, text: withPlainPunctuation(text.text).replace(/[\s|_.;,–—-]+$/, "") };
}
