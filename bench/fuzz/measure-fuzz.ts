import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fuzzParser } from "../../fixtures/hostile/fuzz.ts";
import { makeFuzzSeeds } from "../../fixtures/hostile/fuzz-seeds.ts";
import { mutate } from "../../fixtures/hostile/mutate.ts";
import { hashFile } from "../../src/adapters/file-hash.ts";
import { createFileOpener } from "../../src/adapters/file-opener.ts";
import { Config } from "../../src/config.ts";
import { pkcs7SeedOf } from "./pkcs7-seed.ts";

/** Longest by the clock for one file on a busy machine: the pool waits three times the processor time that pages may take. */
const MAX_MS = 200_000;

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "1000" },
    /** Processor time for one container, ms; less than the service gives, so that a run over thousands ends. */
    timeout: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    only: { type: "string", multiple: true, default: [] },
    /** kind=path: another honest file for a parser. */
    file: { type: "string", multiple: true, default: [] },
  },
});
const work = mkdtempSync(join(tmpdir(), "ilmo-fuzz-"));
const { seed: p7m, smime } = pkcs7SeedOf(work);
const others = Object.fromEntries(
  values.file.map((item) => [item.split("=", 1)[0] ?? "", readFileSync(item.slice(item.indexOf("=") + 1))]),
);
const seeds: Record<string, Uint8Array> = { ...(await makeFuzzSeeds()), p7m, ...others };
const places = { home: join(work, "home"), inbox: join(work, "inbox"), outbox: join(work, "outbox") };
const opener = createFileOpener(Config.parse({ ...places, smime, intake: { containerTimeoutMs: Number(values.timeout) } }));
let wrong = 0;
try {
  for (const [kind, bytes] of Object.entries(seeds)) {
    if (values.only.length > 0 && !values.only.includes(kind)) continue;
    const copies = mutate(bytes, Number(values.count), Number(values.seed));
    const inspect = (path: string) => opener.inspect(path, hashFile);
    const count = await fuzzParser(kind, copies, { inspect, path: join(work, "copy"), maxMs: MAX_MS });
    wrong += count.wrongs.length;
    const outcomes = Object.entries(count.outcomes).map(([outcome, times]) => `${outcome} ${times}`);
    process.stdout.write(`${kind.padEnd(10)} ${count.tried} tried: ${outcomes.join(", ")}; slowest ${Math.round(count.slowestMs)} ms\n`);
    for (const line of count.wrongs) process.stdout.write(`WRONG ${line}\n`);
  }
} finally {
  await opener.close();
  rmSync(work, { recursive: true, force: true });
}
process.stdout.write(`${wrong} wrong, container process ${Math.round(opener.peakMemoryMb())} MB at most\n`);
if (wrong > 0) process.exitCode = 1;
