import { cpuUsage } from "node:process";
import { parseArgs } from "node:util";
import { makeRandom } from "../../fixtures/random.ts";
import { makeSignedRoster, type SignedRoster } from "../../fixtures/rosters.ts";
import { decodePages } from "../../src/adapters/decode-pages.ts";
import { createDocumentPrinter, type DocumentPrinter } from "../../src/adapters/document-printer.ts";
import { mapPdfPages } from "../../src/adapters/form-pdf-engine.ts";
import { readRosterCode } from "../../src/adapters/roster-code.ts";
import { Config } from "../../src/config.ts";
import type { GreyRaster } from "../../src/model/page.ts";
import { toRosterSheet } from "../../src/pipeline/roster-sheets.ts";
import { type ReadRoster, readRosterPage } from "../../src/read/roster/read-roster-page.ts";
import { judgeRow, pageEvidenceOf } from "../../src/sessions/judge-attendance.ts";
import { countRow, type RosterScore, startScore, toReport } from "./roster-score.ts";

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

function pageName({ number, scan }: SignedRoster): string {
  const damages = scan.damages.map(({ kind, strength }) => `${kind}${strength}`).join(",");
  return `roster ${number} (${scan.mode} ${scan.dpi}, ${scan.skewDeg} degrees, ${damages})`;
}

async function readPage(
  raster: GreyRaster,
  roster: SignedRoster,
  blanks: readonly GreyRaster[],
  score: RosterScore,
): Promise<ReadRoster | null> {
  const code = await readRosterCode(raster);
  const blank = blanks[(code?.pageNumber ?? 0) - 1];
  if (code === null || blank === undefined) {
    score.pagesNotRead.push(`${pageName(roster)}: no code`);
    return null;
  }
  const reading = readRosterPage(raster, toRosterSheet(blank, code.pageNumber, roster.participants));
  if (reading.kind === "read") return reading;
  score.pagesNotRead.push(`${pageName(roster)}: quality ${reading.quality.toFixed(2)}`);
  return null;
}

/** Reads one roster back and counts its rows; rows of pages that could not be read stay open and count as reviewed. */
async function scoreRoster(roster: SignedRoster, score: RosterScore): Promise<void> {
  const blanks = (await mapPdfPages(roster.printed, (page) => page.renderGrey(200))) ?? [];
  const open = new Map(roster.rows.map((truth) => [truth.rowNumber, truth]));
  const before = cpuUsage();
  for (const [fileIndex, bytes] of roster.files.entries()) {
    for await (const { raster } of decodePages({ fileIndex, bytes })) {
      score.pages += 1;
      const reading = await readPage(raster, roster, blanks, score);
      if (reading === null) continue;
      score.pagesRead += 1;
      const page = pageEvidenceOf({ state: "read", ...reading, rows: [...reading.rows] }, false);
      for (const row of reading.rows) {
        const truth = open.get(row.rowNumber);
        if (truth !== undefined) countRow(score, { truth, row, outcome: judgeRow(row, page), roster });
        open.delete(row.rowNumber);
      }
    }
  }
  const { user, system } = cpuUsage(before);
  score.cpuMs += (user + system) / 1_000;
  for (const truth of open.values()) countRow(score, { truth, row: null, outcome: null, roster });
}

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
