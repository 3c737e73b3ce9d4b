import type { MrzReading } from "../../model/reading.ts";
import type { ZonePlace } from "../mrz/find-zones.ts";
import { sizeOfLine } from "./cut-line.ts";
import type { TextLine } from "./ports.ts";

/** How far a document reaches from the upper left corner of its machine-readable zone, in widths of that zone. */
interface Reach {
  readonly up: number;
  readonly down: number;
}

/** An identity card is 85.6 x 54 mm; its zone is 76 mm wide and starts 34 mm below the card's upper edge. @see ICAO 9303-5 */
const CARD: Reach = { up: 34 / 76, down: 20 / 76 };
/** A passport's page is 125 x 88 mm; its zone is 112 mm wide and starts 70 mm below the upper edge. @see ICAO 9303-4 */
const PASSPORT: Reach = { up: 70 / 112, down: 18 / 112 };
/** A whole card above or below another: print further off than this is surely on another card. */
const CARD_APART: Reach = { up: 54 / 76, down: 27 / 76 };
/** Both documents reach past their zone by this share of its width on either side. */
const SIDE = 0.12;
const CARD_LINES = 3;

/** Tells whether a line lies on the document that a machine-readable zone of this format belongs to. Pure. */
export function liesOnDocument(place: TextLine, zone: ZonePlace, format: MrzReading["format"]): boolean {
  return isWithin(place, zone, format === "TD1" ? CARD : PASSPORT);
}

/** Tells whether a line lies so far from a card's zone that another card lies there. Pure. */
export function liesOffCard(place: TextLine, zone: ZonePlace): boolean {
  return !isWithin(place, zone, CARD_APART);
}

/** Tells whether a zone is a card's: of three lines. Pure. */
export function isCardZone({ lines }: ZonePlace): boolean {
  return lines.length === CARD_LINES;
}

/** A card's zone has 30 characters to the line; a reader drops or doubles a few fillers. */
const CARD_LINE_LENGTH = { least: 26, most: 34 };
/** A run of fillers with at most a check digit after it; a passport's first line that is cut off begins with P. */
const FILLED_LINE = /^(?!P<)[A-Z0-9<]+<{5,}[0-9]?$/;
/** A card's first line: its kind, the state, a number with digits, fillers. */
const FIRST_LINE = /^[ACI][A-Z<][A-Z<]{3}(?=.*\d.*\d.*\d.*\d)[A-Z0-9<]+<<$/;

/** Tells whether a text reads as one line of a card's zone, for a copy that shows too little of the others. Pure. */
export function isCardZoneLine(text: string): boolean {
  const packed = text.replaceAll(/\s/g, "");
  return (
    packed.length >= CARD_LINE_LENGTH.least &&
    packed.length <= CARD_LINE_LENGTH.most &&
    (FILLED_LINE.test(packed) || FIRST_LINE.test(packed))
  );
}

function isWithin(place: TextLine, { lines: [first] }: ZonePlace, { up, down }: Reach): boolean {
  if (first === undefined) return false;
  const { lengthPx } = sizeOfLine(first);
  const [start] = first.corners;
  const { x, y } = place.corners[0];
  const isBeside = x > start.x + lengthPx * (1 + SIDE) || x < start.x - lengthPx * SIDE;
  return !isBeside && y >= start.y - lengthPx * up && y <= start.y + lengthPx * down;
}
