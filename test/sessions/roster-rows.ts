import type { RosterRowReading } from "../../src/model/attendance.ts";

/** A row in which nothing stands, unless `change` says what. */
export function rowOf(rowNumber: number, change: Partial<RosterRowReading> = {}): RosterRowReading {
  const no = "no" as const;
  return { rowNumber, isSpare: false, came: no, late: no, languageTest: no, skillsSurvey: no, signature: no, written: no, ...change };
}

export const SIGNED = { came: "yes", signature: "yes" } as const;
