import type { SignedRoster } from "../../fixtures/rosters.ts";
import type { RosterRowTruth } from "../../fixtures/tick-roster.ts";
import type { RosterRowReading, RowOutcome } from "../../src/model/attendance.ts";

/** Counts over all rows of people; spare rows are counted apart. */
export interface RosterScore {
  pages: number;
  pagesRead: number;
  rows: number;
  right: number;
  reviewed: number;
  /** Rows that needed a person by what was done to them, and got one. */
  rightlyReviewed: number;
  followUpsRight: number;
  followUpsReviewed: number;
  spareRows: number;
  spareTasks: number;
  walkIns: number;
  cpuMs: number;
  readonly wrong: string[];
  readonly pagesNotRead: string[];
  /** Why rows that need nobody went to a person, by doubt. */
  readonly doubts: Map<string, number>;
  readonly reviewedByStory: Map<string, { rows: number; reviewed: number }>;
}

/** One row with what it should have said. A row of a page that could not be read has neither reading nor outcome. */
export interface RowCase {
  readonly truth: RosterRowTruth;
  readonly row: RosterRowReading | null;
  readonly outcome: RowOutcome | null;
  readonly roster: SignedRoster;
}

export function startScore(): RosterScore {
  return {
    pages: 0,
    pagesRead: 0,
    rows: 0,
    right: 0,
    reviewed: 0,
    rightlyReviewed: 0,
    followUpsRight: 0,
    followUpsReviewed: 0,
    spareRows: 0,
    spareTasks: 0,
    walkIns: 0,
    cpuMs: 0,
    wrong: [],
    pagesNotRead: [],
    doubts: new Map(),
    reviewedByStory: new Map(),
  };
}

function describe({ truth, row, outcome, roster }: RowCase): string {
  const seen = row === null ? "" : `${row.came}/${row.late}/${row.languageTest}/${row.skillsSurvey}/${row.signature}/${row.written}`;
  const damages = roster.scan.damages.map(({ kind, strength }) => `${kind}${strength}`).join(",");
  const said = `${outcome?.state ?? "?"} lt=${outcome?.languageTest} ss=${outcome?.skillsSurvey}`;
  const wanted = `${truth.attendance} lt=${truth.languageTest} ss=${truth.skillsSurvey}`;
  return `roster ${roster.number} row ${truth.rowNumber} (${truth.story}; ${roster.scan.mode} ${roster.scan.dpi} ${damages}): ${said}, wanted ${wanted} [${seen}]`;
}

function countSpareRow(score: RosterScore, rowCase: RowCase): void {
  const isTask = rowCase.outcome === null || rowCase.outcome.doubts.length > 0;
  score.spareRows += 1;
  if (isTask) score.spareTasks += 1;
  if (rowCase.truth.story !== "walkIn") return;
  score.walkIns += 1;
  if (!isTask) score.wrong.push(describe(rowCase));
}

function countFollowUps(score: RosterScore, rowCase: RowCase): void {
  const { truth, outcome } = rowCase;
  if (truth.attendance === "review" || outcome === null) return;
  for (const [said, wanted] of [
    [outcome.languageTest, truth.languageTest],
    [outcome.skillsSurvey, truth.skillsSurvey],
  ] as const) {
    if (said === null) score.followUpsReviewed += 1;
    else if (said === wanted) score.followUpsRight += 1;
    else if (outcome.doubts.length === 0) score.wrong.push(describe(rowCase));
  }
}

/** Counts one row. */
export function countRow(score: RosterScore, rowCase: RowCase): void {
  const { truth, outcome } = rowCase;
  if (truth.story === "walkIn" || truth.story === "spare") {
    countSpareRow(score, rowCase);
    return;
  }
  score.rows += 1;
  const story = score.reviewedByStory.get(truth.story) ?? { rows: 0, reviewed: 0 };
  score.reviewedByStory.set(truth.story, story);
  story.rows += 1;
  if (outcome === null || outcome.doubts.length > 0) {
    score.reviewed += 1;
    story.reviewed += 1;
    if (truth.attendance === "review") score.rightlyReviewed += 1;
    else for (const doubt of outcome?.doubts ?? ["pageNotRead"]) score.doubts.set(doubt, (score.doubts.get(doubt) ?? 0) + 1);
  } else if (outcome.state === truth.attendance) score.right += 1;
  else score.wrong.push(describe(rowCase));
  countFollowUps(score, rowCase);
}

export interface RosterReport {
  readonly rows: number;
  readonly right: number;
  readonly reviewed: number;
  readonly rightlyReviewed: number;
  readonly silentlyWrong: number;
  readonly brief: string;
  readonly text: string;
}

const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

/** Returns the counts in words. Pure. */
export function toReport(score: RosterScore): RosterReport {
  const { rows, right, reviewed, rightlyReviewed, wrong } = score;
  const plain = rows - rightlyReviewed;
  const stories = [...score.reviewedByStory].map(([story, count]) => `  ${story}: ${count.reviewed} of ${count.rows} reviewed`);
  const lines = [
    `rows of people         ${rows}, on ${score.pages} pages (${score.pagesRead} read)`,
    `silently wrong         ${wrong.length}`,
    `right without review   ${right} = ${percent(right, rows)} of all, ${percent(right, plain)} of rows that need nobody`,
    `reviewed               ${reviewed}, of them ${rightlyReviewed} that need a person`,
    `follow-up boxes        ${score.followUpsRight} right, ${score.followUpsReviewed} reviewed`,
    `walk-ins               ${score.walkIns} written, ${score.spareTasks} tasks from ${score.spareRows} spare rows`,
    `CPU                    ${(score.cpuMs / Math.max(1, score.pages)).toFixed(0)} ms a page`,
    ...stories.toSorted(),
    ...[...score.doubts].map(([doubt, count]) => `  needlessly ${doubt}: ${count}`).toSorted(),
    ...score.pagesNotRead,
    ...wrong,
  ];
  const brief = `${rows} rows, ${right} right, ${reviewed} reviewed, ${wrong.length} silently wrong`;
  return { rows, right, reviewed, rightlyReviewed, silentlyWrong: wrong.length, brief, text: lines.join("\n") };
}
