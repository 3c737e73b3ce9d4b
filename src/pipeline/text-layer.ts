import { editDistance } from "../model/codes/name-index.ts";
import type { Zone } from "../model/form-layout.ts";
import type { DecodedPage, RectMm, TextLayerWord } from "../model/page.ts";
import type { AlignedPage } from "../read/align/aligned-page.ts";
import { toSharedKey } from "../read/text/compare-keys.ts";
import { asDoubtful, type TextReading } from "../read/text/text-reading.ts";

/** Where a form page lies in its file. */
type PagePlace = Pick<AlignedPage, "toSource">;

/** Layer and picture say the same when fewer letters differ: a recogniser's usual slips, not another text. */
const MAX_DIFFERENCE = 0.4;

/** Fields in which a layer must differ from the picture before it is called nonsense. */
const NONSENSE_FROM = 3;

/** Words whose middles differ less than this share of their height stand on one line. */
const LINE_SHARE = 0.6;

function isInside(word: TextLayerWord, zone: RectMm): boolean {
  const x = word.rect.x + word.rect.width / 2;
  const y = word.rect.y + word.rect.height / 2;
  return x >= zone.x && x <= zone.x + zone.width && y >= zone.y && y <= zone.y + zone.height;
}

/** Rectangle of a zone on the page as the file shows it, mm. */
function zoneOnPage(zone: Zone, page: PagePlace, { raster }: DecodedPage): RectMm {
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

/** What the layer has in a field's place beside what was recognised there. */
interface LayeredReading {
  readonly reading: TextReading;
  /** Empty when the layer has nothing there or the place is not sure. */
  readonly layer: string;
  /** Empty when nothing was recognised. */
  readonly seen: string;
}

function withLayerOf(reading: TextReading, zones: readonly Zone[], page: PagePlace, decoded: DecodedPage): LayeredReading {
  const zone = zones.find((item) => item.field === reading.field);
  const seen = typeof reading.value === "string" ? reading.value : "";
  if (zone === undefined || reading.isUnreliable === true) return { reading, layer: "", seen };
  const place = zoneOnPage(zone, page, decoded);
  const words = inReadingOrder((decoded.words ?? []).filter((word) => isInside(word, place)));
  const layer = words
    .map(({ text }) => text)
    .join(" ")
    .normalize("NFC")
    .trim();
  return { reading, layer, seen };
}

const isContradicted = ({ reading, layer, seen }: LayeredReading): boolean => differenceOf(layer, reading.raw ?? seen) > MAX_DIFFERENCE;

/** A typeface without its table of letters makes another text of every word of a page: one that differs everywhere is no witness. */
function isNonsense(layered: readonly LayeredReading[]): boolean {
  const compared = layered.filter(({ layer, seen }) => layer !== "" && seen !== "");
  const contradicted = compared.filter(isContradicted).length;
  return contradicted >= NONSENSE_FROM && contradicted > compared.length / 2;
}

function settle(item: LayeredReading, isLayerNonsense: boolean): TextReading {
  const { reading, layer, seen } = item;
  if (layer === "") return reading;
  if (seen === "") return { ...asDoubtful(reading), value: isLayerNonsense ? null : layer };
  if (isLayerNonsense) return reading;
  if (seen === layer) return { ...reading, status: "accepted", evidence: ["twoReaders"], confidence: Math.max(reading.confidence, 0.99) };
  // What was proved from the picture alone is not put right by a layer that has other letters or digits: one of the two deceives.
  const isOverruled = reading.status === "accepted" && toSharedKey(layer) !== toSharedKey(seen);
  if (isOverruled || isContradicted(item)) return asDoubtful(reading);
  return { ...reading, value: layer, status: "accepted", evidence: ["twoReaders"], confidence: 0.99 };
}

/**
 * Returns the readings of a page with the words of the file's text layer where the picture confirms them.
 *
 * A text layer can be nonsense, so it is taken only when what the recognisers saw is nearly the same; where the two differ a
 * person looks. A layer that differs in most places says nothing about the page: its readings then stand as those of a scan,
 * but where only the layer has words a person looks all the same.
 * Pure.
 */
export function withTextLayer(
  readings: readonly TextReading[],
  zones: readonly Zone[],
  page: PagePlace,
  decoded: DecodedPage,
): TextReading[] {
  if (decoded.words === undefined) return [...readings];
  const layered = readings.map((reading) => withLayerOf(reading, zones, page, decoded));
  const isLayerNonsense = isNonsense(layered);
  return layered.map((item) => settle(item, isLayerNonsense));
}
