import { z } from "zod";
import { RosterPageCode } from "./reading.ts";

/** What was seen in one place of a row: clear ink, clearly none, or something a person must look at. */
export const MarkSeen = z.enum(["yes", "no", "unsure"]);
export type MarkSeen = z.infer<typeof MarkSeen>;

/** One row of a signed roster as it was seen. Says nothing yet about who stands in it. */
export const RosterRowReading = z.object({
  /** 1-based place in the whole roster, as printed in the row. */
  rowNumber: z.int().positive(),
  /** An empty row at the end, for people who are not on the list. */
  isSpare: z.boolean(),
  came: MarkSeen,
  late: MarkSeen,
  languageTest: MarkSeen,
  skillsSurvey: MarkSeen,
  signature: MarkSeen,
  /** Whether something was written or struck where only print belongs: `yes` never comes alone from a machine's look. */
  written: MarkSeen,
  /** The whole row as a small grey PNG, base64; absent when the page could not be laid. */
  png: z.string().optional(),
});
export type RosterRowReading = z.infer<typeof RosterRowReading>;

/** One page of a signed roster as it was seen. */
export const RosterPageReading = z.object({
  fileIndex: z.int().nonnegative(),
  pageIndex: z.int().nonnegative(),
  code: RosterPageCode,
  /** `unreadable`: the page does not lie on its print well enough; its rows are all unsure. */
  state: z.enum(["read", "unreadable"]),
  /** False on copies and black-and-white scans that lose pencil: an empty row says nothing there. */
  showsPaleInk: z.boolean(),
  /** 0-1: how well the print coincides with the page that was printed. */
  quality: z.number().min(0).max(1),
  rows: z.array(RosterRowReading),
});
export type RosterPageReading = z.infer<typeof RosterPageReading>;

/** What became of a seat. @see DOMAIN 7.4 */
export const ATTENDANCE_STATES = ["present", "late", "leftEarly", "absentNotified", "absent", "excused", "walkIn"] as const;
export const AttendanceState = z.enum(ATTENDANCE_STATES);
export type AttendanceState = z.infer<typeof AttendanceState>;

/** Why a person must look at a row before its attendance counts. */
export const ROW_DOUBTS = [
  "cameUnclear",
  "lateUnclear",
  "signatureUnclear",
  "tickWithoutSignature",
  "signatureWithoutTick",
  "followUpWithoutAttendance",
  "writing",
  "walkInWritten",
  "pageUnreadable",
  "pageUnmarked",
  "paleInkLost",
  "scannedBeforeSession",
  "scansDisagree",
  "differsFromDecision",
] as const;
export const RowDoubt = z.enum(ROW_DOUBTS);
export type RowDoubt = z.infer<typeof RowDoubt>;

/** What the evidence of a row says. `state` is null while a person must look; a follow-up is null where its box is unclear. */
export interface RowOutcome {
  readonly state: AttendanceState | null;
  readonly languageTest: boolean | null;
  readonly skillsSurvey: boolean | null;
  readonly doubts: readonly RowDoubt[];
}

/** Rows whose kind of presence lets a person be sent to the language test and the skills survey. */
export const STATES_OF_PRESENCE: readonly AttendanceState[] = ["present", "late", "leftEarly", "walkIn"];

/**
 * How an attendance came about:
 * - `recorded`: clear evidence on the signed roster, nothing against the person
 * - `proposed`: the roster shows nothing; a person confirms or corrects it
 * - `review`: the evidence is doubtful or contradicts itself; a person decides
 * - `confirmed`: a named person said so; no scan changes it
 */
export type AttendanceStatus = "recorded" | "proposed" | "review" | "confirmed";

/** What is known of one person's seat in one session. */
export interface Attendance {
  readonly sessionId: string;
  readonly registrationId: string;
  /** null only while `status` is `review`. */
  readonly state: AttendanceState | null;
  readonly status: AttendanceStatus;
  /** Whether the host sent the person on; null where nobody can tell yet. */
  readonly languageTest: boolean | null;
  readonly skillsSurvey: boolean | null;
  readonly doubts: readonly RowDoubt[];
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly reason: string | null;
}
