import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { MUTATIONS, type Mutation } from "./mutations.ts";

/**
 * Puts faults into a copy of the project, one at a time, and runs the tests that must notice them. A fault that no test notices is a
 * hole in the tests.
 *
 * `npm run bench:mutations [part of a name]`
 */
const ROOT = resolve(import.meta.dirname, "../..");
const COPY = join(ROOT, ".cache/mutations");
const COPIED = ["src", "test", "fixtures", "templates", "package.json", "tsconfig.json", "vitest.config.ts"];

function makeCopy(): void {
  rmSync(COPY, { recursive: true, force: true });
  mkdirSync(COPY, { recursive: true });
  for (const name of COPIED) cpSync(join(ROOT, name), join(COPY, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(COPY, "node_modules"));
}

function testsPass({ project, tests }: Pick<Mutation, "project" | "tests">): boolean {
  const { status } = spawnSync("vitest", ["run", "--project", project, "--bail", "1", ...tests], { cwd: COPY, stdio: "ignore" });
  return status === 0;
}

/** Returns whether the tests turn red with the fault. @throws when the code that the fault changes is not there any more */
function isCaught(mutation: Mutation): boolean {
  const path = join(COPY, mutation.file);
  const sound = readFileSync(path, "utf8");
  const places = sound.split(mutation.from).length - 1;
  if (places !== 1) throw new Error(`Expected the code of "${mutation.name}" once in ${mutation.file}; found it ${places} times.`);
  writeFileSync(
    path,
    sound.replace(mutation.from, () => mutation.to),
  );
  try {
    return !testsPass(mutation);
  } finally {
    writeFileSync(path, sound);
  }
}

/** Tests that fail without any fault prove nothing. */
function areSound(mutations: readonly Mutation[]): boolean {
  for (const [project, own] of Map.groupBy(mutations, (mutation) => mutation.project)) {
    const tests = [...new Set(own.flatMap((mutation) => mutation.tests))];
    if (!testsPass({ project, tests })) return false;
  }
  return true;
}

const wanted = process.argv.slice(2);
const mutations = MUTATIONS.filter(({ name }) => wanted.every((word) => name.includes(word)));
makeCopy();
if (!areSound(mutations)) {
  console.error("Expected the tests to pass on sound code; some do not. Run npm test first.");
  process.exit(2);
}
let missed = 0;
for (const mutation of mutations) {
  const caught = isCaught(mutation);
  if (!caught) missed += 1;
  console.log(`${caught ? "caught" : "MISSED"}  ${mutation.name}`);
}
rmSync(COPY, { recursive: true, force: true });
console.log(`${mutations.length - missed} of ${mutations.length} faults were noticed by the tests.`);
process.exit(missed === 0 ? 0 : 1);
