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
  /** A black-and-white scan: it reads better softened. */
  readonly isHardEdged: boolean;
  /** Lines that were read, in reading order. */
  readonly lines: readonly PrintedLine[];
  /** Lines that were found, read or not. */
  readonly lineCount: number;
}

/** The detector's picture: at 832 px an A4 page has 71 dpi, cards alone about twice that; 960 px cost twice the time and 150 MB. */
const DETECTION_SIDE_PX = 832;
const CROP_HEIGHT_PX = 48;
/** Softnesses tried on the largest line, pixels at crop height. */
const SOFTNESSES_PX = [0, 2] as const;
/** Lines read both ways before the page's direction is decided, and the lead that ends it early. */
const MAX_VOTES = 6;
const MIN_VOTES = 2;
const CLEAR_LEAD = 6;
/** Lines shorter than this many times their height say nothing about direction. */
const LEAST_ASPECT = 2;
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
  const isHardEdged = softnessPx > 0;
  if (isMirrored) return { rotation, isMirrored, upright, isHardEdged, lines: [], lineCount: found.length };
  const uprightLines = rotation === 0 ? found : await detect(upright, engines);
  const places = uprightLines.map(toLying).toSorted(byReadingOrder);
  const lines = await readLines(upright, places, softnessPx, engines);
  return { rotation, isMirrored, upright, isHardEdged, lines, lineCount: places.length };
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
  part: GreyRaster,
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
  const votes: Votes = { straight: 0, turned: 0, mirrored: 0 };
  let softnessPx = 0;
  for (const [index, line] of chosen.entries()) {
    const crop = cutLine(part, line, { heightPx: CROP_HEIGHT_PX });
    if (index === 0) softnessPx = await castFirstVotes(crop, votes, engines);
    else await castVotes(softenRaster(crop, softnessPx), votes, engines);
    if (index + 1 >= MIN_VOTES && isClear(votes)) break;
    if (mayBeMirrored) await castMirroredVote(softenRaster(crop, softnessPx), votes, engines);
  }
  const isTurned = votes.turned > votes.straight;
  return { rotation: rotationOf(isStanding, isTurned), isMirrored: votes.mirrored > Math.max(votes.straight, votes.turned), softnessPx };
}

interface Votes {
  straight: number;
  turned: number;
  mirrored: number;
}

function isClear({ straight, turned }: Votes): boolean {
  const [more, less] = straight > turned ? [straight, turned] : [turned, straight];
  return more - less >= CLEAR_LEAD && more >= 2 * less;
}

async function castVotes(crop: GreyRaster, votes: Votes, engines: AttachmentEngines): Promise<void> {
  votes.straight += await legibilityOf(crop, engines);
  votes.turned += await legibilityOf(turnedCrop(crop), engines);
}

/** Returns the softness with which the line reads best: hard-edged scans are read better softened, grey ones are not. */
async function castFirstVotes(crop: GreyRaster, votes: Votes, engines: AttachmentEngines): Promise<number> {
  let best = -1;
  let softness = 0;
  for (const softnessPx of SOFTNESSES_PX) {
    const cast: Votes = { straight: 0, turned: 0, mirrored: 0 };
    await castVotes(softenRaster(crop, softnessPx), cast, engines);
    const most = Math.max(cast.straight, cast.turned);
    if (most <= best) continue;
    best = most;
    softness = softnessPx;
    Object.assign(votes, cast);
  }
  return softness;
}

async function castMirroredVote(crop: GreyRaster, votes: Votes, engines: AttachmentEngines): Promise<void> {
  const mirrored = mirroredCrop(crop);
  votes.mirrored += Math.max(await legibilityOf(mirrored, engines), await legibilityOf(turnedCrop(mirrored), engines));
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
  for (const place of worthReading(places, usual)) {
    const crop = softenRaster(cutLine(raster, place, { heightPx: CROP_HEIGHT_PX }), softnessPx);
    const { text, confidence } = await engines.reader.readLine(crop);
    lines.push({ place, text, confidence, relativeHeight: sizeOfLine(place).heightPx / usual });
  }
  return lines;
}

/**
 * The longest lines (a machine-readable zone is among them wherever it lies), then the tallest: titles and names are
 * printed larger than labels. In reading order.
 */
function worthReading(places: readonly TextLine[], usual: number): TextLine[] {
  const slender = places.filter((place) => aspectOf(place) >= SLENDER_ASPECT).toSorted((a, b) => aspectOf(b) - aspectOf(a));
  const chosen = new Set(slender.slice(0, MAX_SLENDER));
  const rank = (place: TextLine): number => Math.round((sizeOfLine(place).heightPx / usual) * HEIGHT_RANKS);
  for (const place of places.toSorted((a, b) => rank(b) - rank(a))) if (chosen.size < MAX_LINES) chosen.add(place);
  return places.filter((place) => chosen.has(place));
}

function medianHeight(places: readonly TextLine[]): number {
  const heights = places.map((place) => sizeOfLine(place).heightPx).toSorted((a, b) => a - b);
  return Math.max(1, heights[Math.floor(heights.length / 2)] ?? 1);
}
