/** One page of a TIFF file, from its directory. */
export interface TiffPage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly compression: number;
  readonly bitsPerSample: number;
  /** EXIF numbering, 1-8. */
  readonly orientation: number;
  /** Pixels per inch; undefined when the file does not say. */
  readonly dpiX: number | undefined;
  readonly dpiY: number | undefined;
  /** A reduced copy of another page (a preview), not a page of its own. */
  readonly isReduced: boolean;
}

/** What the chain of directories says. */
export interface TiffDirectory {
  readonly pages: readonly TiffPage[];
  /** True when the chain ends and every strip, tile and value lies inside the file. */
  readonly isWhole: boolean;
}

const TAG = {
  newSubfileType: 254,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  stripOffsets: 273,
  orientation: 274,
  stripByteCounts: 279,
  resolutionX: 282,
  resolutionY: 283,
  resolutionUnit: 296,
  tileOffsets: 324,
  tileByteCounts: 325,
} as const;

const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4 };
const RATIONAL = 5;
const ENTRY_BYTES = 12;
const UNIT_INCH = 2;
const UNIT_CM = 3;
const CM_PER_INCH = 2.54;
/** Longest chain that is followed; the page limit is checked by the caller. */
const MAX_DIRECTORIES = 5_000;
/** Most values read of one tag; a page of one-row strips at 600 dpi A3 has about 10,000. */
const MAX_VALUES = 200_000;

interface Reading {
  readonly view: DataView;
  readonly isLittle: boolean;
}

interface Directory {
  readonly values: ReadonlyMap<number, readonly number[]>;
  readonly nextOffset: number;
  readonly isWhole: boolean;
}

function readValue({ view, isLittle }: Reading, offset: number, type: number): number {
  if (type === RATIONAL) return view.getUint32(offset, isLittle) / view.getUint32(offset + 4, isLittle);
  const size = TYPE_BYTES[type];
  if (size === 1) return view.getUint8(offset);
  return size === 2 ? view.getUint16(offset, isLittle) : view.getUint32(offset, isLittle);
}

/** Returns the values of an entry; undefined when they lie outside the file. */
function readEntry(reading: Reading, offset: number): { readonly tag: number; readonly values: readonly number[] } | undefined {
  const { view, isLittle } = reading;
  const tag = view.getUint16(offset, isLittle);
  const type = view.getUint16(offset + 2, isLittle);
  const count = view.getUint32(offset + 4, isLittle);
  const size = TYPE_BYTES[type];
  if (size === undefined) return { tag, values: [] };
  const totalBytes = size * count;
  const start = totalBytes <= 4 ? offset + 8 : view.getUint32(offset + 8, isLittle);
  if (start + totalBytes > view.byteLength) return undefined;
  const isNeeded = Object.values(TAG).includes(tag as never);
  const length = isNeeded ? Math.min(count, MAX_VALUES) : 0;
  return { tag, values: Array.from({ length }, (_, index) => readValue(reading, start + index * size, type)) };
}

function readDirectory(reading: Reading, offset: number): Directory | undefined {
  const { view, isLittle } = reading;
  if (offset + 2 > view.byteLength) return undefined;
  const count = view.getUint16(offset, isLittle);
  const end = offset + 2 + count * ENTRY_BYTES;
  if (end + 4 > view.byteLength) return undefined;
  const values = new Map<number, readonly number[]>();
  let isWhole = true;
  for (let entry = 0; entry < count; entry += 1) {
    const read = readEntry(reading, offset + 2 + entry * ENTRY_BYTES);
    if (read) values.set(read.tag, read.values);
    else isWhole = false;
  }
  return { values, nextOffset: view.getUint32(end, isLittle), isWhole };
}

/** Some fax programs write a byte count of 0; then only the start of the strip can be checked. */
function hasItsStrips({ values }: Directory, sizeBytes: number): boolean {
  const offsets = values.get(TAG.stripOffsets) ?? values.get(TAG.tileOffsets) ?? [];
  const counts = values.get(TAG.stripByteCounts) ?? values.get(TAG.tileByteCounts) ?? [];
  return offsets.every((offset, index) => offset < sizeBytes && offset + (counts[index] ?? 0) <= sizeBytes);
}

function toPage({ values }: Directory): TiffPage {
  const first = (tag: number, otherwise: number): number => values.get(tag)?.[0] ?? otherwise;
  const unit = first(TAG.resolutionUnit, UNIT_INCH);
  const perInch = unit === UNIT_CM ? CM_PER_INCH : 1;
  const resolution = (tag: number): number | undefined => {
    const value = first(tag, 0) * perInch;
    return (unit === UNIT_INCH || unit === UNIT_CM) && Number.isFinite(value) && value > 0 ? value : undefined;
  };
  return {
    widthPx: first(TAG.width, 0),
    heightPx: first(TAG.height, 0),
    compression: first(TAG.compression, 1),
    bitsPerSample: first(TAG.bitsPerSample, 1),
    orientation: first(TAG.orientation, 1),
    dpiX: resolution(TAG.resolutionX),
    dpiY: resolution(TAG.resolutionY),
    isReduced: (first(TAG.newSubfileType, 0) & 1) === 1,
  };
}

/**
 * Returns the pages of a TIFF file from its directories, without decoding a pixel. Pure.
 *
 * A chain that is cut off or runs in a circle gives the pages up to there and `isWhole: false`.
 *
 * @see TIFF Revision 6.0, section 2
 */
export function readTiffDirectory(bytes: Uint8Array): TiffDirectory {
  if (bytes.length < 8) return { pages: [], isWhole: false };
  const reading = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), isLittle: bytes[0] === 0x49 };
  const pages: TiffPage[] = [];
  const seen = new Set<number>();
  let isWhole = true;
  let offset = reading.view.getUint32(4, reading.isLittle);
  while (offset !== 0) {
    const directory = seen.has(offset) || seen.size >= MAX_DIRECTORIES ? undefined : readDirectory(reading, offset);
    if (!directory) return { pages, isWhole: false };
    seen.add(offset);
    pages.push(toPage(directory));
    isWhole &&= directory.isWhole && hasItsStrips(directory, bytes.length);
    offset = directory.nextOffset;
  }
  return { pages, isWhole: isWhole && pages.length > 0 };
}
