import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRandom } from "../../../fixtures/random.ts";
import { makeRosterInput, makeSignedRoster, scanRoster } from "../../../fixtures/rosters.ts";
import { scoreRoster, startScore, toReport } from "../../../fixtures/score-rosters.ts";
import { type RowStory, tickRoster } from "../../../fixtures/tick-roster.ts";
import { decodePages } from "../../../src/adapters/decode-pages.ts";
import { createDocumentPrinter, type DocumentPrinter } from "../../../src/adapters/document-printer.ts";
import { mapPdfPages } from "../../../src/adapters/form-pdf-engine.ts";
import { Config } from "../../../src/config.ts";
import type { IsoDate } from "../../../src/model/time.ts";
import { toRosterSheet } from "../../../src/pipeline/roster-sheets.ts";
import { readRosterPage } from "../../../src/read/roster/read-roster-page.ts";
import type { RosterSheet } from "../../../src/read/roster/roster-sheet.ts";
import { createHome, removeHome } from "../../adapters/test-home.ts";

/** `npm run bench:rosters` reads a hundred of up to 35 people. */
const ROSTERS = 7;
const MOST_PEOPLE = 18;

let home: string;
let printer: DocumentPrinter;

beforeAll(() => {
  home = createHome();
  printer = createDocumentPrinter(Config.parse({ home, inbox: home, outbox: home }));
});

afterAll(async () => {
  await printer.close();
  removeHome(home);
});

describe("signed rosters, printed, ticked by hand, damaged and scanned", () => {
  it("give the right attendance or a task for a person, never a wrong one", async () => {
    const score = startScore();
    for (let number = 1; number <= ROSTERS; number += 1)
      await scoreRoster(await makeSignedRoster(number, printer, makeRandom(`check/${number}`), MOST_PEOPLE), score);
    const { text, silentlyWrong } = toReport(score);
    expect(silentlyWrong, text).toBe(0);
    expect(score.wrong).toEqual([]);
    // Half of the rows without a look is far below the usual share: fewer would mean that reading broke, not that a scan is poor.
    expect(score.right / score.rows, text).toBeGreaterThan(0.5);
  });
});

describe("readRosterPage", () => {
  const CLEAN = {
    mode: "grey",
    dpi: 150,
    skewDeg: 1,
    scaling: 0.01,
    damages: [],
    rotation: 90,
    container: "jpeg",
    jpegQuality: 80,
  } as const;
  const PEOPLE = 8;

  async function printOf(code: string): Promise<Uint8Array> {
    const order = { code, version: 1, participants: PEOPLE, date: "2026-03-12" as IsoDate };
    return (await printer.roster(makeRosterInput(order, makeRandom(code)))).bytes;
  }

  async function sheetOf(print: Uint8Array): Promise<RosterSheet> {
    const [blank] = (await mapPdfPages(print, (page) => page.renderGrey(200))) ?? [];
    if (blank === undefined) throw new Error("expected a page");
    return toRosterSheet(blank, 1, PEOPLE);
  }

  it("reads a page against its own print and refuses it against another session's, whose rows lie in the same places", async () => {
    const [own, other] = [await printOf("AR-OWN"), await printOf("AR-OTHER")];
    const order = { participants: PEOPLE, isStamped: false, stories: Array<RowStory>(PEOPLE).fill("present") };
    const { pdf } = await tickRoster(own, order, makeRandom("ticks"));
    const [bytes = new Uint8Array()] = await scanRoster(pdf, 1, CLEAN, makeRandom("scan"));
    for await (const { raster } of decodePages({ fileIndex: 0, bytes })) {
      const reading = readRosterPage(raster, await sheetOf(own));
      expect(reading.kind).toBe("read");
      const rows = reading.kind === "read" ? reading.rows.filter(({ isSpare }) => !isSpare) : [];
      expect(rows.map(({ came, signature }) => `${came} ${signature}`)).toEqual(Array(PEOPLE).fill("yes yes"));
      expect(readRosterPage(raster, await sheetOf(other)).kind).toBe("unreadable");
    }
    expect.assertions(3);
  });
});
