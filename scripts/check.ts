import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** One check of `npm test`: a command, and for test runs the file that holds its counts. */
interface Check {
  readonly name: string;
  readonly command: readonly string[];
  readonly countsFile?: string;
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const root = resolve(import.meta.dirname, "..");
const cache = join(root, ".cache");
/** The last line of the last run; `.ci/run` prints it as its own last line. */
const summaryFile = join(cache, "test-summary.txt");

const testRun = (project: string): Check => {
  const countsFile = join(cache, `tests-${project}.json`);
  return {
    name: `${project} tests`,
    command: ["vitest", "run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${countsFile}`],
    countsFile,
  };
};

const CHECKS: readonly Check[] = [
  { name: "format and lint (biome)", command: ["biome", "check", "--error-on-warnings"] },
  { name: "lint (oxlint)", command: ["oxlint", "--deny-warnings"] },
  { name: "types (tsc)", command: ["tsc", "-p", "."] },
  { name: "import directions (dependency-cruiser)", command: ["depcruise", "src", "--output-type", "err"] },
  { name: "unused code (knip)", command: ["knip", "--no-progress"] },
  testRun("unit"),
  testRun("int"),
  testRun("e2e"),
];

function run(command: readonly string[]): Promise<number> {
  const [program = "", ...args] = command;
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", () => done(127));
    child.on("exit", (code) => done(code ?? 1));
  });
}

/** Returns the counts that vitest wrote; a run that wrote none, or ran nothing, is one failure. */
function countsOf(file: string, exitCode: number): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(file, "utf8")) as { numPassedTests: number; numFailedTests: number; numTotalTests: number };
  const skipped = report.numTotalTests - report.numPassedTests - report.numFailedTests;
  const failed = report.numFailedTests + skipped;
  const isBroken = failed === 0 && (exitCode !== 0 || report.numPassedTests === 0);
  return { passed: report.numPassedTests, failed: isBroken ? 1 : failed };
}

async function runCheck(check: Check): Promise<Counts> {
  if (check.countsFile !== undefined) rmSync(check.countsFile, { force: true });
  console.log(`\n== ${check.name}`);
  const startedMs = Date.now();
  const exitCode = await run(check.command);
  const counts =
    check.countsFile === undefined
      ? { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1 }
      : countsOf(check.countsFile, exitCode);
  console.log(`== ${check.name}: ${counts.failed === 0 ? "ok" : "FAILED"} (${((Date.now() - startedMs) / 1000).toFixed(0)} s)`);
  return counts;
}

const wanted = process.argv.slice(2);
mkdirSync(cache, { recursive: true });
rmSync(summaryFile, { force: true });
let passed = 0;
let failed = 0;
const broken: string[] = [];
for (const check of CHECKS) {
  if (wanted.length > 0 && !wanted.some((word) => check.name.includes(word))) continue;
  const counts = await runCheck(check);
  passed += counts.passed;
  failed += counts.failed;
  if (counts.failed > 0) broken.push(check.name);
}
if (broken.length > 0) console.log(`\nFailed: ${broken.join(", ")}`);
const summary = `${passed} passed, ${failed} failed`;
writeFileSync(summaryFile, `${summary}\n`);
console.log(`\n${summary}`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
