import type { MarkSeen, RosterPageReading, RosterRowReading, RowDoubt, RowOutcome } from "../model/attendance.ts";

/** What holds for every row of a page. */
export interface PageEvidence {
  readonly isReadable: boolean;
  /** Whether anything at all is ticked or signed on the page: an unused print must not make everybody absent. */
  readonly isMarked: boolean;
  /** Whether pencil would still be seen. */
  readonly showsPaleInk: boolean;
  /** Whether the page was scanned before the day of its session. */
  readonly isBeforeSession: boolean;
}

const toFollowUp = (seen: MarkSeen): boolean | null => (seen === "unsure" ? null : seen === "yes");

/** Returns what holds for the rows of a scanned page. Pure. */
export function pageEvidenceOf(page: Pick<RosterPageReading, "state" | "rows" | "showsPaleInk">, isBeforeSession: boolean): PageEvidence {
  const { state, rows, showsPaleInk } = page;
  const isMarked = rows.some(({ came, late, signature }) => [came, late, signature].some((seen) => seen !== "no"));
  return { isReadable: state === "read", isMarked, showsPaleInk, isBeforeSession };
}

function findPageDoubts({ isReadable, isMarked, isBeforeSession }: PageEvidence): RowDoubt[] {
  if (!isReadable) return ["pageUnreadable"];
  return [...(isMarked ? [] : ["pageUnmarked" as const]), ...(isBeforeSession ? ["scannedBeforeSession" as const] : [])];
}

/** Tick and signature bear each other out; where one stands alone a person asks. */
function findMarkDoubts({ came, late, signature, languageTest, skillsSurvey }: RosterRowReading, showsPaleInk: boolean): RowDoubt[] {
  const doubts: RowDoubt[] = [];
  if (came === "unsure") doubts.push("cameUnclear");
  if (late === "unsure") doubts.push("lateUnclear");
  if (signature === "unsure") doubts.push("signatureUnclear");
  const isTicked = came === "yes" || late === "yes";
  if (isTicked && signature === "no") doubts.push("tickWithoutSignature");
  if (signature === "yes" && came === "no" && late === "no") doubts.push("signatureWithoutTick");
  const isBare = came === "no" && late === "no" && signature === "no";
  if (isBare && (languageTest !== "no" || skillsSurvey !== "no")) doubts.push("followUpWithoutAttendance");
  if (isBare && !showsPaleInk) doubts.push("paleInkLost");
  return doubts;
}

/** An empty row in which nothing stands says nothing; anything else is a person who is not on the list. */
function judgeSpareRow(row: RosterRowReading, pageDoubts: readonly RowDoubt[]): RowOutcome {
  const isTouched = [row.came, row.late, row.signature, row.written].some((seen) => seen !== "no");
  const doubts = pageDoubts.includes("pageUnreadable") ? pageDoubts : isTouched ? (["walkInWritten"] as const) : [];
  return { state: null, languageTest: null, skillsSurvey: null, doubts };
}

/**
 * Returns what one scanned row says about its person.
 *
 * Pure. Clear tick and signature: present, or late. Nothing at all: absent, which a person confirms. All else is doubted.
 */
export function judgeRow(row: RosterRowReading, page: PageEvidence): RowOutcome {
  const pageDoubts = findPageDoubts(page);
  if (row.isSpare) return judgeSpareRow(row, pageDoubts);
  const doubts = page.isReadable
    ? [...pageDoubts, ...findMarkDoubts(row, page.showsPaleInk), ...(row.written === "no" ? [] : ["writing" as const])]
    : pageDoubts;
  const [languageTest, skillsSurvey] = [toFollowUp(row.languageTest), toFollowUp(row.skillsSurvey)];
  if (doubts.length > 0) return { state: null, languageTest, skillsSurvey, doubts };
  if (row.late === "yes") return { state: "late", languageTest, skillsSurvey, doubts };
  return { state: row.came === "yes" ? "present" : "absent", languageTest, skillsSurvey, doubts };
}
