import type { GreyRaster, RectPx, Rotation } from "../../model/page.ts";
import { cutLine, scaleLine, sizeOfLine } from "./cut-line.ts";
import type { ReadLine } from "./judge-kind.ts";
import type { AttachmentEngines, TextLine } from "./ports.ts";
import { cropRaster, reduceRaster } from "./reduce-raster.ts";
import { softenRaster } from "./soften-raster.ts";
import { turnUpright } from "./turn-raster.ts";
import { aspectOf, CROP_HEIGHT_PX, type Direction, isStandingLine, voteDirection } from "./vote-direction.ts";

/** A line in the pixels of the upright part, corner 0 where reading starts. */
export interface PrintedLine extends ReadLine {
  readonly place: TextLine;
}

/** Where print lies on a page and which way up; what it says is read line by line when it is asked for. */
export interface PrintedPage {
  readonly rotation: Rotation;
  /** The print is that of the other side of the sheet, seen from behind. */
  readonly isMirrored: boolean;
  /** The part of the page that was looked at, turned upright. */
  readonly upright: GreyRaster;
  /** A black-and-white scan: it reads better softened. */
  readonly isHardEdged: boolean;
  /** Lines that were found, in reading order; none when mirrored. */
  readonly places: readonly TextLine[];
  /** Reads some of the found lines, each once however often it is asked for; in the order of `places`. */
  readonly read: (places: readonly TextLine[]) => Promise<PrintedLine[]>;
}

/** The detector's picture: at 832 px an A4 page has 71 dpi, cards alone about twice that; 960 px cost twice the time and 150 MB. */
const DETECTION_SIDE_PX = 832;
/** Print is looked at again when it then is so many times as large in the detector's picture. */
const LEAST_GAIN = 1.5;
/** Kept around the found lines, in lengths of the longer side around them: titles at the edge of a card may have been missed. */
const CLOSE_UP_MARGIN = 0.3;
/** Lines read on a page (18 ms each). */
const MAX_LINES = 18;
/** Lines of a machine-readable zone are at least this many times as long as high, even in pieces. */
const SLENDER_ASPECT = 10;
const MAX_SLENDER = 8;
/** Lines whose heights differ by less than this part of the usual height rank alike. */
const HEIGHT_RANKS = 5;

/**
 * Returns the lines of print in a part of a page and how the page is turned; null when the detector finds none.
 *
 * @param mayBeMirrored also try whether the print reads better from behind (costs two readings a line)
 */
export async function findPrint(
  raster: GreyRaster,
  engines: AttachmentEngines,
  bounds: RectPx,
  mayBeMirrored: boolean,
): Promise<PrintedPage | null> {
  const part = cropRaster(raster, bounds);
  const found = await detect(part, engines);
  if (found.length === 0) return null;
  const direction = await voteDirection(part, found, engines, mayBeMirrored);
  const { rotation, isMirrored, softnessPx } = direction;
  const upright = turnUpright(part, rotation);
  const places = isMirrored ? [] : await findUpright(upright, found, rotation, engines);
  const read = lineReaderOf(upright, places, direction, engines);
  return { rotation, isMirrored, upright, isHardEdged: softnessPx > 0, places, read };
}

/** The detector knows standing lines less well than lying ones: a turned page is looked at again once it is upright. */
async function findUpright(
  upright: GreyRaster,
  found: readonly TextLine[],
  rotation: Rotation,
  engines: AttachmentEngines,
): Promise<TextLine[]> {
  const lines = rotation === 0 ? found : await detect(upright, engines);
  return lines.map(toLying).toSorted(byReadingOrder);
}

/**
 * Finds the lines of a part of a page; print that covers little of it is looked at again from close by. Of a card on a photographed
 * sheet the first look finds some words and no titles: its letters are 6 px high in the detector's picture.
 */
async function detect(part: GreyRaster, engines: AttachmentEngines): Promise<TextLine[]> {
  const far = await look(part, engines);
  const near = closeUpOf(far, part);
  if (near === null) return far;
  const close = await look(cropRaster(part, near), engines);
  const offset = { x: Math.floor(near.x), y: Math.floor(near.y) };
  return [...close.map((line) => scaleLine(line, 1, offset)), ...far.filter((line) => !liesWithin(line, near))];
}

async function look(part: GreyRaster, engines: AttachmentEngines): Promise<TextLine[]> {
  const reduced = reduceRaster(part, DETECTION_SIDE_PX);
  return (await engines.detector.findLines(reduced)).map((line) => scaleLine(line, part.widthPx / reduced.widthPx));
}

/** Returns where the found lines lie with what may have been missed beside them; null when a closer look would show no more. */
function closeUpOf(lines: readonly TextLine[], part: GreyRaster): RectPx | null {
  if (lines.length === 0) return null;
  const corners = lines.flatMap((line) => line.corners);
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [left, top, right, bottom] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  const margin = CLOSE_UP_MARGIN * Math.max(right - left, bottom - top);
  // The detector sees every pixel of a part of its own size: a smaller one would hide what lies around and show no more.
  const wide = (side: number): number => Math.max(side + 2 * margin, DETECTION_SIDE_PX);
  const [width, height] = [wide(right - left), wide(bottom - top)];
  const near = { x: Math.max(0, (left + right - width) / 2), y: Math.max(0, (top + bottom - height) / 2), width, height };
  const gain = Math.max(part.widthPx, part.heightPx) / Math.max(width, height);
  return gain < LEAST_GAIN ? null : near;
}

function liesWithin({ corners: [a, , c] }: TextLine, { x, y, width, height }: RectPx): boolean {
  const [centreX, centreY] = [(a.x + c.x) / 2, (a.y + c.y) / 2];
  return centreX >= x && centreX <= x + width && centreY >= y && centreY <= y + height;
}

/** A short line whose box stands (a lone digit) is taken as lying. */
function toLying(line: TextLine): TextLine {
  const [a, b, c, d] = line.corners;
  return isStandingLine(line) ? { corners: [d, a, b, c], score: line.score } : line;
}

function byReadingOrder(a: TextLine, b: TextLine): number {
  const [first, second] = [a.corners[0], b.corners[0]];
  const isSameRow = Math.abs(first.y - second.y) < Math.min(sizeOfLine(a).heightPx, sizeOfLine(b).heightPx) / 2;
  return isSameRow ? first.x - second.x : first.y - second.y;
}

function lineReaderOf(
  upright: GreyRaster,
  places: readonly TextLine[],
  { softnessPx, seen }: Pick<Direction, "softnessPx" | "seen">,
  engines: AttachmentEngines,
): PrintedPage["read"] {
  const usual = medianHeight(places);
  const lines = new Map<TextLine, PrintedLine>();
  const readLine = async (place: TextLine): Promise<PrintedLine> => {
    const crop = (): GreyRaster => softenRaster(cutLine(upright, place, { heightPx: CROP_HEIGHT_PX }), softnessPx);
    const { text, confidence } = seen.get(place) ?? (await engines.reader.readLine(crop()));
    return { place, text, confidence, relativeHeight: sizeOfLine(place).heightPx / usual };
  };
  return async (wanted) => {
    const read: PrintedLine[] = [];
    for (const place of places) {
      if (!wanted.includes(place)) continue;
      const line = lines.get(place) ?? (await readLine(place));
      lines.set(place, line);
      read.push(line);
    }
    return read;
  };
}

/** Returns the longest lines: a machine-readable zone is among them wherever it lies. Pure. */
export function slenderLines(places: readonly TextLine[]): TextLine[] {
  const slender = places.filter((place) => aspectOf(place) >= SLENDER_ASPECT).toSorted((a, b) => aspectOf(b) - aspectOf(a));
  return slender.slice(0, MAX_SLENDER);
}

/**
 * Returns the lines that tell most of a page: the longest, then the tallest (titles and names are printed larger than labels).
 * Pure; in reading order.
 */
export function worthReading(places: readonly TextLine[]): TextLine[] {
  const usual = medianHeight(places);
  const chosen = new Set(slenderLines(places));
  const rank = (place: TextLine): number => Math.round((sizeOfLine(place).heightPx / usual) * HEIGHT_RANKS);
  for (const place of places.toSorted((a, b) => rank(b) - rank(a))) if (chosen.size < MAX_LINES) chosen.add(place);
  return places.filter((place) => chosen.has(place));
}

function medianHeight(places: readonly TextLine[]): number {
  const heights = places.map((place) => sizeOfLine(place).heightPx).toSorted((a, b) => a - b);
  return Math.max(1, heights[Math.floor(heights.length / 2)] ?? 1);
}
