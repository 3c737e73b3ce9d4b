import type { GreyRaster, RectPx, Rotation } from "../../model/page.ts";
import { cutLine, scaleLine, sizeOfLine } from "./cut-line.ts";
import type { ReadLine } from "./judge-kind.ts";
import type { AttachmentEngines, TextLine } from "./ports.ts";
import { cropRaster, reduceRaster } from "./reduce-raster.ts";
import { softenRaster } from "./soften-raster.ts";
import { turnUpright } from "./turn-raster.ts";

/** A line in the pixels of the upright part, corner 0 where reading starts. */
export interface PrintedLine extends ReadLine {
  readonly place: TextLine;
}

/** What is printed on a page and which way up. */
export interface PrintedPage {
  readonly rotation: Rotation;
  /** The print is that of the other side of the sheet, seen from behind. */
  readonly isMirrored: boolean;
  /** The part of the page that was looked at, turned upright. */
  readonly upright: GreyRaster;
  /** Lines that were read, in reading order. */
  readonly lines: readonly PrintedLine[];
  /** Lines that were found, read or not. */
  readonly lineCount: number;
}

/** The detector's picture: at 832 px an A4 page has 71 dpi, cards alone about twice that; 960 px cost twice the time and 150 MB. */
const DETECTION_SIDE_PX = 832;
const CROP_HEIGHT_PX = 48;
/** Softnesses tried, pixels at crop height, and on how many lines. */
const SOFTNESSES_PX = [0, 2] as const;
const SOFTNESS_LINES = 1;
/** Lines read both ways before the page's direction is decided, and the lead that ends it early. */
const MAX_VOTES = 6;
const MIN_VOTES = 2;
const CLEAR_LEAD = 6;
/** Lines shorter than this many times their height say nothing about direction. */
const LEAST_ASPECT = 2;
/** Lines read on a page (18 ms each). */
const MAX_LINES = 26;
/** Lines of a machine-readable zone are at least this many times as long as high, even in pieces. */
const SLENDER_ASPECT = 10;
const MAX_SLENDER = 12;

/**
 * Returns the lines of print in a part of a page and how the page is turned; null when the detector finds none.
 *
 * @param mayBeMirrored also try whether the print reads better from behind (costs two readings a line)
 */
export async function readPrint(
  raster: GreyRaster,
  engines: AttachmentEngines,
  bounds: RectPx,
  mayBeMirrored: boolean,
): Promise<PrintedPage | null> {
  const part = cropRaster(raster, bounds);
  const found = await detect(part, engines);
  if (found.length === 0) return null;
  const { rotation, isMirrored, softnessPx } = await voteDirection(part, found, engines, mayBeMirrored);
  const upright = turnUpright(part, rotation);
  if (isMirrored) return { rotation, isMirrored, upright, lines: [], lineCount: found.length };
  const uprightLines = rotation === 0 ? found : await detect(upright, engines);
  const places = uprightLines.map(toLying).toSorted(byReadingOrder);
  const lines = await readLines(upright, places, softnessPx, engines);
  return { rotation, isMirrored, upright, lines, lineCount: places.length };
}

/** The detector knows standing lines less well than lying ones: a turned page is looked at again once it is upright. */
async function detect(part: GreyRaster, engines: AttachmentEngines): Promise<TextLine[]> {
  const reduced = reduceRaster(part, DETECTION_SIDE_PX);
  return (await engines.detector.findLines(reduced)).map((line) => scaleLine(line, part.widthPx / reduced.widthPx));
}

interface Direction {
  readonly rotation: Rotation;
  readonly isMirrored: boolean;
  /** How much crops are softened before they are read. */
  readonly softnessPx: number;
}

function isStandingLine({ corners: [a, b] }: TextLine): boolean {
  return Math.abs(b.y - a.y) > Math.abs(b.x - a.x);
}

async function voteDirection(
  raster: GreyRaster,
  lines: readonly TextLine[],
  engines: AttachmentEngines,
  mayBeMirrored: boolean,
): Promise<Direction> {
  const long = lines.filter((line) => aspectOf(line) >= LEAST_ASPECT);
  const voters = long.length > 0 ? long : lines;
  const standing = voters.filter(isStandingLine);
  const lying = voters.filter((line) => !isStandingLine(line));
  const isStanding = totalLength(standing) > totalLength(lying);
  const chosen = (isStanding ? standing : lying).toSorted((a, b) => areaOf(b) - areaOf(a)).slice(0, MAX_VOTES);
  const softnessPx = await chooseSoftness(raster, chosen, engines);
  let straight = 0;
  let turned = 0;
  let mirrored = 0;
  for (const [index, line] of chosen.entries()) {
    const crop = softenRaster(cutLine(raster, line, { heightPx: CROP_HEIGHT_PX }), softnessPx);
    straight += await legibilityOf(crop, engines);
    turned += await legibilityOf(turnedCrop(crop), engines);
    if (index + 1 >= MIN_VOTES && Math.abs(straight - turned) >= CLEAR_LEAD && Math.max(straight, turned) >= 2 * Math.min(straight, turned))
      break;
    if (!mayBeMirrored) continue;
    mirrored += Math.max(await legibilityOf(mirroredCrop(crop), engines), await legibilityOf(mirroredCrop(turnedCrop(crop)), engines));
  }
  const isTurned = turned > straight;
  const best = Math.max(straight, turned);
  return { rotation: rotationOf(isStanding, isTurned), isMirrored: mirrored > best, softnessPx };
}

/** Hard-edged scans are read better when softened, grey ones are not: the largest lines tell. */
async function chooseSoftness(raster: GreyRaster, lines: readonly TextLine[], engines: AttachmentEngines): Promise<number> {
  let best = 0;
  let most = -1;
  for (const softnessPx of SOFTNESSES_PX) {
    let sum = 0;
    for (const line of lines.slice(0, SOFTNESS_LINES)) {
      const crop = softenRaster(cutLine(raster, line, { heightPx: CROP_HEIGHT_PX }), softnessPx);
      sum += Math.max(await legibilityOf(crop, engines), await legibilityOf(turnedCrop(crop), engines));
    }
    if (sum > most) {
      most = sum;
      best = softnessPx;
    }
  }
  return best;
}

function rotationOf(isStanding: boolean, isTurned: boolean): Rotation {
  if (isStanding) return isTurned ? 270 : 90;
  return isTurned ? 180 : 0;
}

/** Sum of the sure letters and digits; fillers and strokes look alike from both sides and count nothing. */
async function legibilityOf(crop: GreyRaster, engines: AttachmentEngines): Promise<number> {
  const { characters } = await engines.reader.readLine(crop);
  let sum = 0;
  for (const { character, confidence } of characters) if (/[\p{L}\p{N}]/u.test(character)) sum += confidence ** 4;
  return sum;
}

function turnedCrop(crop: GreyRaster): GreyRaster {
  return { ...crop, data: crop.data.toReversed() };
}

function mirroredCrop(crop: GreyRaster): GreyRaster {
  const data = new Uint8Array(crop.data.length);
  for (let row = 0; row < crop.heightPx; row++) {
    const from = row * crop.widthPx;
    data.set(crop.data.subarray(from, from + crop.widthPx).toReversed(), from);
  }
  return { ...crop, data };
}

function aspectOf(line: TextLine): number {
  const { lengthPx, heightPx } = sizeOfLine(line);
  return lengthPx / Math.max(1, heightPx);
}

function areaOf(line: TextLine): number {
  const { lengthPx, heightPx } = sizeOfLine(line);
  return lengthPx * heightPx * line.score;
}

function totalLength(lines: readonly TextLine[]): number {
  let sum = 0;
  for (const line of lines) sum += sizeOfLine(line).lengthPx * line.score;
  return sum;
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

async function readLines(
  raster: GreyRaster,
  places: readonly TextLine[],
  softnessPx: number,
  engines: AttachmentEngines,
): Promise<PrintedLine[]> {
  const usual = medianHeight(places);
  const lines: PrintedLine[] = [];
  for (const place of worthReading(places)) {
    const crop = softenRaster(cutLine(raster, place, { heightPx: CROP_HEIGHT_PX }), softnessPx);
    const { text, confidence } = await engines.reader.readLine(crop);
    lines.push({ place, text, confidence, relativeHeight: sizeOfLine(place).heightPx / usual });
  }
  return lines;
}

/** The longest lines (a machine-readable zone is among them wherever it lies) and the first ones of the page, in reading order. */
function worthReading(places: readonly TextLine[]): TextLine[] {
  const slender = places.filter((place) => aspectOf(place) >= SLENDER_ASPECT).toSorted((a, b) => aspectOf(b) - aspectOf(a));
  const chosen = new Set(slender.slice(0, MAX_SLENDER));
  for (const place of places) if (chosen.size < MAX_LINES) chosen.add(place);
  return places.filter((place) => chosen.has(place));
}

function medianHeight(places: readonly TextLine[]): number {
  const heights = places.map((place) => sizeOfLine(place).heightPx).toSorted((a, b) => a - b);
  return Math.max(1, heights[Math.floor(heights.length / 2)] ?? 1);
}
