import type { GreyRaster } from "../model/page.ts";
import { estimateResolution } from "../pages/page-resolution.ts";
import { assertPixelBudget, type DecodeLimits } from "./decode-limits.ts";
import { decodeBmp, readBmpHeader } from "./images-bmp.ts";
import { openImage, openPixels, toGreyRaster, toImageFault } from "./images-sharp.ts";

const TAG_EXIF_DIRECTORY = 0x87_69;
/** Only a camera states how long it exposed; scanners write a make and a model too. */
const TAG_EXPOSURE_TIME = 0x82_9a;
const ENTRY_BYTES = 12;

/** Returns the value field of a tag in one directory of an EXIF block; undefined when it is not there. */
function findExifTag(exif: DataView, isLittle: boolean, directory: number, wanted: number): number | undefined {
  if (directory + 2 > exif.byteLength) return undefined;
  const count = exif.getUint16(directory, isLittle);
  for (let entry = 0; entry < count; entry += 1) {
    const offset = directory + 2 + entry * ENTRY_BYTES;
    if (offset + ENTRY_BYTES > exif.byteLength) return undefined;
    if (exif.getUint16(offset, isLittle) === wanted) return exif.getUint32(offset + 8, isLittle);
  }
  return undefined;
}

/** True when the EXIF block says that a camera took the picture. */
function isFromCamera(block: Buffer | undefined): boolean {
  if (!block) return false;
  const start = block.toString("latin1", 0, 6) === "Exif\0\0" ? 6 : 0;
  if (block.length < start + 8) return false;
  const exif = new DataView(block.buffer, block.byteOffset + start, block.length - start);
  const isLittle = exif.getUint8(0) === 0x49;
  const details = findExifTag(exif, isLittle, exif.getUint32(4, isLittle), TAG_EXIF_DIRECTORY);
  return details !== undefined && findExifTag(exif, isLittle, details, TAG_EXPOSURE_TIME) !== undefined;
}

/**
 * Returns a JPEG, PNG or WebP picture as one page, turned as its EXIF data asks for.
 *
 * @throws fileDamaged, fileTooLarge
 */
export async function decodeSingleImage(bytes: Uint8Array, limits: DecodeLimits): Promise<GreyRaster> {
  try {
    const image = openImage(bytes, { maxPixels: Number.MAX_SAFE_INTEGER });
    const header = await image.metadata();
    const { width: widthPx, height: heightPx } = header.autoOrient;
    assertPixelBudget(widthPx, heightPx, limits);
    const resolution = estimateResolution({
      widthPx,
      heightPx,
      dpiX: header.density,
      dpiY: header.density,
      isPhoto: isFromCamera(header.exif),
    });
    return await toGreyRaster(image.autoOrient(), { widthPx, heightPx, ...resolution });
  } catch (error) {
    throw toImageFault(error);
  }
}

/**
 * Returns a BMP picture as one page.
 *
 * @throws fileDamaged, fileTooLarge, fileUnsupported
 */
export async function decodeBmpImage(bytes: Uint8Array, limits: DecodeLimits): Promise<GreyRaster> {
  try {
    const header = readBmpHeader(bytes);
    assertPixelBudget(header.widthPx, header.heightPx, limits);
    const { rgb, ...size } = decodeBmp(bytes);
    return await toGreyRaster(openPixels(rgb, size.widthPx, size.heightPx, 3), {
      ...size,
      ...estimateResolution({ ...size, isPhoto: false }),
    });
  } catch (error) {
    throw toImageFault(error);
  }
}
