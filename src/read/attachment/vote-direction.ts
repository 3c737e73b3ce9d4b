import type { GreyRaster, Rotation } from "../../model/page.ts";
import { cutLine, sizeOfLine } from "./cut-line.ts";
import type { AttachmentEngines, LineReading, TextLine } from "./ports.ts";
import { softenRaster } from "./soften-raster.ts";

/** Height of the crops that are read. */
export const CROP_HEIGHT_PX = 48;
/** Softnesses tried on the largest line, pixels at crop height. */
const SOFTNESSES_PX = [0, 2] as const;
/** Lines read both ways before the page's direction is decided, and the lead that ends it early. */
const MAX_VOTES = 6;
const MIN_VOTES = 2;
const CLEAR_LEAD = 6;
/**
 * A line with a clear lead of letters of which this share is sure as it lies is not tried turned: upside down print reads far worse.
 * Fillers of a machine-readable zone are no letters.
 */
const SURE_SHARE = 0.8;
/** Lines shorter than this many times their height say nothing about direction. */
const LEAST_ASPECT = 2;

/** How the lines of a page lie. */
export interface Direction {
  readonly rotation: Rotation;
  readonly isMirrored: boolean;
  /** How much crops are softened before they are read. */
  readonly softnessPx: number;
  /** Lying lines that were tried, and what they read as they lie. */
  readonly seen: ReadonlyMap<TextLine, LineReading>;
}

/** Tells whether a line runs up or down the page. Pure. */
export function isStandingLine({ corners: [a, b] }: TextLine): boolean {
  return Math.abs(b.y - a.y) > Math.abs(b.x - a.x);
}

/**
 * Returns how the page is turned, by what its largest lines read as they lie and turned.
 *
 * @param mayBeMirrored also try whether the print reads better from behind (costs two readings a line)
 */
export async function voteDirection(
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

function isClear({ straight, turned, mirrored }: Votes): boolean {
  const [, less = 0, more = 0] = [straight, turned, mirrored].toSorted((a, b) => a - b);
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
  const letters = reading.characters.filter(({ character }) => LETTER_OR_DIGIT.test(character)).length;
  return legibility >= CLEAR_LEAD && legibility >= SURE_SHARE * letters;
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

/** Returns how many times as long as high a line is. Pure. */
export function aspectOf(line: TextLine): number {
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
