import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Cost, runMeasured } from "../run-measured.ts";
import { drawCurve } from "./draw-curve.ts";
import { makeSpeedSet, type SpeedCase } from "./make-speed-set.ts";

const root = resolve(import.meta.dirname, "../..");
const cache = join(root, ".cache/bench");
const PEERS = ["ocrmypdf", "tesseract-ocr", "tesseract-ocr-fin", "tesseract-ocr-swe", "tesseract-ocr-eng", "poppler-utils"];
const MEGABYTE = 1024 * 1024;
/** Longer runs read a set of this many pages again and again: what is left behind shows all the same. */
const SET_PAGES = 60;
/** What the programs are asked to read: one language is the fastest setting, three are what the forms hold. */
const LANGUAGES = ["fin", "fin+swe+eng"] as const;

interface Row {
  readonly program: string;
  readonly pages: number;
  readonly cost: Cost;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const pagesOf = (cases: readonly SpeedCase[]): number => sum(cases.map(({ pages }) => pages));
const pagesPerMinute = ({ pages, cost }: Row): number => (pages * 60_000) / cost.wallMs;

function assertDone(row: Row): Row {
  if (row.cost.exitCode !== 0) throw new Error(`Expected ${row.program} to end well; it ended with ${row.cost.exitCode}.`);
  return row;
}

async function runIlmo(cases: readonly SpeedCase[], work: string): Promise<Row> {
  const env = { ILMO_HOME: join(work, "home") };
  const main = join(root, "src/main.ts");
  for (const language of ["fi", "sv", "en", "ru"]) {
    const blank = join(work, `form-${language}.pdf`);
    execFileSync(process.execPath, [main, "forms", "print", "--language", language, "--out", blank], { env: { ...process.env, ...env } });
    execFileSync(process.execPath, [main, "forms", "add", blank], { env: { ...process.env, ...env }, stdio: "ignore" });
  }
  const folders = cases.map(({ folder }) => folder);
  const args = [main, "read", ...folders, "--environment", "test", "--out", join(work, "read")];
  return assertDone({ program: "ilmo read", pages: pagesOf(cases), cost: await runMeasured({ program: process.execPath, args, env }) });
}

/** One file after the other, as its own documentation advises; each with two jobs. */
async function runOcrMyPdf(cases: readonly SpeedCase[], work: string, language: string): Promise<Row> {
  const script =
    'set -e; language=$1; work=$2; shift 2; for f; do ocrmypdf --jobs 2 -l "$language" --sidecar "$work/s.txt" "$f" "$work/o.pdf"; done';
  const args = ["-c", script, "sh", language, work, ...cases.map(({ pdf }) => pdf)];
  return assertDone({
    program: `ocrmypdf --jobs 2 -l ${language}`,
    pages: pagesOf(cases),
    cost: await runMeasured({ program: "sh", args }),
  });
}

/** Whole pages that were drawn before the clock starts, two programs at a time on one thread each. */
async function runTesseract(pictures: readonly string[], language: string): Promise<Row> {
  const script = `printf '%s\\n' "$@" | xargs -P 2 -I{} tesseract {} stdout -l ${language}`;
  const cost = await runMeasured({ program: "sh", args: ["-c", script, "sh", ...pictures], env: { OMP_THREAD_LIMIT: "1" } });
  return assertDone({ program: `tesseract -l ${language}`, pages: pictures.length, cost });
}

function drawPages(cases: readonly SpeedCase[], work: string): string[] {
  const folder = join(work, "pages");
  mkdirSync(folder);
  for (const [index, { pdf }] of cases.entries()) execFileSync("pdftoppm", ["-r", "200", "-gray", pdf, join(folder, String(index))]);
  return readdirSync(folder).map((name) => join(folder, name));
}

/** Repeats the cases until they make up `pages`. */
function repeated(cases: readonly SpeedCase[], pages: number): SpeedCase[] {
  const all: SpeedCase[] = [];
  while (pagesOf(all) < pages) all.push(...cases);
  return all;
}

function report(rows: readonly Row[]): void {
  const [own] = rows;
  if (own === undefined) return;
  console.table(
    rows.map((row) => ({
      program: row.program,
      pages: row.pages,
      "pages a minute": Number(pagesPerMinute(row).toFixed(1)),
      "processor s a page": Number((row.cost.cpuMs / 1000 / row.pages).toFixed(2)),
      "peak MB": Math.round(row.cost.peakBytes / MEGABYTE),
      "ilmo is faster by": Number((pagesPerMinute(own) / pagesPerMinute(row)).toFixed(1)),
    })),
  );
}

const { values } = parseArgs({
  options: {
    pages: { type: "string", default: "60" },
    seed: { type: "string", default: "speed" },
    memory: { type: "boolean", default: false },
  },
});
mkdirSync(cache, { recursive: true });
const work = mkdtempSync(join(tmpdir(), "ilmo-speed-"));
try {
  const pages = Number(values.pages);
  const cases = repeated(await makeSpeedSet(join(cache, "speed-set"), Math.min(pages, SET_PAGES), values.seed), pages);
  const rows = [await runIlmo(cases, work)];
  if (!values.memory) {
    execFileSync(join(root, "scripts/debian-packages.sh"), PEERS, { stdio: "inherit" });
    const pictures = drawPages(cases, work);
    for (const language of LANGUAGES) rows.push(await runTesseract(pictures, language), await runOcrMyPdf(cases, work, language));
  }
  report(rows);
  const [own] = rows;
  const name = values.memory ? "memory" : "speed";
  writeFileSync(join(cache, `${name}.json`), `${JSON.stringify(rows, null, 1)}\n`);
  if (own !== undefined) writeFileSync(join(cache, `${name}.svg`), drawCurve(own.cost.memory));
  console.log(`Written to .cache/bench/${name}.json and ${name}.svg (memory of ilmo's processes over time)`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
