import { describe, expect, it } from "vitest";
import { runChaos } from "../bench/chaos/run-chaos.ts";

const STRIKES = 30;
const SUBMISSIONS = 30;
/** Of the submissions: contents that came before, and files that are cut off in the middle. */
const DUPLICATES = 3;
const DAMAGED = 2;

describe("the service", () => {
  it(`brings ${SUBMISSIONS} submissions to one end each through ${STRIKES} kills and outages at random instants`, async () => {
    const request = { kills: STRIKES, submissions: SUBMISSIONS, duplicates: DUPLICATES, damaged: DAMAGED, seed: 7 };
    const { strikes, account } = await runChaos({ ...request, onProgress: () => {} });
    const struck = Object.entries(strikes).filter(([name]) => !name.includes("nothing there"));
    expect(struck.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThanOrEqual(STRIKES - 5);
    expect(account.faults).toEqual([]);
    expect(account.rows).toEqual([
      { outcome: "done", dropped: 25, byMail: 0, inFolder: 25, recorded: 25 },
      { outcome: "duplicate", dropped: DUPLICATES, byMail: 0, inFolder: DUPLICATES, recorded: DUPLICATES },
      { outcome: "quarantine", dropped: DAMAGED, byMail: 0, inFolder: DAMAGED, recorded: DAMAGED },
    ]);
  });
});
