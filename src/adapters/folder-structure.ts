import { type MediaType, mediaTypeOf } from "./media-type.ts";
import { readTiffDirectory } from "./tiff-directory.ts";

const LATIN = new TextDecoder("latin1");
/** Where the end of a PDF is looked for; some programs put padding behind it. */
const PDF_TAIL_BYTES = 64 * 1024;

const MARKER = { startOfScan: 0xda, endOfImage: 0xd9, stuffed: 0x00, firstRestart: 0xd0, lastRestart: 0xd7, temporary: 0x01 } as const;

/** The last cross-reference of a PDF must be there, point into the file, and be followed by no further object. */
function isWholePdf(bytes: Uint8Array): boolean {
  const tail = LATIN.decode(bytes.subarray(Math.max(0, bytes.length - PDF_TAIL_BYTES)));
  const end = tail.lastIndexOf("%%EOF");
  const start = tail.lastIndexOf("startxref", end);
  if (end < 0 || start < 0 || / obj\b/.test(tail.slice(end))) return false;
  // A file cut off right behind its first page may end in the "startxref 0" of a web-optimised file.
  const offset = Number(/^startxref\s+(\d+)/.exec(tail.slice(start))?.[1] ?? 0);
  return offset > 0 && offset < bytes.length;
}

/** Offset of the next marker behind entropy-coded data; the length of the file when there is none. */
function findNextMarker(bytes: Uint8Array, from: number): number {
  let offset = bytes.indexOf(0xff, from);
  while (offset >= 0 && offset + 1 < bytes.length) {
    const code = bytes[offset + 1] ?? 0;
    const isData = code === MARKER.stuffed || code === 0xff || (code >= MARKER.firstRestart && code <= MARKER.lastRestart);
    if (!isData) return offset;
    offset = bytes.indexOf(0xff, offset + (code === 0xff ? 1 : 2));
  }
  return bytes.length;
}

/** Walks the segments to the end marker; telephones put a film or notes behind it, so the file's own end says nothing. */
function isWholeJpeg(bytes: Uint8Array): boolean {
  let offset = 2;
  while (offset + 4 <= bytes.length) {
    if (bytes[offset] !== 0xff) return false;
    const code = bytes[offset + 1] ?? 0;
    if (code === 0xff) offset += 1;
    else if (code === MARKER.endOfImage) return true;
    else if (code === MARKER.temporary || (code >= MARKER.firstRestart && code <= MARKER.lastRestart)) offset += 2;
    else {
      offset += 2 + (((bytes[offset + 2] ?? 0) << 8) | (bytes[offset + 3] ?? 0));
      if (code === MARKER.startOfScan) offset = findNextMarker(bytes, offset);
    }
  }
  return offset + 2 <= bytes.length && bytes[offset] === 0xff && bytes[offset + 1] === MARKER.endOfImage;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function isWholePng(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  let offset = 8;
  while (offset + 12 <= bytes.length) {
    const length = view.getUint32(offset);
    const type = LATIN.decode(bytes.subarray(offset + 4, offset + 8));
    offset += 12 + length;
    if (type === "IEND") return offset <= bytes.length;
  }
  return false;
}

/** Boxes of an ISO media file (HEIC, AVIF) must end exactly where the file ends, and the picture's data must be among them. */
function hasWholeBoxes(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  let hasData = false;
  let offset = 0;
  while (offset + 8 <= bytes.length) {
    const size = view.getUint32(offset);
    hasData ||= LATIN.decode(bytes.subarray(offset + 4, offset + 8)) === "mdat";
    if (size === 0) return hasData;
    const isLong = size === 1 && offset + 16 <= bytes.length;
    const length = isLong ? Number(view.getBigUint64(offset + 8)) : size;
    if (length < 8) return false;
    offset += length;
  }
  return hasData && offset === bytes.length;
}

function hasStatedSize(bytes: Uint8Array, offset: number, added: number): boolean {
  return bytes.length >= offset + 4 && bytes.length >= viewOf(bytes).getUint32(offset, true) + added;
}

/** The directory of an archive lies at its end. */
function isWholeZip(bytes: Uint8Array): boolean {
  return LATIN.decode(bytes.subarray(Math.max(0, bytes.length - 65_557))).includes("PK\x05\x06");
}

const CHECKS: Partial<Record<MediaType, (bytes: Uint8Array) => boolean>> = {
  pdf: isWholePdf,
  jpeg: isWholeJpeg,
  png: isWholePng,
  tiff: (bytes) => readTiffDirectory(bytes).isWhole,
  heic: hasWholeBoxes,
  avif: hasWholeBoxes,
  bmp: (bytes) => hasStatedSize(bytes, 2, 0),
  webp: (bytes) => hasStatedSize(bytes, 4, 8),
  zip: isWholeZip,
};

/**
 * True when the file has its end: a scanner that pauses between pages has not written it yet. Pure.
 *
 * An empty file is never whole; of a type without a known end only quiet time can tell, so it counts as whole.
 */
export function isStructurallyWhole(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false;
  const check = CHECKS[mediaTypeOf(bytes)];
  return check === undefined || check(bytes);
}
