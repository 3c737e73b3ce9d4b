import type { InkPiece } from "./find-pieces.ts";
import { medianOf } from "./line-shape.ts";

/** A letter's pixels are at least this dark on average, 0-255; what shines through from the back side is paler. */
const MIN_LETTER_DARKNESS = 85;
/** A piece of ink lower than this cannot be the body of a letter, mm. */
export const MIN_LETTER_MM = 1.0;
/** Ink taller than this is no line of text (a stamp, a fold, a signature), mm. */
const MAX_LINE_MM = 9;
/** A comma, a ring or a low letter lies at most this far from its line, in heights of the line's tallest letter. */
const BAND_SLACK = 0.35;
/** A dot, an accent or a cedilla may lie a little further off. */
const MARK_SLACK = 0.6;
/** A line with less ink than this share of the fullest line is a rest of something else, unless letters stand in it. */
const MIN_BAND_SHARE = 0.12;
/** A text of several lines may end in a short word: so many pieces as high as this share of the fullest line's usual letter are one. */
const WORD = { letters: 2, heightShare: 0.6 } as const;

interface Band {
  top: number;
  bottom: number;
  readonly members: InkPiece[];
}

/** Groups pieces whose heights overlap into lines; dots, accents and commas join the nearest line. */
export function joinBands(pieces: readonly InkPiece[], pxPerMm: number): InkPiece[][] {
  const minHeight = MIN_LETTER_MM * pxPerMm;
  const letters = pieces.filter(
    ({ height, darkness }) => height >= minHeight && height <= MAX_LINE_MM * pxPerMm && darkness >= MIN_LETTER_DARKNESS,
  );
  const small = pieces.filter(({ height }) => height < minHeight);
  const bands: Band[] = [];
  for (const piece of letters.toSorted((a, b) => b.height - a.height)) {
    const band = nearestBand(bands, piece, BAND_SLACK);
    if (band === undefined) bands.push({ top: piece.y, bottom: piece.y + piece.height, members: [piece] });
    else band.members.push(piece);
  }
  for (const piece of small) nearestBand(bands, piece, MARK_SLACK)?.members.push(piece);
  return withoutTrifles(bands.toSorted((a, b) => a.top - b.top).map(({ members }) => members));
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
  const [fullest] = bands.toSorted((a, b) => inkOf(b) - inkOf(a));
  if (fullest === undefined || bands.length === 1) return [...bands];
  const least = WORD.heightShare * medianOf(fullest.map(({ height }) => height));
  const isWord = (band: readonly InkPiece[]): boolean => band.filter(({ height }) => height >= least).length >= WORD.letters;
  return bands.filter((band) => band.length > 1 && (inkOf(band) >= MIN_BAND_SHARE * inkOf(fullest) || isWord(band)));
}

function inkOf(band: readonly InkPiece[]): number {
  return band.reduce((sum, piece) => sum + piece.pixels * piece.darkness, 0);
}
