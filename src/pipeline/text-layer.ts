import { editDistance } from "../model/codes/name-index.ts";
import type { Zone } from "../model/form-layout.ts";
import type { DecodedPage, RectMm, TextLayerWord } from "../model/page.ts";
import type { AlignedPage } from "../read/align/aligned-page.ts";
import type { TextReading } from "../read/text/text-reading.ts";

/** Layer and picture say the same when fewer letters differ: a recogniser's usual slips, not another text. */
const MAX_DIFFERENCE = 0.4;

/** Words whose middles differ less than this share of their height stand on one line. */
const LINE_SHARE = 0.6;

function isInside(word: TextLayerWord, zone: RectMm): boolean {
  const x = word.rect.x + word.rect.width / 2;
  const y = word.rect.y + word.rect.height / 2;
  return x >= zone.x && x <= zone.x + zone.width && y >= zone.y && y <= zone.y + zone.height;
}

/** Rectangle of a zone on the page as the file shows it, mm. */
function zoneOnPage(zone: Zone, page: AlignedPage, { raster }: DecodedPage): RectMm {
  const source = page.toSource(zone.rect);
  const mm = 25.4 / raster.dpi;
  return { x: source.x * mm, y: source.y * mm, width: source.width * mm, height: source.height * mm };
}

function inReadingOrder(words: readonly TextLayerWord[]): TextLayerWord[] {
  return words.toSorted((a, b) => {
    const middle = a.rect.y + a.rect.height / 2 - (b.rect.y + b.rect.height / 2);
    const isSameLine = Math.abs(middle) < Math.min(a.rect.height, b.rect.height) * LINE_SHARE;
    return isSameLine ? a.rect.x - b.rect.x : middle;
  });
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\d]/gu, "");

/** Share of letters in which two texts differ, 0-1. */
function differenceOf(layer: string, seen: string): number {
  const [a, b] = [lettersOf(layer), lettersOf(seen)];
  return Math.max(a.length, b.length) === 0 ? 0 : editDistance(a, b) / Math.max(a.length, b.length);
}

/**
 * Returns the reading with the words of the file's text layer where the picture confirms them.
 *
 * A text layer can be nonsense, so it is taken only when what the recognisers saw is nearly the same; where the two differ a
 * person looks.
 * Pure.
 */
export function withTextLayer(reading: TextReading, zones: readonly Zone[], page: AlignedPage, decoded: DecodedPage): TextReading {
  const zone = zones.find((item) => item.field === reading.field);
  if (zone === undefined || reading.isUnreliable === true) return reading;
  const place = zoneOnPage(zone, page, decoded);
  const layer = inReadingOrder((decoded.words ?? []).filter((word) => isInside(word, place))).map((word) => word.text);
  const text = layer.join(" ").normalize("NFC").trim();
  if (text === "") return reading;
  const seen = typeof reading.value === "string" ? reading.value : "";
  if (seen === "") return { ...reading, value: text, status: "review", confidence: 0.5, evidence: [] };
  if (seen === text) return { ...reading, status: "accepted", evidence: ["twoReaders"], confidence: Math.max(reading.confidence, 0.99) };
  const agrees = differenceOf(text, reading.raw ?? seen) <= MAX_DIFFERENCE;
  return agrees
    ? { ...reading, value: text, status: "accepted", evidence: ["twoReaders"], confidence: 0.99 }
    : { ...reading, status: "review", evidence: [], confidence: Math.min(reading.confidence, 0.5) };
}
