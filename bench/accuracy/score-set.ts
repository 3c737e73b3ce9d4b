import { fieldSpecOf } from "../../src/model/field.ts";
import { calibratedContentOf } from "../../src/read/calibration/accept-from.ts";
import { matchPeople } from "./match-people.ts";
import { normaliseValue } from "./normalise-value.ts";
import type { OutputCase, OutputField, Submission, TruthRecord } from "./set-files.ts";

/** How one field of one person was read. */
export interface FieldScore {
  readonly caseId: string;
  readonly field: string;
  /** Content of a text, "tick" or "choice". */
  readonly content: string;
  readonly isKey: boolean;
  /** Names of the groups it counts in. */
  readonly groups: readonly string[];
  readonly truth: string;
  readonly value: string;
  readonly isRight: boolean;
  /** True when it is used without a look: accepted or asserted to be blank. */
  readonly isAuto: boolean;
  readonly status: string;
  readonly confidence: number;
  /** The judges' own figure, before calibration; absent where nothing was read. */
  readonly score: number | undefined;
  readonly evidence: readonly string[];
  /** How a tick was set, when unusually. */
  readonly mark: string | undefined;
  readonly png: string | undefined;
}

/** One decision about a whole form or page. */
export interface OtherScore {
  readonly kind: "signature" | "permit" | "route" | "pageKind" | "rotation" | "owner";
  readonly caseId: string;
  readonly groups: readonly string[];
  readonly isRight: boolean;
  readonly isSilent: boolean;
}

/** Whether a finding was expected and given; tolerated ones do not appear. */
export interface FindingScore {
  readonly caseId: string;
  readonly code: string;
  readonly isExpected: boolean;
  readonly isGiven: boolean;
}

export interface SetScore {
  readonly fields: readonly FieldScore[];
  readonly others: readonly OtherScore[];
  readonly findings: readonly FindingScore[];
  readonly missingOutputs: number;
}

/** Contents whose value may be put in order; what was literally read then counts, too. */
const LISTED = new Set(["country", "sessionRef", "language", "educationLevel", "unit", "occupation", "municipality"]);

function scoreField(
  field: string,
  record: TruthRecord,
  found: OutputField | undefined,
  groups: readonly string[],
  caseId: string,
): FieldScore {
  const content = calibratedContentOf(field, record.fields[field]);
  const truth = normaliseValue(field, record.fields[field]);
  const value = found?.status === "empty" ? "" : normaliseValue(field, found?.value);
  const isLiterallyRight = LISTED.has(content) && found?.raw !== undefined && normaliseValue(field, found.raw) === truth;
  const spec = fieldSpecOf(field);
  return {
    caseId,
    field,
    content,
    isKey: spec?.isKey === true,
    groups,
    truth,
    value,
    isRight: value === truth || isLiterallyRight,
    isAuto: found !== undefined && found.status !== "review",
    status: found?.status ?? "missing",
    confidence: found?.confidence ?? 0,
    score: found?.score,
    evidence: found?.evidence ?? [],
    mark: record.tickMarks[field],
    png: found?.crop?.png,
  };
}

function scoreFindings(record: TruthRecord, found: OutputCase | undefined, caseId: string): FindingScore[] {
  const given = new Set(found?.findings.map(({ code }) => code) ?? []);
  const expected = new Set(record.expected.findings);
  const tolerated = new Set(record.expected.toleratedFindings ?? []);
  return [...new Set([...given, ...expected])]
    .filter((code) => expected.has(code) || !tolerated.has(code))
    .map((code) => ({ caseId, code, isExpected: expected.has(code), isGiven: given.has(code) }));
}

function scoreForm(record: TruthRecord, found: OutputCase | undefined, groups: readonly string[], caseId: string): OtherScore[] {
  const scores: OtherScore[] = [];
  const isSigned = record.signaturePresent;
  if (isSigned !== null) {
    const isRight = found?.signature.present === isSigned;
    scores.push({ kind: "signature", caseId, groups, isRight, isSilent: !isRight && found?.signature.status === "accepted" });
  }
  const { front, back } = record.permitCopy;
  const isPermitRight = found?.permitCopy.front === front && found.permitCopy.back === back;
  scores.push({ kind: "permit", caseId, groups, isRight: isPermitRight, isSilent: false });
  const routes = record.expected.acceptableRoutes ?? [record.expected.route];
  scores.push({ kind: "route", caseId, groups, isRight: found !== undefined && routes.includes(found.route), isSilent: false });
  return scores;
}

/** Page kinds that belong to nobody whatever their neighbours. */
const OWNERLESS = new Set(["blank", "cover"]);

function scorePages({ truth, output }: Submission, matched: ReadonlyMap<number, number>, groups: readonly string[]): OtherScore[] {
  const { caseId } = truth;
  const found = [
    ...(output?.cases ?? []).flatMap((item, owner) => item.pages.map((page) => ({ ...page, owner }))),
    ...(output?.pages ?? []).map((page) => ({ ...page, owner: null })),
  ];
  return truth.files.flatMap(({ name, pages }) =>
    pages.flatMap((page): OtherScore[] => {
      const seen = found.find(({ file, index }) => file === name && index === page.index);
      const score = (kind: OtherScore["kind"], isRight: boolean): OtherScore => ({ kind, caseId, groups, isRight, isSilent: false });
      const scores = [score("pageKind", seen?.kind === page.kind)];
      if (page.kind !== "blank") scores.push(score("rotation", seen?.rotation === page.rotation));
      const { record = null } = page;
      if (record !== null && !OWNERLESS.has(page.kind))
        scores.push(score("owner", seen !== undefined && seen.owner !== null && matched.get(record) === seen.owner));
      return scores;
    }),
  );
}

/** Scores a set: every field of every person, every page, every finding. A value read for a person who does not exist is wrong. Pure. */
export function scoreSet(submissions: readonly Submission[]): SetScore {
  const fields: FieldScore[] = [];
  const others: OtherScore[] = [];
  const findings: FindingScore[] = [];
  for (const submission of submissions) {
    const { truth, output } = submission;
    const { caseId } = truth;
    const matched = matchPeople(submission);
    const base = [
      "all",
      `class ${truth.severity}`,
      `file ${truth.container}`,
      `fill ${truth.fillKind}`,
      `class ${truth.severity} ${truth.fillKind}`,
    ];
    for (const [person, record] of truth.records.entries()) {
      const found = output?.cases[matched.get(person) ?? -1];
      const groups = [...base, `form ${record.formLanguage} ${record.formVersion}`];
      for (const field of Object.keys(record.fields)) fields.push(scoreField(field, record, found?.fields[field], groups, caseId));
      others.push(...scoreForm(record, found, groups, caseId));
      findings.push(...scoreFindings(record, found, caseId));
    }
    others.push(...scorePages(submission, matched, base));
    for (const [index, extra] of (output?.cases ?? []).entries()) {
      if ([...matched.values()].includes(index)) continue;
      for (const [field, found] of Object.entries(extra.fields)) {
        if (found.status === "accepted") fields.push(scoreField(field, NOBODY, found, base, caseId));
      }
    }
  }
  return { fields, others, findings, missingOutputs: submissions.filter(({ output }) => output === undefined).length };
}

const NOBODY: TruthRecord = {
  formLanguage: "",
  formVersion: "",
  fields: {},
  tickMarks: {},
  signaturePresent: null,
  signatureKind: "none",
  permitCopy: { front: false, back: false },
  expected: { route: "", findings: [] },
};
