import { createRequire } from "node:module";
import type { GreyRaster } from "../model/page.ts";
import { estimateResolution } from "../pages/page-resolution.ts";
import { assertPixelBudget, type DecodeLimits } from "./decode-limits.ts";
import { openPixels, toGreyRaster, toImageFault } from "./images-sharp.ts";

interface HeicImage {
  readonly width: number;
  readonly height: number;
  decode(): Promise<{ readonly data: Uint8ClampedArray }>;
}

interface HeicDecoder {
  all(options: { readonly buffer: Uint8Array }): Promise<readonly HeicImage[] & { dispose?(): void }>;
}

/** The package has no types and is CommonJS; it is loaded on the first telephone photo only (a 1.4 MB engine). */
function loadDecoder(): HeicDecoder {
  return createRequire(import.meta.url)("heic-decode") as HeicDecoder;
}

/**
 * Returns the first picture of a HEIC file, turned as the file asks for.
 *
 * @throws fileDamaged, fileTooLarge
 */
export async function decodeHeic(bytes: Uint8Array, limits: DecodeLimits): Promise<GreyRaster> {
  try {
    const images = await loadDecoder().all({ buffer: bytes });
    try {
      const [image] = images;
      if (!image) throw new RangeError("no picture");
      const { width: widthPx, height: heightPx } = image;
      assertPixelBudget(widthPx, heightPx, limits);
      const { data } = await image.decode();
      const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      const resolution = estimateResolution({ widthPx, heightPx, dpiX: undefined, dpiY: undefined, isPhoto: true });
      return await toGreyRaster(openPixels(pixels, widthPx, heightPx, 4), { widthPx, heightPx, ...resolution });
    } finally {
      images.dispose?.();
    }
  } catch (error) {
    throw toImageFault(error);
  }
}
