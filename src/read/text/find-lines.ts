import type { GreyRaster, RectPx } from "../../model/page.ts";
import { type LineShape, toLineShape } from "./line-shape.ts";
import { cutRaster, PAPER } from "./raster-ops.ts";
import { READ_DPI, type ZoneInk } from "./zone-ink.ts";

const PX_PER_MM = READ_DPI / 25.4;
const PX2_PER_MM2 = PX_PER_MM * PX_PER_MM;
/** A pixel darker than this is ink (the zone's faint ink is already white); blurred full stops are hardly darker. */
const INK_BELOW = 190;
/** Smallest piece of ink that can be part of a letter: a blurred full stop of 8 pt text keeps about 0.03 mm². */
const SPECK_MM2 = 0.015;
/** A letter's pixels are at least this dark on average, 0-255; what shines through from the back side is paler. */
const MIN_LETTER_DARKNESS = 85;
/** A piece of ink lower than this cannot be the body of a letter, mm. */
const MIN_LETTER_MM = 1.0;
/** Ink taller than this is no line of text (a stamp, a fold, a signature), mm. */
const MAX_LINE_MM = 9;
/** A comma, a ring or a low letter lies at most this far from its line, in heights of the line's tallest letter. */
const BAND_SLACK = 0.35;
/** A dot, an accent or a cedilla may lie a little further off. */
const MARK_SLACK = 0.6;
/** A line with less ink than this share of the fullest line is a rest of something else. */
const MIN_BAND_SHARE = 0.12;
/** Text that runs over the edge of its area has a letter this near to it, and the next one as near behind, mm. */
const NEAR_EDGE_MM = 0.7;
/** White margin around a line for the readers, mm. */
const MARGIN_MM = 0.7;

/** A connected piece of ink. */
export interface InkPiece extends RectPx {
  readonly pixels: number;
  /** Mean darkness of its pixels, 0-255. */
  readonly darkness: number;
}

/** The lines of text of a zone and how much ink they hold. */
export interface ZoneLines {
  readonly lines: readonly GreyRaster[];
  /** Places of the lines in the zone's raster. */
  readonly rects: readonly RectPx[];
  readonly shapes: readonly LineShape[];
  /** Ink of letter-sized pieces, mm². */
  readonly inkMm2: number;
  /** Ink of all pieces in the writing area, whether they form lines or not, mm². */
  readonly allInkMm2: number;
  /** True when the text runs out of the picture: its end is missing. */
  readonly isCutOff: boolean;
  /** Tallest piece of ink that belongs to a line, mm. */
  readonly tallestMm: number;
}

/** Splits a zone's ink into lines of text, top to bottom, each trimmed to its ink with a white margin. Pure. */
export function findLines(ink: ZoneInk): ZoneLines {
  const all = findPieces(ink.raster);
  const pieces = withoutNeighbour(
    all.filter((piece) => belongsToZone(piece, ink)),
    ink,
  );
  const bands = withoutTrifles(joinBands(pieces));
  const rects = bands.map((band) => boundsOf(band)).map((bounds) => grown(bounds, Math.round(MARGIN_MM * PX_PER_MM)));
  const lines = bands.map((band, index) => cutWithout(ink.raster, all, new Set(band), rects[index] ?? boundsOf(band)));
  const inkPixels = bands.flat().reduce((sum, piece) => sum + piece.pixels, 0);
  const allPixels = pieces.reduce((sum, piece) => sum + piece.pixels, 0);
  const tallest = Math.max(0, ...bands.flat().map((piece) => piece.height));
  const shapes = bands.map((band) => toLineShape(band));
  return {
    lines,
    rects,
    shapes,
    inkMm2: inkPixels / PX2_PER_MM2,
    allInkMm2: allPixels / PX2_PER_MM2,
    isCutOff: bands.flat().some(({ x, width }) => x + width >= ink.raster.widthPx),
    tallestMm: tallest / PX_PER_MM,
  };
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
    let [left, right, top, bottom, pixels, darkness] = [widthPx, 0, heightPx, 0, 0, 0];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const x = at % widthPx;
      const y = (at - x) / widthPx;
      pixels++;
      darkness += PAPER - (data[at] ?? PAPER);
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
    pieces.push({ x: left, y: top, width: right - left + 1, height: bottom - top + 1, pixels, darkness: darkness / pixels });
  }
  return pieces;
}

/** Text starts inside its writing area; what only touches the rim is a neighbour's ink or a rest of the form's lines. */
function belongsToZone(piece: InkPiece, { area }: ZoneInk): boolean {
  const middleY = piece.y + piece.height / 2;
  if (middleY < area.y || middleY > area.y + area.height) return false;
  if (piece.x + piece.width / 2 < area.x) return false;
  const isRule = piece.width > 12 * piece.height || (piece.height > 8 * piece.width && piece.height > area.height * 0.8);
  return !isRule || piece.height > MIN_LETTER_MM * PX_PER_MM * 3;
}

/**
 * Leaves out ink beyond the right edge of the writing area unless the text really runs over it: the next box's text begins
 * as near as 1.5 mm behind the edge.
 */
function withoutNeighbour(pieces: readonly InkPiece[], { area }: ZoneInk): InkPiece[] {
  const edge = area.x + area.width;
  let reach = Math.max(0, ...pieces.filter(({ x }) => x < edge).map(({ x, width }) => x + width));
  const kept = pieces.filter(({ x }) => x < edge);
  for (const piece of pieces.filter(({ x }) => x >= edge).toSorted((a, b) => a.x - b.x)) {
    if (reach < edge - NEAR_EDGE_MM * PX_PER_MM || piece.x - reach > NEAR_EDGE_MM * PX_PER_MM) break;
    kept.push(piece);
    reach = Math.max(reach, piece.x + piece.width);
  }
  return kept;
}

interface Band {
  top: number;
  bottom: number;
  readonly members: InkPiece[];
}

/** Groups pieces whose heights overlap into lines; dots, accents and commas join the nearest line. */
function joinBands(pieces: readonly InkPiece[]): InkPiece[][] {
  const minHeight = MIN_LETTER_MM * PX_PER_MM;
  const letters = pieces.filter(
    ({ height, darkness }) => height >= minHeight && height <= MAX_LINE_MM * PX_PER_MM && darkness >= MIN_LETTER_DARKNESS,
  );
  const small = pieces.filter(({ height }) => height < minHeight);
  const bands: Band[] = [];
  for (const piece of letters.toSorted((a, b) => b.height - a.height)) {
    const band = nearestBand(bands, piece, BAND_SLACK);
    if (band === undefined) bands.push({ top: piece.y, bottom: piece.y + piece.height, members: [piece] });
    else band.members.push(piece);
  }
  for (const piece of small) nearestBand(bands, piece, MARK_SLACK)?.members.push(piece);
  return bands.toSorted((a, b) => a.top - b.top).map(({ members }) => members);
}

/** Returns the band that a piece's middle lies in or next to, at most `slack` band heights away. */
function nearestBand(bands: readonly Band[], piece: InkPiece, slack: number): Band | undefined {
  const middle = piece.y + piece.height / 2;
  let nearest: Band | undefined;
  let nearestDistance = Number.POSITIVE_INFINITY;
  for (const band of bands) {
    const distance = Math.max(band.top - middle, middle - band.bottom, 0);
    if (distance > (band.bottom - band.top) * slack || distance >= nearestDistance) continue;
    nearest = band;
    nearestDistance = distance;
  }
  return nearest;
}

/** Returns the bands that hold writing: not a lone stroke, not a trifle beside the main line. */
function withoutTrifles(bands: readonly InkPiece[][]): InkPiece[][] {
  const inkOf = (band: readonly InkPiece[]) => band.reduce((sum, piece) => sum + piece.pixels * piece.darkness, 0);
  const most = Math.max(0, ...bands.map(inkOf));
  return bands.filter((band) => inkOf(band) >= MIN_BAND_SHARE * most && (band.length > 1 || bands.length === 1));
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

/** Cuts a line and whitens the pieces of ink that belong to other lines or to none. */
function cutWithout(raster: GreyRaster, all: readonly InkPiece[], own: ReadonlySet<InkPiece>, rect: RectPx): GreyRaster {
  const line = cutRaster(raster, rect);
  const data = Uint8Array.from(line.data);
  const keep = new Uint8Array(data.length);
  for (const piece of own) fillBox(keep, rect, piece, 1);
  for (const piece of all) {
    if (own.has(piece)) continue;
    const box = new Uint8Array(data.length);
    fillBox(box, rect, piece, 1);
    for (let index = 0; index < data.length; index++) if (box[index] === 1 && keep[index] === 0) data[index] = PAPER;
  }
  return { ...line, data };
}

function fillBox(mask: Uint8Array, rect: RectPx, piece: InkPiece, value: number): void {
  for (let y = piece.y - rect.y - 1; y <= piece.y - rect.y + piece.height; y++) {
    if (y < 0 || y >= rect.height) continue;
    const from = y * rect.width + Math.min(rect.width, Math.max(0, piece.x - rect.x - 1));
    const to = y * rect.width + Math.min(rect.width, Math.max(0, piece.x - rect.x + piece.width + 1));
    mask.fill(value, from, to);
  }
}
