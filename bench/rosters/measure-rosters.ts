import { parseArgs } from "node:util";
import { makeRandom } from "../../fixtures/random.ts";
import { makeSignedRoster } from "../../fixtures/rosters.ts";
import { type RosterScore, scoreRoster, startScore, toReport } from "../../fixtures/score-rosters.ts";
import { createDocumentPrinter, type DocumentPrinter } from "../../src/adapters/document-printer.ts";
import { Config } from "../../src/config.ts";

/** Another seed than the one that limits were tuned with (`tuning`). */
const SEED = "report";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "100" },
    seed: { type: "string", default: SEED },
    first: { type: "string", default: "1" },
    home: { type: "string", default: ".cache/bench-rosters" },
    verbose: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

async function run(printer: DocumentPrinter): Promise<RosterScore> {
  const score = startScore();
  for (let number = Number(values.first); number < Number(values.first) + Number(values.count); number += 1) {
    const roster = await makeSignedRoster(number, printer, makeRandom(`${values.seed}/${number}`));
    await scoreRoster(roster, score);
    if (values.verbose) console.log(`${number}\t${roster.scan.mode} ${roster.scan.dpi}\t${toReport(score).brief}`);
  }
  return score;
}

const printer = createDocumentPrinter(Config.parse({ home: values.home, inbox: values.home, outbox: values.home }));
try {
  const report = toReport(await run(printer));
  console.log(values.json ? JSON.stringify(report, null, 1) : report.text);
  process.exitCode = report.silentlyWrong === 0 ? 0 : 1;
} finally {
  await printer.close();
}
