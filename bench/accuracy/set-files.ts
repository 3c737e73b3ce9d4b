import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Value = z.union([z.string(), z.boolean(), z.null()]);

/** What stands on the papers of a submission (`truth.json`), as far as the score needs it. */
const Truth = z.object({
  caseId: z.string(),
  severity: z.string(),
  container: z.string(),
  fillKind: z.string(),
  files: z.array(
    z.object({
      name: z.string(),
      pages: z.array(
        z.object({
          index: z.number(),
          kind: z.string(),
          rotation: z.number(),
          record: z.number().nullable().optional(),
        }),
      ),
    }),
  ),
  records: z.array(
    z.object({
      formLanguage: z.string(),
      formVersion: z.string(),
      fields: z.record(z.string(), Value),
      tickMarks: z.record(z.string(), z.string()),
      signaturePresent: z.boolean().nullable(),
      signatureKind: z.string(),
      permitCopy: z.object({ front: z.boolean(), back: z.boolean() }),
      expected: z.object({
        route: z.string(),
        acceptableRoutes: z.array(z.string()).optional(),
        findings: z.array(z.string()),
        toleratedFindings: z.array(z.string()).optional(),
      }),
    }),
  ),
});
export type Truth = z.infer<typeof Truth>;
export type TruthRecord = Truth["records"][number];

const OutputPage = z.object({ file: z.string(), index: z.number(), kind: z.string(), rotation: z.number() });
const OutputField = z.object({
  value: Value,
  raw: z.string().optional(),
  status: z.enum(["accepted", "review", "empty"]),
  confidence: z.number(),
  score: z.number().optional(),
  evidence: z.array(z.string()),
  crop: z.object({ png: z.string().optional() }).optional(),
});
export type OutputField = z.infer<typeof OutputField>;

/** What `ilmo read --pictures` wrote for a submission. */
const Output = z.object({
  cases: z.array(
    z.object({
      fields: z.record(z.string(), OutputField),
      signature: z.object({ present: z.boolean(), status: z.string(), kind: z.string().nullable(), confidence: z.number() }),
      permitCopy: z.object({ front: z.boolean(), back: z.boolean() }),
      route: z.string(),
      findings: z.array(z.object({ code: z.string() })),
      pages: z.array(OutputPage),
    }),
  ),
  pages: z.array(OutputPage),
});
export type Output = z.infer<typeof Output>;
export type OutputCase = Output["cases"][number];

export interface Submission {
  readonly truth: Truth;
  /** Absent when nothing came out. */
  readonly output: Output | undefined;
}

/** Returns the submissions of a set with what was read of them, in the order of their names. */
export function loadSet(setFolder: string, outputFolder: string): Submission[] {
  const names = readdirSync(setFolder).filter((name) => existsSync(join(setFolder, name, "truth.json")));
  return names.toSorted().map((name) => {
    const truth = Truth.parse(JSON.parse(readFileSync(join(setFolder, name, "truth.json"), "utf8")));
    const path = join(outputFolder, `${truth.caseId}.json`);
    return { truth, output: existsSync(path) ? Output.parse(JSON.parse(readFileSync(path, "utf8"))) : undefined };
  });
}
