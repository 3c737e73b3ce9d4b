import type { GreyRaster, RectPx } from "../../model/page.ts";
import { cutRaster, PAPER } from "./raster-ops.ts";
import { READ_DPI, type ZoneInk } from "./zone-ink.ts";

const PX_PER_MM = READ_DPI / 25.4;
/** A pixel darker than this is ink (the zone's faint ink is already white). */
const INK_BELOW = 140;
/** Smallest piece of ink that can be part of a letter: a full stop of 8 pt text covers about 0.1 mm². */
const SPECK_MM2 = 0.035;
/** A piece of ink lower than this cannot be the body of a letter, mm. */
const MIN_LETTER_MM = 1.0;
/** Ink taller than this is no line of text (a stamp, a fold, a signature), mm. */
const MAX_LINE_MM = 9;
/** White margin around a line for the readers, mm. */
const MARGIN_MM = 0.7;

/** A connected piece of ink. */
export interface InkPiece extends RectPx {
  readonly pixels: number;
}

/** The lines of text of a zone and how much ink they hold. */
export interface ZoneLines {
  readonly lines: readonly GreyRaster[];
  /** Places of the lines in the zone's raster. */
  readonly rects: readonly RectPx[];
  /** Ink of letter-sized pieces, mm². */
  readonly inkMm2: number;
  /** Tallest piece of ink that belongs to a line, mm. */
  readonly tallestMm: number;
}

/** Splits a zone's ink into lines of text, top to bottom, each trimmed to its ink with a white margin. Pure. */
export function findLines(ink: ZoneInk): ZoneLines {
  const pieces = findPieces(ink.raster).filter((piece) => belongsToZone(piece, ink));
  const bands = joinBands(pieces);
  const rects = bands.map((band) => boundsOf(band)).map((bounds) => grown(bounds, Math.round(MARGIN_MM * PX_PER_MM)));
  const lines = bands.map((band, index) => cutOnly(ink.raster, band, rects[index] ?? boundsOf(band)));
  const inkPixels = bands.flat().reduce((sum, piece) => sum + piece.pixels, 0);
  const tallest = Math.max(0, ...bands.flat().map((piece) => piece.height));
  return { lines, rects, inkMm2: inkPixels / (PX_PER_MM * PX_PER_MM), tallestMm: tallest / PX_PER_MM };
}

/** Returns the connected pieces (8 neighbours) of a picture's ink that are larger than a speck. Pure. */
export function findPieces(raster: GreyRaster): InkPiece[] {
  const { widthPx, heightPx, data } = raster;
  const seen = new Uint8Array(data.length);
  const stack: number[] = [];
  const pieces: InkPiece[] = [];
  for (let start = 0; start < data.length; start++) {
    if (seen[start] === 1 || (data[start] ?? PAPER) >= INK_BELOW) continue;
    seen[start] = 1;
    stack.push(start);
    let [left, right, top, bottom, pixels] = [widthPx, 0, heightPx, 0, 0];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const x = at % widthPx;
      const y = (at - x) / widthPx;
      pixels++;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      for (let row = Math.max(0, y - 1); row <= Math.min(heightPx - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(widthPx - 1, x + 1); column++) {
          const next = row * widthPx + column;
          if (seen[next] === 1 || (data[next] ?? PAPER) >= INK_BELOW) continue;
          seen[next] = 1;
          stack.push(next);
        }
      }
    }
    if (pixels < SPECK_MM2 * PX_PER_MM * PX_PER_MM) continue;
    pieces.push({ x: left, y: top, width: right - left + 1, height: bottom - top + 1, pixels });
  }
  return pieces;
}

/** Text starts inside its writing area; what only touches the rim is a neighbour's ink or a rest of the form's lines. */
function belongsToZone(piece: InkPiece, ink: ZoneInk): boolean {
  const { area, raster } = ink;
  const middleY = piece.y + piece.height / 2;
  if (middleY < area.y || middleY > area.y + area.height) return false;
  const middleX = piece.x + piece.width / 2;
  if (middleX < area.x) return false;
  if (piece.x >= raster.widthPx - 1) return false;
  const isRule = piece.width > 12 * piece.height || (piece.height > 8 * piece.width && piece.height > area.height * 0.8);
  return !isRule || piece.height > MIN_LETTER_MM * PX_PER_MM * 3;
}

/** Groups pieces whose heights overlap into lines; dots, accents and commas join the nearest line. */
function joinBands(pieces: readonly InkPiece[]): InkPiece[][] {
  const letters = pieces.filter((piece) => piece.height >= MIN_LETTER_MM * PX_PER_MM && piece.height <= MAX_LINE_MM * PX_PER_MM);
  const small = pieces.filter((piece) => piece.height < MIN_LETTER_MM * PX_PER_MM);
  const bands: { top: number; bottom: number; members: InkPiece[] }[] = [];
  for (const piece of letters.toSorted((a, b) => b.height - a.height)) {
    const middle = piece.y + piece.height / 2;
    const band = bands.find(({ top, bottom }) => middle >= top && middle <= bottom);
    if (band === undefined) bands.push({ top: piece.y, bottom: piece.y + piece.height, members: [piece] });
    else band.members.push(piece);
  }
  for (const piece of small) {
    const middle = piece.y + piece.height / 2;
    let nearest: (typeof bands)[number] | undefined;
    let nearestDistance = Number.POSITIVE_INFINITY;
    for (const band of bands) {
      const distance = Math.max(band.top - middle, middle - band.bottom, 0);
      if (distance < nearestDistance && distance < (band.bottom - band.top) * 0.6) {
        nearest = band;
        nearestDistance = distance;
      }
    }
    nearest?.members.push(piece);
  }
  return bands.toSorted((a, b) => a.top - b.top).map(({ members }) => members);
}

function boundsOf(band: readonly InkPiece[]): RectPx {
  const x = Math.min(...band.map((piece) => piece.x));
  const y = Math.min(...band.map((piece) => piece.y));
  const right = Math.max(...band.map((piece) => piece.x + piece.width));
  const bottom = Math.max(...band.map((piece) => piece.y + piece.height));
  return { x, y, width: right - x, height: bottom - y };
}

function grown(rect: RectPx, by: number): RectPx {
  return { x: rect.x - by, y: rect.y - by, width: rect.width + 2 * by, height: rect.height + 2 * by };
}

/** Cuts a line and whitens everything that lies outside the boxes of its own pieces. */
function cutOnly(raster: GreyRaster, band: readonly InkPiece[], rect: RectPx): GreyRaster {
  const whole = cutRaster(raster, rect);
  const keep = new Uint8Array(whole.data.length);
  for (const piece of band) {
    for (let y = piece.y - rect.y - 1; y <= piece.y - rect.y + piece.height; y++) {
      if (y < 0 || y >= rect.height) continue;
      const from = y * rect.width + Math.max(0, piece.x - rect.x - 1);
      keep.fill(1, from, Math.min((y + 1) * rect.width, y * rect.width + piece.x - rect.x + piece.width + 1));
    }
  }
  const data = whole.data.map((value, index) => (keep[index] === 1 ? value : PAPER));
  return { ...whole, data };
}
