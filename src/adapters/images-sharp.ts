import sharp, { type Sharp } from "sharp";
import { IlmoError } from "../errors.ts";
import type { GreyRaster } from "../model/page.ts";
import { MAX_DPI } from "./decode-limits.ts";

// One picture at a time: a cache or more threads would only raise the memory of the child.
sharp.cache(false);
sharp.concurrency(1);

/** Different resolutions across and down beyond this share are made square (fax is 204 x 98); 303 dpi still counts as 300. */
export const SQUARE_TOLERANCE = 0.01;

/** How a decoded picture becomes a page. */
export interface GreyPlan {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpiX: number;
  readonly dpiY: number;
}

/** Returns the size and resolution of a page with square pixels and at most 300 dpi. Pure. */
export function toSquarePlan({ widthPx, heightPx, dpiX, dpiY }: GreyPlan): { widthPx: number; heightPx: number; dpi: number } {
  const isSquare = Math.abs(dpiX / dpiY - 1) <= SQUARE_TOLERANCE;
  const own = isSquare ? dpiX : Math.max(dpiX, dpiY);
  if (isSquare && own <= MAX_DPI * (1 + SQUARE_TOLERANCE)) return { widthPx, heightPx, dpi: own };
  const dpi = Math.min(own, MAX_DPI);
  return { widthPx: Math.max(1, Math.round((widthPx * dpi) / dpiX)), heightPx: Math.max(1, Math.round((heightPx * dpi) / dpiY)), dpi };
}

/** Returns a page from an opened picture whose upright size and resolution are known. */
export async function toGreyRaster(image: Sharp, plan: GreyPlan): Promise<GreyRaster> {
  const square = toSquarePlan(plan);
  const isResized = square.widthPx !== plan.widthPx || square.heightPx !== plan.heightPx;
  const resized = isResized ? image.resize(square.widthPx, square.heightPx, { fit: "fill", kernel: "mitchell" }) : image;
  // Without the colour space, sharp gives three equal channels from a grey picture.
  const { data, info } = await resized
    .flatten({ background: "#ffffff" })
    .toColourspace("b-w")
    .extractChannel(0)
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, dpi: square.dpi, data: toBytes(data) };
}

function toBytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

/** Opens a picture; a cut-off one fails instead of coming out half grey, because half a form would read as blank boxes. */
export function openImage(bytes: Uint8Array, options: { readonly maxPixels: number; readonly pageIndex?: number }): Sharp {
  return sharp(bytes, { failOn: "error", limitInputPixels: options.maxPixels, sequentialRead: true, page: options.pageIndex ?? 0 });
}

/** Opens raw pixels of another decoder. */
export function openPixels(data: Uint8Array, widthPx: number, heightPx: number, channels: 1 | 3 | 4): Sharp {
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels } });
}

/** Turns what sharp threw into a fault. */
export function toImageFault(error: unknown): unknown {
  if (error instanceof IlmoError) return error;
  return new IlmoError("fileDamaged", "Expected a whole picture; this one is damaged or cut off. Ask the sender for a new scan.", {
    cause: error,
  });
}
