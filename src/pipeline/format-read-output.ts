import type { ReadPage, RegistrationReading, SubmissionReading } from "../model/reading.ts";
import type { CheckResult } from "../model/registration.ts";

/** One field of the output: the value, how sure it is and why. */
interface OutputField {
  readonly value: string | boolean | null;
  readonly status: string;
  readonly confidence: number;
  readonly score?: number;
  readonly raw?: string;
  readonly evidence: readonly string[];
  readonly crop?: object;
}

/** What `ilmo read` writes for one submission. */
export interface ReadOutput {
  readonly caseId?: string;
  readonly cases: readonly object[];
  readonly pages: readonly object[];
}

const rounded = (confidence: number): number => Math.round(confidence * 1_000) / 1_000;

function pageOf(page: ReadPage, fileNames: readonly string[]): object {
  const { source, kind, rotation, sides, quality, mrz } = page;
  return {
    file: fileNames[source.fileIndex] ?? "",
    index: source.pageIndex,
    kind,
    rotation,
    quality: rounded(quality),
    ...(sides === undefined ? {} : { sides }),
    ...(mrz === undefined ? {} : { mrz: { ...mrz, confidence: rounded(mrz.confidence) } }),
  };
}

function fieldsOf(registration: RegistrationReading): Record<string, OutputField> {
  const fields: Record<string, OutputField> = {};
  for (const { field, value, raw, confidence, score, status, evidence, crop } of registration.readings)
    fields[field] = {
      value,
      status,
      confidence: rounded(confidence),
      evidence,
      ...(score === undefined ? {} : { score: rounded(score) }),
      ...(raw === undefined ? {} : { raw }),
      ...(crop === undefined ? {} : { crop }),
    };
  return fields;
}

function permitCopyOf(registration: RegistrationReading): object {
  const permits = registration.pages.filter((page) => page.kind === "permit");
  const sides = new Set(permits.flatMap((page) => page.sides ?? []));
  const mrz = permits.find((page) => page.mrz !== undefined)?.mrz;
  return { front: sides.has("front"), back: sides.has("back"), ...(mrz === undefined ? {} : { mrz: mrz.lines }) };
}

function caseOf(registration: RegistrationReading, check: CheckResult, fileNames: readonly string[]): object {
  const { signature } = registration;
  return {
    formLanguage: registration.formLanguage,
    formVersion: registration.formVersion,
    fields: fieldsOf(registration),
    ...(registration.marginNote === undefined ? {} : { marginNote: registration.marginNote }),
    signature: { present: signature.present, status: signature.status, kind: signature.kind, confidence: rounded(signature.confidence) },
    permitCopy: permitCopyOf(registration),
    route: check.route,
    session: check.sessionId,
    findings: check.findings,
    pages: registration.pages.map((page) => pageOf(page, fileNames)),
  };
}

/**
 * Formats what was read and checked in one submission.
 *
 * Pure. `checks` in the order of the registrations; `fileNames` by file index.
 */
export function formatReadOutput(
  reading: SubmissionReading,
  checks: readonly CheckResult[],
  fileNames: readonly string[],
  caseId: string | undefined,
): ReadOutput {
  const cases = reading.registrations.flatMap((registration, index) => {
    const check = checks[index];
    return check === undefined ? [] : [caseOf(registration, check, fileNames)];
  });
  const pages = reading.unassignedPages.map((page) => pageOf(page, fileNames));
  return { ...(caseId === undefined ? {} : { caseId }), cases, pages };
}
