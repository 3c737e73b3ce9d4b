import type { MarkSeen, RosterRowReading, RowDoubt, RowOutcome } from "../model/attendance.ts";

/** One scan of a person's row with what it says by itself. */
export interface RowScan {
  readonly row: RosterRowReading;
  readonly outcome: RowOutcome;
}

/** A page of which nothing can be told speaks only where no other scan does. */
const SILENT: readonly RowDoubt[] = ["pageUnreadable", "pageUnmarked", "scannedBeforeSession"];

const NOTHING: RowOutcome = { state: null, languageTest: null, skillsSurvey: null, doubts: [] };

function isSilent({ outcome }: RowScan): boolean {
  return outcome.doubts.some((doubt) => SILENT.includes(doubt));
}

const sureValues = (seen: readonly MarkSeen[]): Set<MarkSeen> => new Set(seen.filter((value) => value !== "unsure"));

/** Whether two scans are each sure of opposite marks. */
function disagree(scans: readonly RowScan[]): boolean {
  const marks = [({ row }: RowScan) => row.came, ({ row }: RowScan) => row.late, ({ row }: RowScan) => row.signature];
  return marks.some((mark) => sureValues(scans.map(mark)).size > 1);
}

function mergeFollowUp(scans: readonly RowScan[], of: (scan: RowScan) => MarkSeen): boolean | null {
  const values = sureValues(scans.map(of));
  return values.size === 1 ? values.has("yes") : null;
}

/**
 * Returns what all scans of one person's row say together, in whatever order they came.
 *
 * Pure. The same sheet scanned twice says the same; a clear scan settles what a poor one left open; scans that contradict each
 * other settle nothing.
 */
export function mergeScans(all: readonly RowScan[]): RowOutcome {
  const speaking = all.filter((scan) => !isSilent(scan));
  const scans = speaking.length > 0 ? speaking : all;
  if (scans.length === 0) return NOTHING;
  const languageTest = mergeFollowUp(scans, ({ row }) => row.languageTest);
  const skillsSurvey = mergeFollowUp(scans, ({ row }) => row.skillsSurvey);
  if (disagree(scans)) return { state: null, languageTest, skillsSurvey, doubts: ["scansDisagree"] };
  const clear = scans.find(({ outcome }) => outcome.doubts.length === 0);
  if (clear === undefined) {
    const doubts = [...new Set(scans.flatMap(({ outcome }) => outcome.doubts))];
    return { state: null, languageTest, skillsSurvey, doubts };
  }
  const isWritten = scans.some(({ outcome }) => outcome.doubts.includes("writing"));
  return { state: isWritten ? null : clear.outcome.state, languageTest, skillsSurvey, doubts: isWritten ? ["writing"] : [] };
}
