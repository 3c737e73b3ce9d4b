import { describe, expect, it } from "vitest";
import { normaliseValue } from "../../../bench/accuracy/normalise-value.ts";
import { scoreSet } from "../../../bench/accuracy/score-set.ts";
import type { OutputCase, OutputField, Submission, TruthRecord } from "../../../bench/accuracy/set-files.ts";
import { isSilentError, summariseFields, summariseFindings } from "../../../bench/accuracy/summarise.ts";

describe("normaliseValue", () => {
  it.each([
    ["dateOfBirth", "1.2.1990", "01.02.1990"],
    ["dateOfBirth", "1990-02-01", "1.2.90"],
    ["phone", "+358 45 000 1234", "045 0001234"],
    ["permitCardNumber", "xt 455 5719", "XT4555719"],
    ["email", "A.B@Mail.example", "a.b@mail.example"],
    ["schoolYears", "09", "9 vuotta"],
    ["furtherInfo", "Sota ,  pako.", "sota, pako"],
    ["interpreterNeeded", false, null],
  ])("takes %s %s and %s for the same", (field, a, b) => {
    expect(normaliseValue(field, a)).toBe(normaliseValue(field, b));
  });

  it.each([
    ["surname", "Ayşe", "Ayse"],
    ["dateOfBirth", "1.2.1990", "1.3.1990"],
    ["interpreterNeeded", true, false],
  ])("tells %s %s from %s", (field, a, b) => {
    expect(normaliseValue(field, a)).not.toBe(normaliseValue(field, b));
  });
});

const read = (value: string | boolean | null, status: OutputField["status"] = "accepted"): OutputField => ({
  value,
  status,
  confidence: 0.99,
  score: 0.99,
  evidence: ["twoReaders"],
});

const record: TruthRecord = {
  formLanguage: "fi",
  formVersion: "1.0",
  fields: { surname: "Hamdan", givenNames: "Karim", sex: "male", fullTimeWork: true, furtherInfo: null },
  tickMarks: {},
  signaturePresent: true,
  signatureKind: "normal",
  permitCopy: { front: true, back: true },
  expected: { route: "groupInfo", findings: ["permitExpired"], toleratedFindings: ["sessionMissing"] },
};

const found: OutputCase = {
  fields: {
    surname: read("Hamdan"),
    givenNames: read("Karin"),
    sex: read("female", "review"),
    fullTimeWork: read(false, "empty"),
    furtherInfo: read(null, "empty"),
  },
  signature: { present: true, status: "accepted", kind: "ink", confidence: 0.99 },
  permitCopy: { front: true, back: false },
  route: "groupInfo",
  findings: [{ code: "sessionMissing" }, { code: "nameMismatch" }],
  pages: [{ file: "a.pdf", index: 0, kind: "form-1", rotation: 0 }],
};

function submission(cases: readonly OutputCase[]): Submission {
  const pages = [{ index: 0, kind: "form-1", rotation: 0, record: 0 }];
  const truth = {
    caseId: "one",
    severity: "clean",
    container: "pdfGray",
    fillKind: "typed",
    files: [{ name: "a.pdf", pages }],
    records: [record],
  };
  return { truth, output: { cases: [...cases], pages: [] } };
}

describe("scoreSet", () => {
  const score = scoreSet([submission([found])]);

  it("counts as silent what is wrong and used without a look, and nothing else", () => {
    expect(score.fields.filter(isSilentError).map(({ field }) => field)).toEqual(["givenNames", "fullTimeWork"]);
    expect(summariseFields(score).groups[0]).toMatchObject({ name: "all", fields: 5, exact: 0.4, auto: 0.8, silent: 2, keySilent: 2 });
  });

  it("neither rewards nor punishes a tolerated finding", () => {
    expect(summariseFindings(score.findings)[0]).toEqual({ code: "all", hits: 0, falseAlarms: 1, misses: 1 });
  });

  it("counts a permit copy of which one side was missed as wrong", () => {
    expect(score.others.filter(({ isRight }) => !isRight).map(({ kind }) => kind)).toEqual(["permit"]);
  });

  it("counts every value accepted for a person who does not exist as silent", () => {
    const nobody = { ...found, pages: [], fields: { surname: read("Nobody"), givenNames: read("Real", "review") } };
    const extra = scoreSet([submission([found, nobody])]);
    expect(extra.fields.filter(isSilentError)).toHaveLength(score.fields.filter(isSilentError).length + 1);
  });

  it("counts every field of a submission without a result as left to a person", () => {
    const { fields, missingOutputs } = scoreSet([{ ...submission([]), output: undefined }]);
    expect(missingOutputs).toBe(1);
    expect(fields.every(({ isAuto }) => !isAuto)).toBe(true);
  });
});
