import type { MrzReading } from "../../model/reading.ts";
import type { SettledLines } from "./settle-lines.ts";
import { isStateCode } from "./state-codes.ts";

type MrzDatum = MrzReading["accepted"][number];

/** Fields whose characters a check digit covers. */
const COVERED: readonly MrzDatum[] = ["documentNumber", "birthDate", "expiryDate"];
/** Fields that no check digit covers: names, states, sex stand on the recogniser alone. */
const UNCOVERED: readonly MrzDatum[] = ["names", "issuingState", "nationality", "sex"];

/**
 * Least share of every character of a covered field, of names, and of another field that no check digit covers.
 *
 * Measured with `npm run bench:mrz` on 20 specimens under 28 kinds of damage: the surest wrong covered field had 0.37, the
 * surest wrong state that exists 0.51, the surest wrong name 0.48 in a zone that was clear, 0.59 in one that was not.
 */
const COVERED_FROM = 0.45;
const NAMES_FROM = 0.6;
const UNCOVERED_FROM = 0.55;
/** Share of the least sure character of the whole zone below which the copy is too poor for what no check digit covers. */
const CLEAR_ZONE = 0.4;

/**
 * Returns the fields of a zone that may be used without a look.
 *
 * Pure. None unless every check digit of the zone holds: a wrong one says that something was misread, or printed wrong.
 * Names are never accepted on check digits, which do not cover them: each of their characters must have been seen clearly
 * by itself, in several re-reads.
 */
export function acceptedFields({ confidences }: Pick<SettledLines, "confidences">, mrz: MrzReading): MrzReading["accepted"] {
  if (!mrz.checksHold || (confidences.get("documentCode") ?? 0) < UNCOVERED_FROM) return [];
  const isSure = (field: MrzDatum, from: number): boolean => (confidences.get(field) ?? 0) >= from;
  const covered = COVERED.filter((field) => isSure(field, COVERED_FROM));
  if (mrz.confidence < CLEAR_ZONE) return covered;
  const uncovered = UNCOVERED.filter((field) => isSure(field, field === "names" ? NAMES_FROM : UNCOVERED_FROM) && isPossible(field, mrz));
  return [...covered, ...uncovered];
}

/** A state must exist; the nationality may be left out. */
function isPossible(field: MrzDatum, { issuingState, nationality }: MrzReading): boolean {
  if (field === "issuingState") return isStateCode(issuingState);
  return field !== "nationality" || nationality === "" || isStateCode(nationality);
}
