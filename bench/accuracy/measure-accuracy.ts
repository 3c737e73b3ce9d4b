import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { makeSet } from "../../fixtures/make-set.ts";
import { makeOwnForm } from "../../fixtures/own-forms.ts";
import { TYPEFACES, typefaceFromFile } from "../../fixtures/typefaces.ts";
import { FORM_LANGUAGES } from "../../src/forms/registration-form-labels.ts";
import type { IsoDate } from "../../src/model/time.ts";
import { fitCurves } from "../../src/read/calibration/calibration-curve.ts";
import { readSet } from "./read-set.ts";
import { renderReport } from "./render-report.ts";
import { type FieldScore, type SetScore, scoreSet } from "./score-set.ts";
import { loadSet } from "./set-files.ts";
import { isSilentError, summariseFields, summariseFindings, summariseOthers } from "./summarise.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** What is reported and what the curves are fitted to are different submissions. */
const SEEDS = { report: "accuracy", calibration: "calibration" } as const;
/** The curves need more readings than a report. */
const COUNTS = { report: "24", calibration: "60" } as const;

const USAGE = `npm run bench:accuracy -- [options]
  --count N          submissions of the generated set, 0 for none (${COUNTS.report}; with --calibrate ${COUNTS.calibration})
  --seed TEXT        seed of the generated set (${SEEDS.report}; with --calibrate ${SEEDS.calibration})
  --typed FONT ...   --hand FONT ...   faces of this machine, besides the bundled ones
  --set DIR ...      sets with truth.json and sessions.json, as fixtures/make-set.ts writes them
  --blank PDF ...    the blank forms that those sets fill in; without any: the office's own
  --out DIR          where readings and report go (.cache/accuracy)
  --rescore          score the readings of the last run, read nothing
  --calibrate        write src/read/calibration/curves.json from the generated set`;

const { values: given } = parseArgs({
  options: {
    count: { type: "string" },
    seed: { type: "string" },
    typed: { type: "string", multiple: true, default: [] },
    hand: { type: "string", multiple: true, default: [] },
    set: { type: "string", multiple: true, default: [] },
    blank: { type: "string", multiple: true, default: [] },
    out: { type: "string", default: join(ROOT, ".cache/accuracy") },
    rescore: { type: "boolean", default: false },
    calibrate: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const purpose = given.calibrate ? "calibration" : "report";
const values = { ...given, count: given.count ?? COUNTS[purpose], seed: given.seed ?? SEEDS[purpose] };

interface MeasuredSet {
  readonly name: string;
  readonly folder: string;
  readonly blanks: readonly string[];
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const progress = (line: string): void => void (process.stderr.isTTY && process.stderr.write(`\r\u001B[K${line}`));

async function generateSet(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const faces = [
    ...TYPEFACES,
    ...values.typed.map((path) => typefaceFromFile(path, "typed")),
    ...values.hand.map((path) => typefaceFromFile(path, "hand")),
  ];
  const forms = [];
  for (const language of FORM_LANGUAGES) forms.push(await makeOwnForm(language));
  const order = { out: folder, count: Number(values.count), seed: values.seed, from: "2026-09-07" as IsoDate, forms, faces };
  await makeSet({ ...order, onCase: (caseId) => progress(`${caseId} made`) });
}

async function setsOf(out: string): Promise<MeasuredSet[]> {
  const generated = join(out, "generated");
  const sets: MeasuredSet[] = [];
  if (Number(values.count) > 0) {
    if (!values.rescore) await generateSet(generated);
    sets.push({ name: "generated", folder: generated, blanks: [] });
  }
  for (const folder of values.set) sets.push({ name: basename(resolve(folder)), folder: resolve(folder), blanks: values.blank });
  return sets;
}

const percent = (share: number | null): string => (share === null ? "-" : (100 * share).toFixed(2));

function printScore(name: string, score: SetScore): void {
  say(`\n${name}`);
  console.table(
    summariseFields(score).groups.map(({ name: group, fields, exact, textExact, auto, silent, keySilent, tickF1 }) => ({
      group,
      fields,
      "exact %": percent(exact),
      "filled texts %": percent(textExact),
      "no look needed %": percent(auto),
      silent,
      "in key fields": keySilent,
      "tick F1 %": percent(tickF1),
    })),
  );
  console.table(
    summariseOthers(score.others).map(({ name: what, count, right, silent }) => ({ what, count, "right %": percent(right), silent })),
  );
  console.table(summariseFindings(score.findings));
  for (const { caseId, field, truth, value, status } of score.fields.filter(isSilentError))
    say(`silent: ${caseId} ${field}: read "${value}" (${status}), written "${truth}"`);
}

function judgedByContent(fields: readonly FieldScore[]): Record<string, { score: number; isRight: boolean }[]> {
  const judged: Record<string, { score: number; isRight: boolean }[]> = {};
  for (const { content, score, isRight, evidence } of fields) {
    if (score === undefined || evidence.includes("liveField")) continue;
    judged[content] = [...(judged[content] ?? []), { score, isRight }];
  }
  return judged;
}

function writeCalibration(fields: readonly FieldScore[]): void {
  const curves = fitCurves(judgedByContent(fields));
  const about = {
    source: `npm run bench:accuracy -- --calibrate --count ${values.count} --seed ${values.seed}`,
    date: new Date().toISOString().slice(0, 10),
    readings: curves.all?.bins.reduce((sum, { count }) => sum + count, 0) ?? 0,
    wrong: curves.all?.bins.reduce((sum, { wrong }) => sum + wrong, 0) ?? 0,
  };
  const path = join(ROOT, "src/read/calibration/curves.json");
  writeFileSync(path, `${JSON.stringify({ about, curves }, null, 2)}\n`);
  say(`\n${path} written: ${about.readings} readings, ${about.wrong} of them wrong.`);
}

async function measure(): Promise<void> {
  const out = resolve(values.out);
  mkdirSync(out, { recursive: true });
  let silent = 0;
  for (const set of await setsOf(out)) {
    const readings = join(out, `${set.name}-readings`);
    if (!values.rescore || !existsSync(readings))
      await readSet({ ...set, out: readings, home: join(out, `${set.name}-home`), onProgress: progress });
    const score = scoreSet(loadSet(set.folder, readings));
    printScore(set.name, score);
    const report = join(out, `${set.name}.html`);
    writeFileSync(report, renderReport(`Accuracy: ${set.name}`, score, fitCurves(judgedByContent(score.fields))));
    writeFileSync(
      join(out, `${set.name}.json`),
      JSON.stringify(
        { ...summariseFields(score), others: summariseOthers(score.others), findings: summariseFindings(score.findings) },
        null,
        1,
      ),
    );
    say(`Report with pictures: ${report}`);
    silent += score.fields.filter(isSilentError).length;
    if (values.calibrate && set.name === "generated") writeCalibration(score.fields);
  }
  say(`\n${silent} fields would be used without a look although they are wrong.`);
}

if (values.help) say(USAGE);
else if (values.calibrate && values.seed === SEEDS.report) {
  process.stderr.write(`Expected another seed than "${SEEDS.report}", by which the accuracy is reported: leave --seed out.\n`);
  process.exitCode = 2;
} else await measure();
