import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRandom } from "../../../fixtures/random.ts";
import { makeSignedRoster } from "../../../fixtures/rosters.ts";
import { scoreRoster, startScore, toReport } from "../../../fixtures/score-rosters.ts";
import { createDocumentPrinter, type DocumentPrinter } from "../../../src/adapters/document-printer.ts";
import { Config } from "../../../src/config.ts";
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
