import { editDistance } from "../model/codes/name-index.ts";
import type { Zone } from "../model/form-layout.ts";
import { toSharedKey } from "../read/text/compare-keys.ts";
import { asDoubtful, type TextReading } from "../read/text/text-reading.ts";

/** Share of letters in which an unsure reading of the picture differs before it contradicts the stored value: more than slips. */
const MAX_DIFFERENCE = 0.4;

/** A longer text may run out of its box: then its beginning is enough. Names, codes and numbers are shorter. */
const CLIPPED_FROM_LETTERS = 20;

/** Share of a text's letters, 0-1, that a box which cuts it off shows at least. */
const LEAST_SHOWN = 0.5;

/** Letters that the recognisers know: Latin ones and digits. A value in another script cannot be seen again. */
const OTHER_SCRIPT = /(?!\p{Script=Latin})\p{L}/u;

const isNothing = (value: TextReading["value"]): boolean => value === null || value === "" || value === false;

function isBeginning(key: string, seen: string): boolean {
  return key.length >= CLIPPED_FROM_LETTERS && seen.length >= key.length * LEAST_SHOWN && key.startsWith(seen);
}

function isOtherText(stored: string, shown: TextReading): boolean {
  if (shown.status === "empty") return true;
  if (typeof shown.value !== "string" || OTHER_SCRIPT.test(stored)) return false;
  const readings = [shown.value, shown.raw ?? shown.value].map(toSharedKey);
  const key = toSharedKey(stored);
  if (readings.some((seen) => seen === key || isBeginning(key, seen))) return false;
  if (shown.status === "accepted") return true;
  return readings.every((seen) => editDistance(key, seen) > MAX_DIFFERENCE * Math.max(key.length, seen.length));
}

function isShownOtherwise(stored: TextReading, shown: TextReading, kind: Zone["kind"]): boolean {
  if (isNothing(stored.value)) return shown.status !== "empty";
  if (kind === "text") return typeof stored.value === "string" && isOtherText(stored.value, shown);
  return shown.value !== stored.value && !(shown.status === "review" && shown.value === null);
}

/**
 * Returns the stored values of a form filled on a computer, with doubt where the page shows something else.
 *
 * Pure. A box keeps what it looks like in a picture of its own, which a program may leave behind or a deceiver may draw; a remark
 * may lie over it; a field may be hidden. The person who signs and the person who looks go by what is shown.
 */
export function withShownDoubt(stored: readonly TextReading[], shown: readonly TextReading[], zones: readonly Zone[]): TextReading[] {
  return stored.map((reading) => {
    const seen = shown.find(({ field }) => field === reading.field);
    const kind = zones.find(({ field }) => field === reading.field)?.kind;
    if (reading.status === "review" || seen === undefined || kind === undefined) return reading;
    return isShownOtherwise(reading, seen, kind) ? { ...asDoubtful(reading), isUnreliable: true } : reading;
  });
}
