import { describe, expect, it } from "vitest";
import { countUnwitnessed, isOnlyWitnessed, unwitnessedShare } from "../../../../src/read/text/lists/cyrillic-witness.ts";

describe("unwitnessedShare", () => {
  it.each([
    ["фирма закрылась", "pupma 3akpbinacb"],
    ["основная школа", "OCHOBHaA WKOnIa"],
    ["парикмахер", "napukmaxep"],
    ["турецкий", "Typeukn"],
    ["водитель автобуса", "BOANTenb aBTO6yca"],
  ])("finds %s borne out by %s", (cyrillic, latin) => {
    expect(unwitnessedShare(cyrillic, [latin])).toBeLessThanOrEqual(0.15);
  });

  it.each([
    ["война", "Maersk"],
    ["медсестра", "napukmaxep"],
    ["Зап Теесот", "Zain Telecom"],
    ["швея", ""],
  ])("finds %s not borne out by %s", (cyrillic, latin) => {
    expect(unwitnessedShare(cyrillic, [latin])).toBeGreaterThan(0.3);
  });

  it("takes the reading that fits best, and nothing for a text without letters", () => {
    expect(unwitnessedShare("Россия", ["?", "POCCUA"])).toBe(0);
    expect(unwitnessedShare("...", ["..."])).toBe(1);
  });
});

describe("countUnwitnessed", () => {
  it("counts what was seen and is not in the text", () => {
    expect(countUnwitnessed("война", "BOUHaxxx")).toBe(3);
  });
});

describe("isOnlyWitnessed", () => {
  it("parts names of a list that differ in one letter only by what was seen of that letter", () => {
    expect(isOnlyWitnessed("country", "Ирак", ["Mpak", "HpaK"])).toBe(true);
    expect(isOnlyWitnessed("country", "Иран", ["MpaH"])).toBe(true);
    expect(isOnlyWitnessed("country", "Ирак", ["MpaH"])).toBe(false);
    expect(isOnlyWitnessed("country", "Ирак", ["Mpa"])).toBe(false);
  });
});
