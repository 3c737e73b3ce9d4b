import type { GreyRaster, RectPx } from "../../model/page.ts";
import { findPieces, type InkPiece } from "./find-pieces.ts";
import { joinBands, MIN_LETTER_MM } from "./join-bands.ts";
import { type LineShape, toLineShape } from "./line-shape.ts";
import { cutRaster, PAPER, pxPerMmOf, resizeRaster } from "./raster-ops.ts";
import type { ZoneInk } from "./zone-ink.ts";

/** Text that runs over the edge of its area has a letter this near to it, and the next one as near behind, mm. */
const NEAR_EDGE_MM = 0.7;
/** A letter that ends this far behind the edge of its area touches the box, mm. */
const EDGE_MM = 0.2;
/** A box's line with the letter on it leaves a gap of at most this much, mm. */
const EATEN_MM = 1.8;
/** White margin around a line for the readers, mm. */
const MARGIN_MM = 0.7;

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
  /** True when the text runs over the right edge of its area: its last letter may be hidden by the box or missing. */
  readonly isCutOff: boolean;
  /** True when other ink crosses a line: a stroke from elsewhere or a strike takes letters with it when it is left out. */
  readonly isCrossed: boolean;
  /** Tallest piece of ink that belongs to a line, mm. */
  readonly tallestMm: number;
}

/** Splits a zone's ink into lines of text, top to bottom, each trimmed to its ink with a white margin. Pure. */
export function findLines(ink: ZoneInk): ZoneLines {
  const pxPerMm = pxPerMmOf(ink.raster);
  const all = findPieces(ink.raster);
  const pieces = withoutNeighbour(
    all.filter((piece) => belongsToZone(piece, ink)),
    ink,
  );
  const bands = joinBands(pieces, pxPerMm);
  const rects = bands.map((band) => boundsOf(band)).map((bounds) => grown(bounds, Math.round(MARGIN_MM * pxPerMm)));
  const lines = bands.map((band, index) => enlarged(cutWithout(ink.raster, all, new Set(band), rects[index] ?? boundsOf(band))));
  const inkPixels = bands.flat().reduce((sum, piece) => sum + piece.pixels, 0);
  const allPixels = pieces.reduce((sum, piece) => sum + piece.pixels, 0);
  const tallest = Math.max(0, ...bands.flat().map((piece) => piece.height));
  const shapes = bands.map((band) => toLineShape(band));
  return {
    lines,
    rects,
    shapes,
    inkMm2: inkPixels / pxPerMm ** 2,
    allInkMm2: allPixels / pxPerMm ** 2,
    isCutOff: bands.some((band) => runsOver(boundsOf(band), all, ink)),
    isCrossed: bands.some((band) => isCrossed(band, all)),
    tallestMm: tallest / pxPerMm,
  };
}

/** Text starts inside its writing area; what only touches the rim is a neighbour's ink or a rest of the form's lines. */
function belongsToZone(piece: InkPiece, { area, raster }: ZoneInk): boolean {
  const middleY = piece.y + piece.height / 2;
  if (middleY < area.y || middleY > area.y + area.height) return false;
  if (piece.x + piece.width / 2 < area.x) return false;
  const isRule = piece.width > 12 * piece.height || (piece.height > 8 * piece.width && piece.height > area.height * 0.8);
  return !isRule || piece.height > MIN_LETTER_MM * pxPerMmOf(raster) * 3;
}

/**
 * Leaves out ink beyond the right edge of the writing area unless the text really runs over it: the next box's text begins
 * as near as 1.5 mm behind the edge.
 */
function withoutNeighbour(pieces: readonly InkPiece[], { area, raster }: ZoneInk): InkPiece[] {
  const near = NEAR_EDGE_MM * pxPerMmOf(raster);
  const edge = area.x + area.width;
  let reach = Math.max(0, ...pieces.filter(({ x }) => x < edge).map(({ x, width }) => x + width));
  const kept = pieces.filter(({ x }) => x < edge);
  for (const piece of pieces.filter(({ x }) => x >= edge).toSorted((a, b) => a.x - b.x)) {
    if (reach < edge - near || piece.x - reach > near) break;
    kept.push(piece);
    reach = Math.max(reach, piece.x + piece.width);
  }
  return kept;
}

/**
 * Tells whether a line touches the right edge of its area, or ends near it with more ink just behind: taking away the box's own
 * line may have eaten the letter that stood on it. Where no box follows, any letter behind the edge is this text's own.
 */
function runsOver(line: RectPx, all: readonly InkPiece[], { area, raster, hasNextBox }: ZoneInk): boolean {
  const pxPerMm = pxPerMmOf(raster);
  const edge = area.x + area.width;
  const end = line.x + line.width;
  if (end > edge + EDGE_MM * pxPerMm) return true;
  const behind = all.filter(({ x, y, height }) => x >= end && y < line.y + line.height && y + height > line.y);
  if (!hasNextBox) return behind.some(({ x, height }) => x >= edge && height >= MIN_LETTER_MM * pxPerMm);
  return end >= edge - EATEN_MM * pxPerMm && behind.some(({ x }) => x < edge + EATEN_MM * pxPerMm);
}

/** Left-out ink that reaches this far into a line crosses it, in heights of the line; specks and neighbours do not. */
const CROSSING_SHARE = 0.4;
/** A flat stroke strikes a line out when it lies in its middle and is this long, in heights of the line. */
const STRIKE_MIDDLE = { from: 0.2, to: 0.85 } as const;
const STRIKE_LENGTH = 1.5;

/** Tells whether ink that was left out of a line stands between its letters. */
function isCrossed(band: readonly InkPiece[], all: readonly InkPiece[]): boolean {
  const own = new Set(band);
  const line = boundsOf(band);
  return all.some((piece) => {
    if (own.has(piece)) return false;
    const across = Math.min(piece.x + piece.width, line.x + line.width) - Math.max(piece.x, line.x);
    if (across <= 0) return false;
    const shared = Math.min(piece.y + piece.height, line.y + line.height) - Math.max(piece.y, line.y);
    if (shared >= CROSSING_SHARE * line.height) return true;
    const middle = (piece.y + piece.height / 2 - line.y) / line.height;
    return middle > STRIKE_MIDDLE.from && middle < STRIKE_MIDDLE.to && across >= STRIKE_LENGTH * line.height;
  });
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

/** Resolution that both readers like: a 10 pt capital is then about 30 px high. */
const ENGINE_DPI = 300;

function enlarged(line: GreyRaster): GreyRaster {
  if (line.dpi >= ENGINE_DPI * 0.9) return line;
  const scale = ENGINE_DPI / line.dpi;
  return { ...resizeRaster(line, Math.round(line.widthPx * scale), Math.round(line.heightPx * scale)), dpi: ENGINE_DPI };
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
