import type { GreyRaster } from "../../model/page.ts";
import type { MrzReading } from "../../model/reading.ts";
import type { IsoDate } from "../../model/time.ts";
import { cutLine, sizeOfLine } from "../attachment/cut-line.ts";
import type { LineReader, TextLine } from "../attachment/ports.ts";
import { softenRaster } from "../attachment/soften-raster.ts";
import { shiftLine, type ZonePlace } from "./find-zones.ts";
import { type Columns, fitColumns } from "./fit-columns.ts";
import { MRZ_ALPHABET, MRZ_FORMATS, type MrzFormat } from "./mrz-format.ts";
import { holds, parseMrz } from "./parse-mrz.ts";
import { settleLines } from "./settle-lines.ts";
import { weighByStateCodes } from "./state-codes.ts";
import { stretchContrast } from "./stretch-contrast.ts";
import { voteLines } from "./vote-lines.ts";

/** How one re-read differs from the others: the recogniser errs differently on each. */
interface Variant {
  /** Height of the crop in line pitches. */
  readonly height: number;
  readonly stretch: number;
  readonly hasContrast: boolean;
  /** Softening, pixels at crop height; a scan is read well either hard or soft. */
  readonly softnessPx: number;
}

const VARIANTS: readonly Variant[] = [
  { height: 0.95, stretch: 1.1, hasContrast: false, softnessPx: 0 },
  { height: 1, stretch: 1.15, hasContrast: false, softnessPx: 2 },
  { height: 0.8, stretch: 0.95, hasContrast: true, softnessPx: 0 },
  { height: 1.1, stretch: 1.3, hasContrast: true, softnessPx: 2 },
  { height: 1.1, stretch: 1.3, hasContrast: false, softnessPx: 0 },
  { height: 0.9, stretch: 1, hasContrast: false, softnessPx: 3 },
  { height: 0.9, stretch: 1.2, hasContrast: true, softnessPx: 1 },
];
const CROP_HEIGHT_PX = 48;
/** A re-read whose characters are on average this much less sure than the best one's has no vote. */
const WEAK_READ = 0.1;
/** Re-reads before a first decision, and the confidence that ends re-reading. */
const FIRST_READS = 2;
const SURE = 0.9;
/** Characters added at both ends of a line, line heights: a detector cuts the first letter and the last fillers. */
const END_HEIGHTS = 0.9;
/** Checks that a zone holds at least, unless every character of it is this clear (specimens print wrong check digits). */
const LEAST_CHECKS = 2;
const CLEAR = 0.35;

/** A character that a check digit chose is at most this sure: one in ten wrong choices passes a check. */
const REPAIRED_CONFIDENCE = 0.7;

/**
 * Returns what a machine-readable zone says; null when the place holds none.
 *
 * Every line is read from several crops; the characters are put into the zone's even columns, the re-reads vote
 * column by column, and check digits choose among what was seen. `confidence` is that of the least sure character,
 * names included: check digits do not cover names.
 */
export async function readMrz(raster: GreyRaster, zone: ZonePlace, reader: LineReader, today: IsoDate): Promise<MrzReading | null> {
  let best: Candidate | null = null;
  for (const { format, lines } of hypothesesOf(zone)) {
    const candidate = await readAs(raster, lines, format, reader, today);
    if (candidate !== null && (best === null || candidate.rank > best.rank)) best = candidate;
    if (candidate?.mrz.checksHold === true) break;
  }
  return best === null || (best.checks < LEAST_CHECKS && best.mrz.confidence < CLEAR) ? null : best.mrz;
}

interface Candidate {
  readonly mrz: MrzReading;
  readonly checks: number;
  readonly rank: number;
}

interface Hypothesis {
  readonly format: MrzFormat;
  readonly lines: readonly TextLine[];
}

/** Three lines are a card; two are a passport or a card with a line that was not found. */
function hypothesesOf({ lines }: ZonePlace): Hypothesis[] {
  const hypotheses: Hypothesis[] = [];
  const pitch = pitchOf(lines);
  for (const format of MRZ_FORMATS) {
    const missing = format.lineCount - lines.length;
    if (missing === 0) hypotheses.push({ format, lines });
    if (missing !== 1) continue;
    const [first] = lines;
    const last = lines.at(-1);
    if (first === undefined || last === undefined) continue;
    hypotheses.push({ format, lines: [shiftLine(first, -pitch), ...lines] }, { format, lines: [...lines, shiftLine(last, pitch)] });
  }
  return hypotheses.toSorted((a, b) => Number(a.lines.length !== lines.length) - Number(b.lines.length !== lines.length));
}

/** Distance between lines, pixels; a single line's from its height (boxes of the detector are about as high as the pitch). */
function pitchOf(lines: readonly TextLine[]): number {
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return 0;
  const height = sizeOfLine(first).heightPx;
  if (lines.length < 2) return height;
  const dx = last.corners[0].x - first.corners[0].x;
  const dy = last.corners[0].y - first.corners[0].y;
  return Math.hypot(dx, dy) / (lines.length - 1);
}

async function readAs(
  raster: GreyRaster,
  lines: readonly TextLine[],
  format: MrzFormat,
  reader: LineReader,
  today: IsoDate,
): Promise<Candidate | null> {
  const reads: Read[] = [];
  let best: Candidate | null = null;
  for (const [index, variant] of VARIANTS.entries()) {
    if (isKnownWeak(variant, reads)) continue;
    const read = await readOnce(raster, lines, format, variant, reader);
    if (read !== null) reads.push(read);
    if (index + 1 < FIRST_READS || reads.length === 0) continue;
    const sure = Math.max(...reads.map(({ confidence }) => confidence));
    const voters = reads.filter(({ confidence }) => confidence >= sure - WEAK_READ);
    best = decide(
      voters.map(({ columns }) => columns),
      format,
      today,
    );
    if (best.mrz.checksHold && best.mrz.confidence >= SURE && voters.length > 1) break;
    if (index + 1 === FIRST_READS && best.checks === 0 && best.mrz.confidence < 0.2) break;
  }
  return best;
}

/** One re-read of a zone. */
interface Read {
  readonly columns: readonly Columns[];
  /** Mean confidence of its characters. */
  readonly confidence: number;
  readonly isSoft: boolean;
}

/** Once hard and soft crops were both tried, the kind that reads worse is left out. */
function isKnownWeak({ softnessPx }: Variant, reads: readonly Read[]): boolean {
  if (reads.length < FIRST_READS) return false;
  const best = (isSoft: boolean): number =>
    Math.max(0, ...reads.filter((read) => read.isSoft === isSoft).map(({ confidence }) => confidence));
  return best(softnessPx > 0) < best(softnessPx === 0) - WEAK_READ;
}

async function readOnce(
  raster: GreyRaster,
  lines: readonly TextLine[],
  format: MrzFormat,
  variant: Variant,
  reader: LineReader,
): Promise<Read | null> {
  const pitch = pitchOf(lines);
  const readings = [];
  for (const line of lines) {
    const { heightPx } = sizeOfLine(line);
    const extendSides = ((variant.height * Math.min(pitch, 1.4 * heightPx)) / heightPx - 1) / 2;
    const cut = cutLine(raster, line, { heightPx: CROP_HEIGHT_PX, extendEnds: END_HEIGHTS, extendSides, stretch: variant.stretch });
    const crop = softenRaster(cut, variant.softnessPx);
    readings.push(await reader.readLine(variant.hasContrast ? stretchContrast(crop) : crop, MRZ_ALPHABET));
  }
  const columns = fitColumns(readings, format.columns, MRZ_ALPHABET.length);
  if (columns === null) return null;
  let sum = 0;
  for (const reading of readings) sum += (reading.confidence * Math.min(reading.characters.length, format.columns)) / format.columns;
  return { columns, confidence: sum / readings.length, isSoft: variant.softnessPx > 0 };
}

function decide(reads: readonly (readonly Columns[])[], format: MrzFormat, today: IsoDate): Candidate {
  const { lines, confidence, repairs } = settleLines(weighByStateCodes(voteLines(reads, format), format), format);
  const checks = format.checks.filter((check) => holds(lines, check, format)).length;
  const mrz = parseMrz(lines, format, repairs === 0 ? confidence : Math.min(confidence, REPAIRED_CONFIDENCE), today);
  return { mrz, checks, rank: checks / format.checks.length + confidence };
}
