import type { Attendance, AttendanceState, RowOutcome } from "../model/attendance.ts";

/** A person's seat in a session and what all scans of its row say together. */
export interface SettleOrder {
  readonly sessionId: string;
  readonly registrationId: string;
  readonly known: Attendance | null;
  readonly outcome: RowOutcome;
  /** Whether a scan arrived after a person had decided. */
  readonly hasNewerScan: boolean;
}

/**
 * Returns the attendance after a scan.
 *
 * Pure. What a person confirmed stays; a later scan that shows something else only raises a doubt beside it. An absence is only
 * ever proposed.
 */
export function settleAttendance({ sessionId, registrationId, known, outcome, hasNewerScan }: SettleOrder): Attendance {
  const { state, languageTest, skillsSurvey, doubts } = outcome;
  if (known?.status === "confirmed") {
    const differs = hasNewerScan && (state === null ? doubts.length > 0 : state !== known.state);
    return {
      ...known,
      doubts: differs ? ["differsFromDecision"] : [],
      languageTest: known.languageTest ?? languageTest,
      skillsSurvey: known.skillsSurvey ?? skillsSurvey,
    };
  }
  const common = { sessionId, registrationId, state, languageTest, skillsSurvey, doubts, decidedBy: null, decidedAt: null, reason: null };
  if (state === null) return { ...common, status: "review" };
  return { ...common, status: state === "absent" ? "proposed" : "recorded" };
}

/** What a person says about a seat. */
export interface AttendanceDecision {
  readonly state: AttendanceState;
  readonly by: string;
  readonly at: string;
  readonly reason: string | null;
  readonly languageTest?: boolean;
  readonly skillsSurvey?: boolean;
}

/** Returns the attendance that a named person confirms; doubts are settled by that. Pure. */
export function confirmAttendance(
  seat: { readonly sessionId: string; readonly registrationId: string; readonly known: Attendance | null },
  { state, by, at, reason, ...followUps }: AttendanceDecision,
): Attendance {
  const { sessionId, registrationId, known } = seat;
  return {
    sessionId,
    registrationId,
    state,
    status: "confirmed",
    languageTest: followUps.languageTest ?? known?.languageTest ?? null,
    skillsSurvey: followUps.skillsSurvey ?? known?.skillsSurvey ?? null,
    doubts: [],
    decidedBy: by,
    decidedAt: at,
    reason,
  };
}

/** Whether a person must look before the attendance counts. */
export function needsPerson({ status, doubts }: Attendance): boolean {
  return status === "review" || doubts.length > 0;
}
