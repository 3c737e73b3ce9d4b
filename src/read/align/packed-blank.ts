import type { GreyRaster } from "../../model/page.ts";

/** Unpacked pictures that are kept: the pages of the form that was last read. */
const KEPT = 2;
const PAPER = 255;

/** What is not white paper: where each piece starts in the picture and how long it is, and the pixels of all pieces. */
interface Pieces {
  readonly starts: Uint32Array;
  readonly lengths: Uint32Array;
  readonly pixels: Uint8Array;
}

/**
 * Returns a blank form's page that holds only its print (0.3 MB of 3.9) and makes the whole picture when its pixels are asked for,
 * in 2 ms. The two last used stay whole. Ask once for a picture, not for each pixel.
 */
export function packBlank({ widthPx, heightPx, dpi, data }: GreyRaster): GreyRaster {
  const pieces = piecesOf(data);
  const length = data.length;
  return {
    widthPx,
    heightPx,
    dpi,
    get data() {
      return wholeOf(pieces, length);
    },
  };
}

function piecesOf(data: Uint8Array): Pieces {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0; at < data.length; at++) {
    if (data[at] === PAPER) continue;
    starts.push(at);
    while (at < data.length && data[at] !== PAPER) at++;
    ends.push(at);
  }
  const lengths = Uint32Array.from(ends, (end, index) => end - (starts[index] ?? end));
  const pixels = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let to = 0;
  for (const [index, start] of starts.entries()) {
    const piece = data.subarray(start, ends[index]);
    pixels.set(piece, to);
    to += piece.length;
  }
  return { starts: Uint32Array.from(starts), lengths, pixels };
}

/** Newest last. */
const kept = new Map<Pieces, Uint8Array>();

function wholeOf(pieces: Pieces, length: number): Uint8Array {
  const data = kept.get(pieces) ?? unpack(pieces, length);
  kept.delete(pieces);
  kept.set(pieces, data);
  for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
  return data;
}

function unpack({ starts, lengths, pixels }: Pieces, length: number): Uint8Array {
  const data = new Uint8Array(length).fill(PAPER);
  let from = 0;
  for (const [index, start] of starts.entries()) {
    const end = from + (lengths[index] ?? 0);
    data.set(pixels.subarray(from, end), start);
    from = end;
  }
  return data;
}
