import { describe, expect, it } from "vitest";
import type { FieldReading } from "../../src/model/reading.ts";
import { hintsOfForm } from "../../src/pipeline/form-hints.ts";
import { relateHints } from "../../src/read/group/person-hints.ts";

const read = (field: string, value: string, status: FieldReading["status"] = "accepted", confidence = 0.99): FieldReading => ({
  field,
  value,
  status,
  confidence,
  evidence: [],
});
const hintsOf = (...readings: FieldReading[]) => hintsOfForm({ readings } as Parameters<typeof hintsOfForm>[0]);

describe("hintsOfForm", () => {
  const first = hintsOf(read("surname", "Karimi"), read("givenNames", "Nasrin"));

  it("knows the second page of a person by the name beside the signature", () => {
    expect(relateHints(first, hintsOf(read("nameInBlock", "NASRIN KARIMI")))).toBe("same");
    expect(relateHints(first, hintsOf(read("nameInBlock", "Nasrin Karimi", "review", 0.7)))).toBe("same");
  });

  it("tells the second page of another person, but only by a name that was surely read", () => {
    expect(relateHints(first, hintsOf(read("nameInBlock", "Abdi Warsame")))).toBe("different");
    expect(relateHints(first, hintsOf(read("nameInBlock", "Abdi Warsame", "review", 0.7)))).toBe("unknown");
    expect(relateHints(first, hintsOf(read("nameInBlock", "Nasrin Karimi", "review", 0.5)))).toBe("unknown");
  });

  it("takes the first page's names from their own fields", () => {
    expect(first).toEqual({ surname: "Karimi", givenNames: "Nasrin", looseName: "Karimi Nasrin" });
  });

  it("keeps what a name was read as, however badly, as a lead", () => {
    expect(hintsOf(read("nameInBlock", "Nasrn Karmi", "review", 0.2)).looseName).toBe("Nasrn Karmi");
    expect(hintsOf(read("surname", "Karimi", "review", 0.2)).looseName).toBe("Karimi");
    expect(hintsOf().looseName).toBeUndefined();
  });
});
