import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { formatTable } from "../../src/commands/terminal.ts";
import { SEATS } from "./letters.ts";
import { writePeerPages } from "./write-peer-pages.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const FOLDER = join(ROOT, ".cache", "bench-papers");

/**
 * Letters of one measurement of ilmo and of a peer in one process, six full sessions: the start of a process, 1.25 s of processor
 * time for ilmo, is a small part then. A peer started anew for each letter prints the ten languages once.
 */
const LETTERS = 200;
const LANGUAGES = 10;
/** Each contestant is measured so often, in turns; the median counts. `--turns 1` for a quick look. */
const TURNS = process.argv.includes("--turns") ? Number(process.argv[process.argv.indexOf("--turns") + 1]) : 3;
/** Letters of the unmeasured start: the browser is unpacked, the font caches are filled, the files are in memory. */
const WARM_LETTERS = 1;

const Cost = z.object({ exitCode: z.number(), wallMs: z.number(), cpuMs: z.number(), peakBytes: z.number() });
type Cost = z.infer<typeof Cost>;

interface Contestant {
  readonly name: string;
  readonly letters: number;
  readonly command: readonly string[];
  readonly input?: string;
}

const MB = 1024 * 1024;

function measure({ name, command, input }: Contestant, environment: Readonly<Record<string, string>>): Cost {
  const output = execFileSync("/usr/bin/python3", [join(import.meta.dirname, "measure_tree.py"), ...command], {
    input: input ?? "",
    env: { ...process.env, ...environment },
    encoding: "utf8",
    stdio: ["pipe", "pipe", "inherit"],
  });
  const cost = Cost.parse(JSON.parse(output));
  if (cost.exitCode !== 0) throw new Error(`expected "${name}" to end well; it ended with ${cost.exitCode}`);
  return cost;
}

function medianOf(costs: readonly Cost[]): Cost {
  const sorted = costs.toSorted((a, b) => a.cpuMs - b.cpuMs);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error("expected at least one measurement");
  return { ...middle, peakBytes: Math.max(...costs.map(({ peakBytes }) => peakBytes)) };
}

/** One command a letter, all in one shell. */
const oneCommandEach = (program: string, pages: readonly string[]): readonly string[] => [
  "sh",
  "-ec",
  `for page; do ${program} "$page" "$page.pdf"; done`,
  "sh",
  ...pages,
];

function ilmo(name: string, mode: string, letters: number): Contestant {
  const home = join(FOLDER, "home");
  return { name, letters, command: [process.execPath, join(import.meta.dirname, "print-letters.ts"), mode, home, String(letters)] };
}

async function makeContestants(letters = LETTERS): Promise<{ readonly list: Contestant[]; readonly fontConfig: string }> {
  const { full, plain, fontConfig } = await writePeerPages(join(FOLDER, "pages"), Math.min(LANGUAGES, letters));
  const repeated = Array.from({ length: Math.ceil(letters / LANGUAGES) }, () => plain).flat();
  const script = join(import.meta.dirname, "weasyprint_letters.py");
  const lines = repeated.map((page) => `--quiet ${page} ${page}.pdf\n`).join("");
  const list: Contestant[] = [
    ilmo("ilmo, letter by letter, all gates", "one-by-one", letters),
    ilmo("ilmo, one print job, all gates", "batch", letters),
    ilmo("ilmo, letter by letter, nothing checked", "unchecked", letters),
    ilmo(`ilmo, ${SEATS} invitations and the roster, one job`, "session", SEATS),
    { name: "WeasyPrint, a command a letter", letters: full.length, command: oneCommandEach("weasyprint", full) },
    { name: "wkhtmltopdf, a command a letter", letters: full.length, command: oneCommandEach("wkhtmltopdf --quiet", full) },
    { name: "WeasyPrint, a command a letter, plain page", letters: full.length, command: oneCommandEach("weasyprint", plain) },
    { name: "wkhtmltopdf, a command a letter, plain page", letters: full.length, command: oneCommandEach("wkhtmltopdf --quiet", plain) },
    { name: "WeasyPrint, one process, plain page", letters, command: ["/usr/bin/python3", script, ...repeated] },
    { name: "wkhtmltopdf, one process, plain page", letters, command: ["wkhtmltopdf", "--read-args-from-stdin"], input: lines },
  ];
  return { list, fontConfig };
}

interface Result {
  readonly name: string;
  readonly letters: number;
  readonly cpuMsPerLetter: number;
  readonly lettersPerCpuSecond: number;
  readonly wallMs: number;
  readonly peakMb: number;
  /** How many times as many letters a processor second as this one: ilmo letter by letter, and as one job. */
  readonly timesSlowerThanLetters: number;
  readonly timesSlowerThanJob: number;
}

function toResults(measured: readonly (readonly [Contestant, Cost])[]): Result[] {
  const perLetter = measured.map(([{ letters }, { cpuMs }]) => cpuMs / letters);
  const [byLetter = 1, byJob = 1] = perLetter;
  return measured.map(([{ name, letters }, { wallMs, peakBytes }], index) => {
    const cpuMsPerLetter = perLetter[index] ?? 0;
    return {
      name,
      letters,
      cpuMsPerLetter,
      lettersPerCpuSecond: 1000 / cpuMsPerLetter,
      wallMs,
      peakMb: peakBytes / MB,
      timesSlowerThanLetters: cpuMsPerLetter / byLetter,
      timesSlowerThanJob: cpuMsPerLetter / byJob,
    };
  });
}

async function main(): Promise<void> {
  execFileSync("sh", [join(ROOT, "scripts", "debian-packages.sh"), "weasyprint", "wkhtmltopdf"], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const runtime = join(FOLDER, "runtime");
  mkdirSync(runtime, { recursive: true, mode: 0o700 });
  const { list, fontConfig } = await makeContestants();
  const environment = { FONTCONFIG_FILE: fontConfig, XDG_RUNTIME_DIR: runtime };
  for (const contestant of await makeContestants(WARM_LETTERS).then((warm) => warm.list)) measure(contestant, environment);
  const costs = new Map<string, Cost[]>();
  for (let turn = 1; turn <= TURNS; turn += 1) {
    for (const contestant of list) {
      process.stderr.write(`turn ${turn} of ${TURNS}: ${contestant.name}\n`);
      costs.set(contestant.name, [...(costs.get(contestant.name) ?? []), measure(contestant, environment)]);
    }
  }
  const results = toResults(list.map((contestant) => [contestant, medianOf(costs.get(contestant.name) ?? [])] as const));
  const rows = results.map((item) => [
    item.name,
    String(item.letters),
    item.cpuMsPerLetter.toFixed(0),
    item.lettersPerCpuSecond.toFixed(1),
    (item.wallMs / 1000).toFixed(1),
    item.peakMb.toFixed(0),
    item.timesSlowerThanLetters.toFixed(1),
    item.timesSlowerThanJob.toFixed(1),
  ]);
  const head = ["contestant", "letters", "CPU ms a letter", "letters a CPU s", "wall s", "peak MB", "CPU / by letter", "CPU / by job"];
  process.stdout.write(`${formatTable([head, ...rows])}\n`);
  const report = { measuredAt: new Date().toISOString(), cores: cpus().length, turns: TURNS, results };
  writeFileSync(join(FOLDER, "results.json"), `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(`\nIn ${join(FOLDER, "results.json")}.\n`);
}

await main();
