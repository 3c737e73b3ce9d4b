import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { hashFile } from "../../src/adapters/file-hash.ts";
import { createFileOpener, type FileOpener } from "../../src/adapters/file-opener.ts";
import { Config } from "../../src/config.ts";
import { faultCodeOf } from "../../src/errors.ts";
import type { InspectedFile } from "../../src/intake/ports.ts";
import { findCorpusKeys } from "./corpus-keys.ts";

/** One line a file: its SHA-256, a tab, its outcome. Hashes only: the corpus itself is not ours to copy. */
const TABLE = new URL("outcomes.tsv", import.meta.url);
/** A file that takes longer is named. */
const SLOW_MS = 5_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    "p12-password": { type: "string", default: "" },
    trusted: { type: "string", multiple: true, default: [] },
    "password-file": { type: "string" },
    only: { type: "string", default: "" },
    show: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
const [folder] = positionals;
if (folder === undefined) {
  process.stderr.write(
    "Expected a folder. Usage: npm run bench:corpus -- FOLDER [--p12-password P] [--trusted PEM]... [--password-file TOML] [--only TEXT] [--show] [--write]\n",
  );
  process.exit(2);
}

/** What came of one file, in words that stay the same from run to run. */
function describe({ use, parts, signature }: InspectedFile): string {
  if (use === "read") return "read";
  const count = (wanted: string): number => parts.filter((part) => part.use === wanted).length;
  const faults = [...new Set(parts.flatMap(({ faultCode }) => faultCode ?? []))].toSorted();
  const signed = signature === "none" ? "" : ` ${signature}`;
  const unread = faults.length === 0 ? "" : `, ${count("unreadable")} unreadable (${faults.join(" ")})`;
  return `opened${signed}: ${count("read")} read, ${count("ignored")} ignored${unread}`;
}

async function outcomeOf(opener: FileOpener, path: string): Promise<string> {
  try {
    return describe(await opener.inspect(path, hashFile));
  } catch (error) {
    const code = faultCodeOf(error);
    // Which limit a parser meets first depends on the machine.
    if (code === "parserTimeout" || code === "parserMemory") return "put aside: too heavy";
    const layers = (error as { context?: { layers?: string } }).context?.layers ?? "";
    return `put aside: ${code}${layers === "" ? "" : ` (${layers})`}`;
  }
}

function readTable(): Map<string, string> {
  const lines = readFileSync(TABLE, "utf8").split("\n");
  return new Map(lines.filter((line) => line.includes("\t")).map((line) => line.split("\t", 2) as [string, string]));
}

const work = mkdtempSync(join(tmpdir(), "ilmo-corpus-"));
const config = Config.parse({
  home: join(work, "home"),
  inbox: join(work, "inbox"),
  outbox: join(work, "outbox"),
  smime: { keys: findCorpusKeys(folder, values["p12-password"], work), trustedFiles: values.trusted },
  passwords: values["password-file"] === undefined ? {} : { file: values["password-file"] },
});
const opener = createFileOpener(config);
const expected = values.write ? new Map<string, string>() : readTable();
const found = new Map<string, string>();
const counts = new Map<string, number>();
let different = 0;
try {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).toSorted()) {
    const name = relative(folder, path);
    if (!name.includes(values.only)) continue;
    const startMs = performance.now();
    const outcome = await outcomeOf(opener, path);
    const ms = performance.now() - startMs;
    const { sha256 } = await hashFile(path);
    found.set(sha256, outcome);
    const kind = outcome.split(/[,(]| \d/, 1)[0] ?? outcome;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (values.show || ms > SLOW_MS) process.stdout.write(`${name}\t${outcome}\t${Math.round(ms)} ms\n`);
    const wanted = expected.get(sha256);
    if (values.write || wanted === outcome) continue;
    different += 1;
    process.stdout.write(`DIFFERENT ${name}: ${outcome}; expected ${wanted ?? "nothing: this file is not in the table"}\n`);
  }
} finally {
  await opener.close();
  rmSync(work, { recursive: true, force: true });
}
for (const [kind, count] of [...counts].toSorted()) process.stdout.write(`${String(count).padStart(5)}  ${kind}\n`);
process.stdout.write(
  `${found.size} different files, ${different} with another outcome, parser ${Math.round(opener.peakMemoryMb())} MB at most\n`,
);
if (values.write)
  writeFileSync(
    TABLE,
    [...found]
      .toSorted()
      .map((line) => `${line.join("\t")}\n`)
      .join(""),
  );
if (different > 0) process.exitCode = 1;
