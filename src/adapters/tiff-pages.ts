import { createRequire } from "node:module";
import { IlmoError } from "../errors.ts";
import type { GreyRaster } from "../model/page.ts";
import { estimateResolution, faxResolutionOf, type Resolution } from "../pages/page-resolution.ts";
import { assertPageBudget, assertPixelBudget, type DecodeLimits } from "./decode-limits.ts";
import { openImage, openPixels, toGreyRaster, toImageFault } from "./images-sharp.ts";
import { readTiffDirectory, type TiffPage } from "./tiff-directory.ts";

const COMPRESSION_OLD_JPEG = 6;
/** Orientations from here on exchange width and height. */
const FIRST_SIDEWAYS_ORIENTATION = 5;

interface Utif {
  decode(bytes: Uint8Array): { width: number; height: number }[];
  decodeImage(bytes: Uint8Array, directory: object): void;
  toRGBA8(directory: object): Uint8Array;
}

function resolutionOf(page: TiffPage): Resolution {
  const { widthPx, heightPx, dpiX, dpiY } = page;
  const isStated = dpiX !== undefined && dpiY !== undefined;
  const fax = isStated || page.bitsPerSample !== 1 ? undefined : faxResolutionOf(widthPx, heightPx);
  return fax ?? estimateResolution({ widthPx, heightPx, dpiX, dpiY, isPhoto: false });
}

/** sharp refuses JPEG in its first TIFF form (compression 6), which old multi-function printers still write. */
function decodeOldJpeg(bytes: Uint8Array, pageIndex: number): Uint8Array {
  const utif = createRequire(import.meta.url)("utif2") as Utif;
  const directory = utif.decode(bytes)[pageIndex];
  if (!directory) throw new RangeError("no such page");
  utif.decodeImage(bytes, directory);
  return utif.toRGBA8(directory);
}

async function decodePage(bytes: Uint8Array, page: TiffPage, pageIndex: number, limits: DecodeLimits): Promise<GreyRaster> {
  const { dpiX, dpiY } = resolutionOf(page);
  const { widthPx, heightPx } = page;
  const isSideways = page.orientation >= FIRST_SIDEWAYS_ORIENTATION;
  const plan = isSideways ? { widthPx: heightPx, heightPx: widthPx, dpiX: dpiY, dpiY: dpiX } : { widthPx, heightPx, dpiX, dpiY };
  if (page.compression === COMPRESSION_OLD_JPEG) {
    return toGreyRaster(openPixels(decodeOldJpeg(bytes, pageIndex), widthPx, heightPx, 4), { widthPx, heightPx, dpiX, dpiY });
  }
  return toGreyRaster(openImage(bytes, { maxPixels: limits.maxPagePixels, pageIndex }).autoOrient(), plan);
}

/**
 * Yields the pages of a TIFF file with square pixels (fax pages of 204 x 98 dpi are stretched); previews are left out.
 *
 * @throws fileDamaged, fileEmpty, fileTooLarge
 */
export async function* decodeTiff(bytes: Uint8Array, limits: DecodeLimits): AsyncGenerator<GreyRaster> {
  const { pages, isWhole } = readTiffDirectory(bytes);
  assertPageBudget(pages.length, limits);
  if (!isWhole) {
    throw new IlmoError("fileDamaged", "Expected a whole TIFF file; this one is cut off or damaged. Ask the sender for a new scan.", {
      context: { pagesFound: pages.length },
    });
  }
  for (const page of pages) assertPixelBudget(page.widthPx, page.heightPx, limits);
  for (const [pageIndex, page] of pages.entries()) {
    if (page.isReduced && pages.length > 1) continue;
    try {
      yield await decodePage(bytes, page, pageIndex, limits);
    } catch (error) {
      throw toImageFault(error);
    }
  }
}
