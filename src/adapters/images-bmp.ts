import { IlmoError } from "../errors.ts";

/** Pixels of a BMP file, three bytes each. */
export interface BmpPixels {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpiX: number | undefined;
  readonly dpiY: number | undefined;
  readonly rgb: Uint8Array;
}

interface BmpHeader {
  readonly view: DataView;
  readonly pixelOffset: number;
  readonly headerBytes: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isTopDown: boolean;
  readonly bitsPerPixel: number;
  readonly compression: number;
  readonly dpiX: number | undefined;
  readonly dpiY: number | undefined;
}

const FILE_HEADER_BYTES = 14;
const CORE_HEADER_BYTES = 12;
const UNCOMPRESSED = 0;
const BITFIELDS = 3;
const SUPPORTED_BITS = new Set([1, 4, 8, 24, 32]);
const METRES_PER_INCH = 0.0254;

const toDpi = (perMetre: number): number | undefined => (perMetre > 0 ? perMetre * METRES_PER_INCH : undefined);

/** Returns what the header of a BMP file says, before any pixel is read. @throws fileDamaged */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getUint32(FILE_HEADER_BYTES, true);
  const isCore = headerBytes === CORE_HEADER_BYTES;
  if (view.byteLength < FILE_HEADER_BYTES + (isCore ? CORE_HEADER_BYTES : 40)) throw damaged();
  const height = isCore ? view.getUint16(20, true) : view.getInt32(22, true);
  return {
    view,
    pixelOffset: view.getUint32(10, true),
    headerBytes,
    widthPx: isCore ? view.getUint16(18, true) : view.getInt32(18, true),
    heightPx: Math.abs(height),
    isTopDown: height < 0,
    bitsPerPixel: view.getUint16(isCore ? 24 : 28, true),
    compression: isCore ? UNCOMPRESSED : view.getUint32(30, true),
    dpiX: isCore ? undefined : toDpi(view.getInt32(38, true)),
    dpiY: isCore ? undefined : toDpi(view.getInt32(42, true)),
  };
}

function damaged(): IlmoError {
  return new IlmoError("fileDamaged", "Expected a whole BMP picture; this one is cut off. Ask the sender for a new scan.");
}

function assertSupported({ bitsPerPixel, compression }: BmpHeader): void {
  const isPlain = compression === UNCOMPRESSED || (compression === BITFIELDS && bitsPerPixel === 32);
  if (SUPPORTED_BITS.has(bitsPerPixel) && isPlain) return;
  throw new IlmoError("fileUnsupported", "Expected an uncompressed BMP picture; this one is packed. Send it as PDF, JPEG or PNG.", {
    context: { reason: "bmpCompression", bitsPerPixel, compression },
  });
}

/** Red, green and blue of the palette, three bytes an entry; the file stores them in reverse order. */
function readPalette({ view, headerBytes, bitsPerPixel }: BmpHeader): Uint8Array {
  if (bitsPerPixel > 8) return new Uint8Array(0);
  const entryBytes = headerBytes === CORE_HEADER_BYTES ? 3 : 4;
  const palette = new Uint8Array(3 * 2 ** bitsPerPixel);
  for (let index = 0; index < 2 ** bitsPerPixel; index += 1) {
    const start = FILE_HEADER_BYTES + headerBytes + index * entryBytes;
    if (start + 3 > view.byteLength) break;
    palette.set([view.getUint8(start + 2), view.getUint8(start + 1), view.getUint8(start)], index * 3);
  }
  return palette;
}

/**
 * Returns the pixels of an uncompressed BMP file (sharp has no BMP reader).
 *
 * @throws fileDamaged when rows are missing, fileUnsupported for packed pixels
 */
export function decodeBmp(bytes: Uint8Array): BmpPixels {
  const header = readBmpHeader(bytes);
  assertSupported(header);
  const { view, widthPx, heightPx, bitsPerPixel, pixelOffset, isTopDown } = header;
  const rowBytes = Math.ceil((widthPx * bitsPerPixel) / 32) * 4;
  if (pixelOffset + rowBytes * heightPx > view.byteLength) throw damaged();
  const palette = readPalette(header);
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let row = 0; row < heightPx; row += 1) {
    const source = pixelOffset + (isTopDown ? row : heightPx - 1 - row) * rowBytes;
    for (let column = 0; column < widthPx; column += 1) {
      const target = (row * widthPx + column) * 3;
      if (bitsPerPixel <= 8) {
        const bit = column * bitsPerPixel;
        const shift = 8 - bitsPerPixel - (bit % 8);
        const entry = (view.getUint8(source + (bit >> 3)) >> shift) & (2 ** bitsPerPixel - 1);
        rgb.set(palette.subarray(entry * 3, entry * 3 + 3), target);
      } else {
        const start = source + column * (bitsPerPixel / 8);
        rgb[target] = view.getUint8(start + 2);
        rgb[target + 1] = view.getUint8(start + 1);
        rgb[target + 2] = view.getUint8(start);
      }
    }
  }
  return { widthPx, heightPx, dpiX: header.dpiX, dpiY: header.dpiY, rgb };
}
