import type { GreyRaster } from "../../model/page.ts";
import { cutLine, sizeOfLine } from "../attachment/cut-line.ts";
import type { LineReader, LineReading, TextLine } from "../attachment/ports.ts";
import { softenRaster } from "../attachment/soften-raster.ts";
import { fitColumns } from "./fit-columns.ts";
import { MRZ_ALPHABET } from "./mrz-format.ts";
import { stretchContrast } from "./stretch-contrast.ts";
import type { LineRead } from "./vote-lines.ts";

/** How one re-read differs from the others: the recogniser errs differently on each. */
export interface Variant {
  /** Height of the crop in line pitches. */
  readonly height: number;
  readonly stretch: number;
  readonly hasContrast: boolean;
  /** Softening, pixels at crop height; a scan is read well either hard or soft. */
  readonly softnessPx: number;
}

/** Tinted cards and photographs: level contrast with a little softening reads best. */
export const GREY_VARIANTS: readonly Variant[] = [
  { height: 0.9, stretch: 1.2, hasContrast: true, softnessPx: 1 },
  { height: 1, stretch: 1.15, hasContrast: true, softnessPx: 2 },
  { height: 0.95, stretch: 1.1, hasContrast: false, softnessPx: 0 },
  { height: 0.85, stretch: 1.3, hasContrast: true, softnessPx: 1 },
  { height: 1.05, stretch: 1.05, hasContrast: true, softnessPx: 0 },
  { height: 1, stretch: 1.1, hasContrast: false, softnessPx: 3 },
];
/** Black-and-white scans and faxes: edges must be softened, there is no contrast to level. */
export const HARD_EDGED_VARIANTS: readonly Variant[] = [
  { height: 1, stretch: 1.1, hasContrast: false, softnessPx: 3 },
  { height: 1, stretch: 1.2, hasContrast: false, softnessPx: 2 },
  { height: 1.1, stretch: 1.2, hasContrast: false, softnessPx: 4 },
  { height: 0.9, stretch: 1.2, hasContrast: true, softnessPx: 2 },
  { height: 1.1, stretch: 1.3, hasContrast: true, softnessPx: 3 },
  { height: 0.9, stretch: 1.2, hasContrast: true, softnessPx: 1 },
];
const CROP_HEIGHT_PX = 48;
/** Characters added at both ends of a line, line heights: a detector cuts the first letter and the last fillers. */
const END_HEIGHTS = 0.9;
/** Lines of a passport stand further apart than a card's: a crop is at most this many line heights high. */
const MAX_PITCH_HEIGHTS = 1.4;

/** The lines of a zone and how many columns each has. */
export interface ZoneLines {
  readonly lines: readonly TextLine[];
  readonly columns: number;
}

/** Returns one re-read of a zone; null when too little was seen to tell its columns. */
export async function readVariant(raster: GreyRaster, zone: ZoneLines, variant: Variant, reader: LineReader): Promise<LineRead[] | null> {
  const readings: LineReading[] = [];
  for (const line of zone.lines) readings.push(await reader.readLine(cropOf(raster, line, pitchOf(zone.lines), variant), MRZ_ALPHABET));
  const columns = fitColumns(readings, zone.columns, MRZ_ALPHABET.length);
  return columns?.map((line, index) => ({ columns: line, clarity: clarityOf(readings[index], zone.columns) })) ?? null;
}

function cropOf(raster: GreyRaster, line: TextLine, pitchPx: number, variant: Variant): GreyRaster {
  const { heightPx } = sizeOfLine(line);
  const wantedPx = variant.height * Math.min(pitchPx, MAX_PITCH_HEIGHTS * heightPx);
  const extendSides = (wantedPx / heightPx - 1) / 2;
  const cut = cutLine(raster, line, { heightPx: CROP_HEIGHT_PX, extendEnds: END_HEIGHTS, extendSides, stretch: variant.stretch });
  const crop = softenRaster(cut, variant.softnessPx);
  return variant.hasContrast ? stretchContrast(crop) : crop;
}

/** Distance between lines, pixels; a single line's from its height (boxes of the detector are about as high as the pitch). Pure. */
export function pitchOf(lines: readonly TextLine[]): number {
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return 0;
  const height = sizeOfLine(first).heightPx;
  if (lines.length < 2) return height;
  const dx = last.corners[0].x - first.corners[0].x;
  const dy = last.corners[0].y - first.corners[0].y;
  return Math.hypot(dx, dy) / (lines.length - 1);
}

/** Mean confidence over the line's columns; a column where nothing was seen counts zero. */
function clarityOf(reading: LineReading | undefined, columnCount: number): number {
  if (reading === undefined) return 0;
  return (reading.confidence * Math.min(reading.characters.length, columnCount)) / columnCount;
}
