import type { FieldScore, FindingScore, OtherScore, SetScore } from "./score-set.ts";

/** Figures of one group of fields; shares are 0-1, null where nothing was counted. */
export interface GroupSummary {
  readonly name: string;
  readonly fields: number;
  readonly exact: number | null;
  /** Exact among the texts that hold anything. */
  readonly textExact: number | null;
  readonly auto: number | null;
  readonly silent: number;
  readonly keySilent: number;
  readonly tickF1: number | null;
}

export interface OtherSummary {
  readonly name: string;
  readonly count: number;
  readonly right: number | null;
  readonly silent: number;
}

export interface FindingSummary {
  readonly code: string;
  readonly hits: number;
  readonly falseAlarms: number;
  readonly misses: number;
}

const shareOf = <Item>(items: readonly Item[], holds: (item: Item) => boolean): number | null =>
  items.length === 0 ? null : items.filter(holds).length / items.length;

/** True when the field is used without a look although it is wrong: the error that nobody sees. Pure. */
export function isSilentError({ isAuto, isRight }: Pick<FieldScore, "isAuto" | "isRight">): boolean {
  return isAuto && !isRight;
}

const isBox = ({ content }: FieldScore): boolean => content === "tick" || content === "choice";

/** F1 of marks, each option of a choice counted by itself. */
function tickF1Of(fields: readonly FieldScore[]): number | null {
  let hits = 0;
  let wrong = 0;
  for (const { truth, value } of fields.filter(isBox)) {
    if (truth === value) hits += truth === "" ? 0 : 1;
    else wrong += (truth === "" ? 0 : 1) + (value === "" ? 0 : 1);
  }
  return hits + wrong === 0 ? null : (2 * hits) / (2 * hits + wrong);
}

function summariseGroup(name: string, fields: readonly FieldScore[]): GroupSummary {
  const silent = fields.filter(isSilentError);
  return {
    name,
    fields: fields.length,
    exact: shareOf(fields, ({ isRight }) => isRight),
    textExact: shareOf(
      fields.filter((score) => !isBox(score) && score.truth !== ""),
      ({ isRight }) => isRight,
    ),
    auto: shareOf(fields, ({ isAuto }) => isAuto),
    silent: silent.length,
    keySilent: silent.filter(({ isKey }) => isKey).length,
    tickF1: tickF1Of(fields),
  };
}

/** Returns the figures of each group ("all" first), then those of each content and each field. Pure. */
export function summariseFields({ fields }: Pick<SetScore, "fields">): {
  readonly groups: GroupSummary[];
  readonly contents: GroupSummary[];
  readonly byField: GroupSummary[];
} {
  const groupNames = [...new Set(fields.flatMap(({ groups }) => groups))].toSorted((a, b) =>
    a === "all" ? -1 : b === "all" ? 1 : a.localeCompare(b),
  );
  const groups = groupNames.map((name) =>
    summariseGroup(
      name,
      fields.filter((score) => score.groups.includes(name)),
    ),
  );
  const by = (keyOf: (score: FieldScore) => string): GroupSummary[] =>
    [...Map.groupBy(fields, keyOf)].map(([name, own]) => summariseGroup(name, own)).toSorted((a, b) => (a.exact ?? 0) - (b.exact ?? 0));
  return { groups, contents: by(({ content }) => content), byField: by(({ field }) => field) };
}

/** Returns how often signatures, permit copies, routes and pages were judged right. Pure. */
export function summariseOthers(others: readonly OtherScore[]): OtherSummary[] {
  return [...Map.groupBy(others, ({ kind }) => kind)].map(([name, own]) => ({
    name,
    count: own.length,
    right: shareOf(own, ({ isRight }) => isRight),
    silent: own.filter(({ isSilent }) => isSilent).length,
  }));
}

/** Returns hits, false alarms and misses of each finding, all of them together first. Pure. */
export function summariseFindings(findings: readonly FindingScore[]): FindingSummary[] {
  const count = (code: string, own: readonly FindingScore[]): FindingSummary => ({
    code,
    hits: own.filter(({ isExpected, isGiven }) => isExpected && isGiven).length,
    falseAlarms: own.filter(({ isExpected }) => !isExpected).length,
    misses: own.filter(({ isGiven }) => !isGiven).length,
  });
  const byCode = [...Map.groupBy(findings, ({ code }) => code)].map(([code, own]) => count(code, own));
  return [count("all", findings), ...byCode.toSorted((a, b) => b.falseAlarms + b.misses - a.falseAlarms - a.misses)];
}
