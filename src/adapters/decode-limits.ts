import { IlmoError } from "../errors.ts";

/** What a file may ask of the machine; checked from headers before a pixel is decoded. */
export interface DecodeLimits {
  readonly maxFileBytes: number;
  readonly maxPages: number;
  /** Pixels of one page or of one picture inside a page, before any downscaling. */
  readonly maxPagePixels: number;
}

/**
 * 60 MP holds an A3 page at 600 dpi almost and a 48 MP telephone photo, and keeps a decoder below 512 MB:
 * a 20,000 x 20,000 PNG of 0.4 MB and a 30,000 x 30,000 G4 TIFF of 11 kB are refused from their headers.
 */
export const DECODE_LIMITS: DecodeLimits = {
  maxFileBytes: 200 * 1024 * 1024,
  maxPages: 500,
  maxPagePixels: 60_000_000,
};

/** A page is kept at its own resolution up to this; readers gain nothing above it. */
export const MAX_DPI = 300;

/** @throws fileTooLarge when a page or picture has more pixels than allowed */
export function assertPixelBudget(widthPx: number, heightPx: number, limits: DecodeLimits): void {
  if (!(widthPx > 0 && heightPx > 0)) {
    throw new IlmoError("fileDamaged", "Expected a page with a size; its width or height is zero. Ask the sender for a new scan.");
  }
  if (widthPx * heightPx <= limits.maxPagePixels) return;
  throw new IlmoError("fileTooLarge", "Expected a page within the pixel limit; this one is larger. Scan it again at 300 dpi or less.", {
    context: { widthPx: Math.round(widthPx), heightPx: Math.round(heightPx), maxPagePixels: limits.maxPagePixels },
  });
}

/** @throws fileTooLarge when a file has more pages than allowed */
export function assertPageBudget(pageCount: number, limits: DecodeLimits): void {
  if (pageCount <= limits.maxPages) return;
  throw new IlmoError("fileTooLarge", "Expected a file within the page limit; this one has more pages. Split it into several files.", {
    context: { pageCount, maxPages: limits.maxPages },
  });
}
