import { describe, expect, it } from "vitest";
import type { Zone } from "../../src/model/form-layout.ts";
import type { DecodedPage } from "../../src/model/page.ts";
import { withTextLayer } from "../../src/pipeline/text-layer.ts";
import type { TextReading } from "../../src/read/text/text-reading.ts";

const FIELDS = ["surname", "streetAddress", "phone", "occupation"];
const ROW_MM = 10;

/** At 25.4 dpi a pixel is a millimetre, and the page lies straight. */
const PAGE = { toSource: (rect: Zone["rect"]) => rect };

const zoneOf = (field: string): Zone => ({
  field,
  kind: "text",
  pageNumber: 1,
  rect: { x: 20, y: 20 + FIELDS.indexOf(field) * ROW_MM, width: 80, height: 8 },
  multiline: false,
});

const seen = (field: string, value: string | null, status: TextReading["status"]): TextReading => ({
  field,
  value,
  confidence: 0.8,
  status,
  evidence: status === "accepted" ? ["twoReaders"] : [],
});

function layered(readings: readonly TextReading[], layer: Readonly<Record<string, string>>): ReadonlyMap<string, TextReading> {
  const words = Object.entries(layer).flatMap(([field, text]) =>
    text.split(" ").map((word, index) => ({
      text: word,
      rect: { x: 22 + index * 20, y: zoneOf(field).rect.y + 2, width: 15, height: 4 },
    })),
  );
  const decoded: DecodedPage = {
    source: { fileIndex: 0, pageIndex: 0 },
    raster: { widthPx: 1, heightPx: 1, dpi: 25.4, data: new Uint8Array([255]) },
    words,
  };
  return new Map(withTextLayer(readings, FIELDS.map(zoneOf), PAGE, decoded).map((reading) => [reading.field, reading]));
}

describe("withTextLayer", () => {
  it("takes the layer's spelling of what the picture nearly shows", () => {
    const [reading] = layered([seen("surname", "Lukasik", "review")], { surname: "Łukasik" }).values();
    expect(reading).toMatchObject({ value: "Łukasik", status: "accepted", evidence: ["twoReaders"] });
  });

  it("leaves another text than the picture shows to a person, with what the picture shows", () => {
    const [reading] = layered([seen("streetAddress", "Leppätie 3 B 26", "accepted")], { streetAddress: "Mannerheimintie 1" }).values();
    expect(reading).toMatchObject({ value: "Leppätie 3 B 26", status: "review", evidence: [] });
  });

  it("lets no layer change a digit of a number that the picture proved", () => {
    const [reading] = layered([seen("phone", "044 000 1234", "accepted")], { phone: "044 000 1235" }).values();
    expect(reading).toMatchObject({ value: "044 000 1234", status: "review" });
  });

  const SCAN = [
    seen("surname", "Zebari", "accepted"),
    seen("streetAddress", "Leppätie 3 B 26", "accepted"),
    seen("phone", "044 000 1234", "accepted"),
    seen("occupation", null, "empty"),
  ];
  const NONSENSE = { surname: "=HEDUL", streetAddress: "/HSS%", phone: "3:::6" };

  it("reads a page whose layer differs everywhere as if it had none", () => {
    const readings = layered(SCAN, NONSENSE);
    expect([...readings.values()].map(({ status }) => status)).toEqual(["accepted", "accepted", "accepted", "empty"]);
    expect(readings.get("surname")?.value).toBe("Zebari");
  });

  it("has a person look where only the layer has words, be it nonsense", () => {
    expect(layered(SCAN, { ...NONSENSE, occupation: "HQJLQHHU" }).get("occupation")).toMatchObject({ value: null, status: "review" });
    expect(layered(SCAN, { occupation: "engineer" }).get("occupation")).toMatchObject({ value: "engineer", status: "review" });
  });

  it("calls no layer nonsense for two places that differ", () => {
    const readings = layered(SCAN, { surname: "=HEDUL", streetAddress: "/HSS%" });
    expect([readings.get("surname")?.status, readings.get("streetAddress")?.status]).toEqual(["review", "review"]);
  });
});
