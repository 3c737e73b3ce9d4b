import { describe, expect, it } from "vitest";
import type { IsoDate } from "../../../src/model/time.ts";
import { acceptedFields } from "../../../src/read/mrz/accepted-fields.ts";
import { MRZ_FORMATS, type MrzField } from "../../../src/read/mrz/mrz-format.ts";
import { parseMrz } from "../../../src/read/mrz/parse-mrz.ts";
import { permitLines } from "./specimen.ts";

const [TD1] = MRZ_FORMATS;
const ALL = ["documentNumber", "birthDate", "expiryDate", "names", "issuingState", "nationality", "sex"];

/** What is accepted of a card whose fields are all seen clearly but for the ones named. */
function accept(unclear: Partial<Record<MrzField, number>>, lines = permitLines({}), confidence = 0.9): readonly string[] {
  if (TD1 === undefined) throw new Error("expected the card's format");
  const fields = Object.keys(TD1.fields) as MrzField[];
  const confidences = new Map(fields.map((field) => [field, unclear[field] ?? 0.9]));
  return acceptedFields({ confidences }, parseMrz(lines, TD1, confidence, "2026-11-24" as IsoDate));
}

describe("acceptedFields", () => {
  it("accepts every field of a zone that was seen clearly and whose check digits hold", () => {
    expect(accept({})).toEqual(ALL);
  });

  it("accepts nothing when one check digit is wrong, however clear the rest", () => {
    expect(accept({}, permitLines({ numberCheck: "0" }))).toEqual([]);
  });

  it("accepts nothing when the letters that tell the format are unclear", () => {
    expect(accept({ documentCode: 0.54 })).toEqual([]);
  });

  it("leaves names that were not seen clearly to a person although every check digit holds", () => {
    expect(accept({ names: 0.59 })).toEqual(ALL.filter((field) => field !== "names"));
  });

  it.each([
    ["just below", 0.44, false],
    ["at", 0.45, true],
  ])("judges a number that is %s the least share", (_title, share, isAccepted) => {
    expect(accept({ documentNumber: share }).includes("documentNumber")).toBe(isAccepted);
  });

  it.each([
    ["just below", 0.39, ALL.slice(0, 3)],
    ["at", 0.4, ALL],
  ])(
    "accepts what no check digit covers only on a copy whose least clear character is not below the limit: %s",
    (_title, least, fields) => {
      expect(accept({}, permitLines({}), least)).toEqual(fields);
    },
  );

  it("leaves a state that does not exist to a person", () => {
    const [first = "", second = "", third = ""] = permitLines({});
    expect(accept({}, [first, second.replace("SOM", "OAZ"), third])).toEqual(ALL.filter((field) => field !== "nationality"));
  });
});
