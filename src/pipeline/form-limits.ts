import { editDistance } from "../model/codes/name-index.ts";
import type { Zone } from "../model/form-layout.ts";
import { asDoubtful, type TextReading } from "../read/text/text-reading.ts";

/** A written choice is taken for the one offered that differs in fewer letters than this share, when no other is as near. */
const MISREAD_SHARE = 0.34;

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\d]/gu, "");

/** The one offered that a misreading stands for; undefined when none or several may be. */
function nearestChoice(written: string, choices: readonly string[]): string | undefined {
  const near = choices
    .map((choice) => ({ choice, letters: editDistance(lettersOf(written), lettersOf(choice)) }))
    .toSorted((a, b) => a.letters - b.letters);
  const [best, second] = near;
  if (best === undefined || best.letters > MISREAD_SHARE * lettersOf(best.choice).length) return undefined;
  return second !== undefined && second.letters <= best.letters + 1 ? undefined : best.choice;
}

function withinChoices(reading: TextReading, value: string, choices: readonly string[]): TextReading {
  const alike = choices.filter((choice) => lettersOf(choice) === lettersOf(value));
  const [only] = alike;
  if (alike.length === 1 && only !== undefined && lettersOf(only) !== "") {
    if (reading.isUnreliable === true || !reading.evidence.includes("twoReaders")) return { ...reading, value: only };
    return { ...reading, value: only, evidence: ["codeList", "twoReaders"] };
  }
  const meant = nearestChoice(value, choices);
  return { ...asDoubtful(reading), ...(meant === undefined ? {} : { value: meant, raw: value }) };
}

/**
 * Returns a text reading within what the form itself allows in its place: the words of a list, as many letters as there are cells.
 *
 * Pure. What does not fit is left to a person; nothing becomes accepted here.
 */
export function withinFormLimits(reading: TextReading, zones: readonly Zone[]): TextReading {
  const zone = zones.find((item) => item.field === reading.field && item.kind === "text");
  if (zone === undefined || typeof reading.value !== "string" || reading.evidence.includes("liveField")) return reading;
  if (zone.choices !== undefined) return withinChoices(reading, reading.value, zone.choices);
  if (zone.isComb !== true) return reading;
  const joined = { ...reading, value: reading.value.replace(/\s+/g, "") };
  return joined.value.length > (zone.maxLength ?? joined.value.length) ? asDoubtful(joined) : joined;
}
