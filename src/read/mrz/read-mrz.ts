import type { GreyRaster } from "../../model/page.ts";
import type { MrzReading } from "../../model/reading.ts";
import type { IsoDate } from "../../model/time.ts";
import type { LineReader, TextLine } from "../attachment/ports.ts";
import { acceptedFields } from "./accepted-fields.ts";
import { shiftLine, type ZonePlace } from "./find-zones.ts";
import { MRZ_SIZES, type MrzFormat } from "./mrz-format.ts";
import { holds, parseMrz } from "./parse-mrz.ts";
import { GREY_VARIANTS, HARD_EDGED_VARIANTS, pitchOf, readVariant } from "./read-variant.ts";
import { settleLines } from "./settle-lines.ts";
import { weighByStateCodes } from "./state-codes.ts";
import { type LineRead, voteLines } from "./vote-lines.ts";

/** Re-reads before a first decision, and the confidence that ends re-reading. */
const FIRST_READS = 2;
const SURE = 0.8;
/** A zone that is this sure is of this format, even if its check digits are wrong. */
const CONVINCING = 0.5;
/** A first decision without any right check digit and less sure than this ends a hypothesis. */
const HOPELESS = 0.2;
/** Checks that a zone holds at least, unless every character of it is this clear (specimens print wrong check digits). */
const LEAST_CHECKS = 2;
const CLEAR = 0.35;

/** A format without a check digit over the whole zone is taken when its document code is at least this sure. */
const FORMAT_SEEN = 0.3;

/** A character that a check digit chose is at most this sure: one in ten wrong choices passes a check. */
const REPAIRED_CONFIDENCE = 0.7;

/** The upright page that a zone lies on and what reads it. */
export interface MrzSource {
  readonly raster: GreyRaster;
  /** A black-and-white scan: its crops are softened. */
  readonly isHardEdged: boolean;
  readonly reader: LineReader;
  readonly today: IsoDate;
}

/**
 * Returns what a machine-readable zone says; null when the place holds none.
 *
 * Every line is read from several crops; the characters are put into the zone's even columns, the re-reads vote
 * column by column, and check digits choose among what was seen. `confidence` is that of the least sure character,
 * names included: check digits do not cover names.
 */
export async function readMrz(source: MrzSource, zone: ZonePlace): Promise<MrzReading | null> {
  let best: Candidate | null = null;
  for (const hypothesis of hypothesesOf(zone)) {
    const candidate = await readAs(source, hypothesis);
    if (candidate !== null && (best === null || candidate.rank > best.rank)) best = candidate;
    if (candidate !== null && (candidate.mrz.checksHold || candidate.mrz.confidence >= CONVINCING)) break;
  }
  return best === null || (best.checks < LEAST_CHECKS && best.mrz.confidence < CLEAR) ? null : best.mrz;
}

interface Candidate {
  readonly mrz: MrzReading;
  readonly checks: number;
  readonly rank: number;
}

interface Hypothesis {
  /** Of one size. */
  readonly formats: readonly MrzFormat[];
  readonly lines: readonly TextLine[];
}

/**
 * Three lines are a card, or a passport's two with a line of print above or below; two are a passport, or a card of
 * which a line was not found.
 */
function hypothesesOf({ lines }: ZonePlace): Hypothesis[] {
  const whole: Hypothesis[] = [];
  const partial: Hypothesis[] = [];
  const pitch = pitchOf(lines);
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return [];
  for (const formats of MRZ_SIZES) {
    const missing = (formats[0]?.lineCount ?? 0) - lines.length;
    if (missing === 0) whole.push({ formats, lines });
    if (missing === 1)
      partial.push({ formats, lines: [shiftLine(first, -pitch), ...lines] }, { formats, lines: [...lines, shiftLine(last, pitch)] });
    if (missing === -1) partial.push({ formats, lines: lines.slice(1) }, { formats, lines: lines.slice(0, -1) });
  }
  return [...whole, ...partial];
}

async function readAs({ raster, reader, today, isHardEdged }: MrzSource, { formats, lines }: Hypothesis): Promise<Candidate | null> {
  const columns = formats[0]?.columns ?? 0;
  const reads: LineRead[][] = [];
  let best: Candidate | null = null;
  for (const [index, variant] of (isHardEdged ? HARD_EDGED_VARIANTS : GREY_VARIANTS).entries()) {
    const read = await readVariant(raster, { lines, columns }, variant, reader);
    if (read !== null) reads.push(read);
    if (index + 1 < FIRST_READS || reads.length === 0) continue;
    best = bestOf(formats.flatMap((format) => decide(reads, format, today) ?? []));
    if (best === null) continue;
    if (best.mrz.checksHold && best.mrz.confidence >= SURE && reads.length > 1) break;
    if (index + 1 === FIRST_READS && best.checks === 0 && best.mrz.confidence < HOPELESS) break;
  }
  return best;
}

function bestOf(candidates: readonly Candidate[]): Candidate | null {
  return candidates.toSorted((a, b) => b.rank - a.rank)[0] ?? null;
}

/** Null when the zone's first letter, which names its format, is another one. */
function decide(reads: readonly (readonly LineRead[])[], format: MrzFormat, today: IsoDate): Candidate | null {
  const settled = settleLines(weighByStateCodes(voteLines(reads, format), format), format);
  const { lines, repairs } = settled;
  if (format.firstLetterDecides && (settled.confidences.get("documentCode") ?? 0) < FORMAT_SEEN) return null;
  const checks = format.checks.filter((check) => holds(lines, check, format)).length;
  const confidence = repairs === 0 ? settled.confidence : Math.min(settled.confidence, REPAIRED_CONFIDENCE);
  const mrz = parseMrz(lines, format, confidence, today);
  return { mrz: { ...mrz, accepted: acceptedFields(settled, mrz) }, checks, rank: checks / format.checks.length + settled.confidence };
}
