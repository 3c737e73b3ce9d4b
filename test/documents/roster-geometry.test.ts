import { describe, expect, it } from "vitest";
import { parseRosterPageCode, rosterPageCode, rosterRowsOnPage } from "../../src/documents/roster-geometry.ts";

describe("parseRosterPageCode", () => {
  it.each([
    { sessionCode: "AR-0906", version: 1, pageNumber: 1, pages: 1 },
    { sessionCode: "AR 16.3. 9/2", version: 12, pageNumber: 2, pages: 3 },
  ])("reads back what was printed: $sessionCode", (code) => {
    expect(parseRosterPageCode(rosterPageCode(code))).toEqual(code);
  });

  it.each(["K7M3-92", "ILMO-F1 fi 2.0 1/2", "ILMO-R1  1 1/1", "ILMO-R1 AR 0 1/1", "ILMO-R1 AR 1 3/2", "ILMO-R2 AR 1 1/1", ""])(
    "takes %j for no roster's",
    (text) => {
      expect(parseRosterPageCode(text)).toBeNull();
    },
  );
});

describe("rosterRowsOnPage", () => {
  it.each([
    [0, 0, { people: 0, spare: 3 }],
    [15, 0, { people: 15, spare: 3 }],
    [17, 0, { people: 17, spare: 1 }],
    [18, 0, { people: 18, spare: 0 }],
    [35, 0, { people: 18, spare: 0 }],
    [35, 1, { people: 17, spare: 1 }],
  ])("of %i people on page %i are %j", (participants, pageIndex, rows) => {
    expect(rosterRowsOnPage(participants, pageIndex)).toEqual(rows);
  });
});
