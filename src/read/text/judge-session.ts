import type { Session } from "../../model/session.ts";
import { withPlainPunctuation } from "./compare-keys.ts";
import { resolveSession } from "./grammar/session-ref.ts";
import { joinLines, type LineReadings, type TextVerdict, type ZoneText } from "./line-readings.ts";
import { findCyrillicName } from "./lists/cyrillic-look.ts";

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
  return judgeReaders(readers, sessions) ?? (formLanguage === "ru" ? judgeCyrillic(readers, sessions) : null);
}

/** A mark that begins with a language in Cyrillic letters, which the readers saw as Latin ones: a guess for a person to confirm. */
function judgeCyrillic(readers: readonly ZoneText[], sessions: readonly Session[]): TextVerdict | null {
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
