import type { GreyRaster, RectPx, Rotation } from "../../model/page.ts";
import { cutLine, scaleLine, sizeOfLine } from "./cut-line.ts";
import type { ReadLine } from "./judge-kind.ts";
import type { AttachmentEngines, LineReading, TextLine } from "./ports.ts";
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
/** A line with a clear lead of letters that reads this well as it lies is not tried turned: upside down print reads far worse. */
const SURE_SHARE = 0.8;
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
  const { rotation, isMirrored, softnessPx, seen } = await voteDirection(part, found, engines, mayBeMirrored);
  const upright = turnUpright(part, rotation);
  const isHardEdged = softnessPx > 0;
  if (isMirrored) return { rotation, isMirrored, upright, isHardEdged, lines: [], lineCount: found.length };
  const uprightLines = rotation === 0 ? found : await detect(upright, engines);
  const places = uprightLines.map(toLying).toSorted(byReadingOrder);
  const lines = await readLines(upright, places, { softnessPx, seen }, engines);
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
  /** Lying lines that were tried, and what they read as they lie. */
  readonly seen: ReadonlyMap<TextLine, LineReading>;
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
  const seen = new Map<TextLine, LineReading>();
  let softnessPx = 0;
  for (const [index, line] of chosen.entries()) {
    const crop = cutLine(part, line, { heightPx: CROP_HEIGHT_PX });
    const ballot = await castVotes(crop, index === 0 ? SOFTNESSES_PX : [softnessPx], engines);
    softnessPx = ballot.softnessPx;
    votes.straight += ballot.straight;
    votes.turned += ballot.turned;
    seen.set(line, ballot.reading);
    if (index + 1 >= MIN_VOTES && isClear(votes)) break;
    if (mayBeMirrored && !ballot.isSure) await castMirroredVote(softenRaster(crop, softnessPx), votes, engines);
  }
  const isTurned = votes.turned > votes.straight;
  const isMirrored = votes.mirrored > Math.max(votes.straight, votes.turned);
  return { rotation: rotationOf(isStanding, isTurned), isMirrored, softnessPx, seen };
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

/** What one line says about the page's direction. */
interface Ballot {
  readonly softnessPx: number;
  /** The line as it lies. */
  readonly reading: LineReading;
  readonly straight: number;
  readonly turned: number;
  /** It reads so well as it lies that it was not tried turned. */
  readonly isSure: boolean;
}

/**
 * Reads a line as it lies and turned, and returns the softness with which it reads best: hard-edged scans are read better
 * softened, grey ones are not.
 */
async function castVotes(crop: GreyRaster, softnessesPx: readonly number[], engines: AttachmentEngines): Promise<Ballot> {
  const ballots: Ballot[] = [];
  for (const softnessPx of softnessesPx) {
    const reading = await engines.reader.readLine(softenRaster(crop, softnessPx));
    ballots.push({ softnessPx, reading, straight: legibilityOf(reading), turned: 0, isSure: isSure(reading) });
  }
  const best = legiblest(ballots);
  if (best.isSure) return best;
  const turned: Ballot[] = [];
  for (const ballot of ballots) {
    const reading = await engines.reader.readLine(turnedCrop(softenRaster(crop, ballot.softnessPx)));
    turned.push({ ...ballot, turned: legibilityOf(reading) });
  }
  return legiblest(turned);
}

function legiblest(ballots: readonly Ballot[]): Ballot {
  const mostOf = ({ straight, turned }: Ballot): number => Math.max(straight, turned);
  return ballots.reduce((best, ballot) => (mostOf(ballot) > mostOf(best) ? ballot : best));
}

async function castMirroredVote(crop: GreyRaster, votes: Votes, engines: AttachmentEngines): Promise<void> {
  const mirrored = mirroredCrop(crop);
  const readings = [await engines.reader.readLine(mirrored), await engines.reader.readLine(turnedCrop(mirrored))];
  votes.mirrored += Math.max(...readings.map(legibilityOf));
}

function rotationOf(isStanding: boolean, isTurned: boolean): Rotation {
  if (isStanding) return isTurned ? 270 : 90;
  return isTurned ? 180 : 0;
}

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** Sum of the sure letters and digits; fillers and strokes look alike from both sides and count nothing. */
function legibilityOf({ characters }: LineReading): number {
  let sum = 0;
  for (const { character, confidence } of characters) if (LETTER_OR_DIGIT.test(character)) sum += confidence ** 4;
  return sum;
}

function isSure(reading: LineReading): boolean {
  const legibility = legibilityOf(reading);
  return legibility >= CLEAR_LEAD && legibility >= SURE_SHARE * reading.characters.length;
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
  { softnessPx, seen }: Pick<Direction, "softnessPx" | "seen">,
  engines: AttachmentEngines,
): Promise<PrintedLine[]> {
  const usual = medianHeight(places);
  const lines: PrintedLine[] = [];
  for (const place of worthReading(places, usual)) {
    const read = async (): Promise<LineReading> =>
      engines.reader.readLine(softenRaster(cutLine(raster, place, { heightPx: CROP_HEIGHT_PX }), softnessPx));
    const { text, confidence } = seen.get(place) ?? (await read());
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
