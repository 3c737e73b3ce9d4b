import { describe, expect, it } from "vitest";
import type { Zone } from "../../src/model/form-layout.ts";
import { withShownDoubt } from "../../src/pipeline/shown-values.ts";
import type { TextReading } from "../../src/read/text/text-reading.ts";

const zoneOf = (kind: Zone["kind"]): Zone => ({
  field: "a",
  kind,
  pageNumber: 1,
  rect: { x: 20, y: 20, width: 60, height: 6 },
  multiline: false,
});

const stored = (value: TextReading["value"]): TextReading => ({
  field: "a",
  value,
  confidence: 1,
  status: value === null || value === false ? "empty" : "accepted",
  evidence: ["liveField"],
});

const shown = (value: TextReading["value"], status: TextReading["status"], raw?: string): TextReading => ({
  field: "a",
  value,
  confidence: 0.9,
  status,
  evidence: [],
  ...(raw === undefined ? {} : { raw }),
});

const judge = (value: TextReading["value"], seen: TextReading, kind: Zone["kind"] = "text"): string | undefined =>
  withShownDoubt([stored(value)], [seen], [zoneOf(kind)])[0]?.status;

const LONG = "maanviljelijä, lastenhoitaja, hitsaaja";

describe("withShownDoubt", () => {
  it.each([
    ["a sure other text", "040 000 9999", shown("040 000 9998", "accepted")],
    ["nothing at all", "040 000 9999", shown(null, "empty")],
    ["nothing, in a script that is not read", "столяр", shown(null, "empty")],
    ["an unsure text that is far from it", "Virtanen", shown("Makela", "review")],
    ["only the beginning of a short text", "Alison", shown("Ali", "accepted")],
    ["hardly a beginning of a long text", LONG, shown("maanviljelijä", "accepted")],
  ])("doubts a stored text when the page shows %s", (_what, value, seen) => {
    const [reading] = withShownDoubt([stored(value)], [seen], [zoneOf("text")]);
    expect(reading).toMatchObject({ value, status: "review", evidence: [], isUnreliable: true });
  });

  it.each([
    ["the same in other writing", "Åsa Öberg", shown("ASA  OBERG", "accepted")],
    ["the same before it was normalised", "Turkki", shown("TUR", "accepted", "Turkki")],
    ["nearly the same, unsurely", "Virtanen", shown("Virtaneu", "review")],
    ["something that cannot be read", "Virtanen", shown(null, "review")],
    ["another script", "столяр", shown("CTOJIAP", "accepted")],
    ["the beginning of a long text", LONG, shown("maanviljelijä, lastenhoit", "accepted")],
  ])("keeps a stored text when the page shows %s", (_what, value, seen) => {
    expect(judge(value, seen)).toBe("accepted");
  });

  it("keeps an empty field only where nothing is seen", () => {
    expect(judge(null, shown(null, "empty"))).toBe("empty");
    expect(judge(null, shown(null, "review"))).toBe("review");
    expect(judge(null, shown("matti@example.org", "accepted"))).toBe("review");
  });

  it("keeps a tick that is seen or cannot be judged, and doubts one that is not there", () => {
    expect(judge(true, shown(true, "accepted"), "tick")).toBe("accepted");
    expect(judge(true, shown(null, "review"), "tick")).toBe("accepted");
    expect(judge(true, shown(false, "empty"), "tick")).toBe("review");
    expect(judge(true, shown(false, "review"), "tick")).toBe("review");
  });

  it("doubts an empty box over which something is drawn", () => {
    expect(judge(false, shown(false, "empty"), "tick")).toBe("empty");
    expect(judge(false, shown(true, "accepted"), "tick")).toBe("review");
    expect(judge(false, shown(false, "review"), "tick")).toBe("review");
  });

  it("doubts a choice of which another box is marked", () => {
    expect(judge("male", shown("male", "accepted"), "choice")).toBe("accepted");
    expect(judge("male", shown("female", "accepted"), "choice")).toBe("review");
    expect(judge("male", shown(null, "empty"), "choice")).toBe("review");
    expect(judge(null, shown("female", "accepted"), "choice")).toBe("review");
  });
});
