import { IlmoError } from "../errors.ts";
import type { DecodedPage, GreyRaster } from "../model/page.ts";
import { DECODE_LIMITS, type DecodeLimits } from "./decode-limits.ts";
import { decodePdf } from "./decode-pdf.ts";
import { decodeHeic } from "./images-heic.ts";
import { decodeBmpImage, decodeSingleImage } from "./images-single.ts";
import { type MediaType, mediaTypeOf } from "./media-type.ts";
import { decodeTiff } from "./tiff-pages.ts";

/** One file of a submission: its position in it and its bytes. */
export interface FileToDecode {
  readonly fileIndex: number;
  readonly bytes: Uint8Array;
}

/** What came instead of pages, in words for the message. */
const NOT_PAGES: Partial<Record<MediaType, string>> = {
  gif: "a GIF picture",
  jp2: "a JPEG 2000 picture",
  postscript: "a PostScript file",
  rtf: "a text document (RTF)",
  zip: "an archive",
  office: "an office document",
  ole: "an Outlook message or an old office document",
  tnef: "an Outlook attachment container (winmail.dat)",
  mail: "a mail message",
  cms: "an encrypted or signed message",
};

function unsupported(mediaType: MediaType): IlmoError {
  const what = NOT_PAGES[mediaType] ?? "a file of an unknown type";
  return new IlmoError("fileUnsupported", `Expected a PDF, TIFF, JPEG, PNG, BMP or HEIC file; this is ${what}. Send the form as PDF.`, {
    context: { mediaType },
  });
}

async function* once(raster: Promise<GreyRaster>): AsyncGenerator<GreyRaster> {
  yield await raster;
}

function decodeRasters(bytes: Uint8Array, mediaType: MediaType, limits: DecodeLimits): AsyncGenerator<GreyRaster> {
  switch (mediaType) {
    case "tiff":
      return decodeTiff(bytes, limits);
    case "jpeg":
    case "png":
    case "webp":
    case "avif":
      return once(decodeSingleImage(bytes, limits));
    case "bmp":
      return once(decodeBmpImage(bytes, limits));
    case "heic":
      return once(decodeHeic(bytes, limits));
    default:
      throw unsupported(mediaType);
  }
}

function assertFileSize(bytes: Uint8Array, limits: DecodeLimits): void {
  if (bytes.length === 0)
    throw new IlmoError("fileEmpty", "Expected a file with content; this one is empty. Ask the sender for a new copy.");
  if (bytes.length <= limits.maxFileBytes) return;
  throw new IlmoError(
    "fileTooLarge",
    "Expected a file within the size limit; this one is larger. Split it or scan it at 300 dpi or less.",
    {
      context: { sizeBytes: bytes.length, maxFileBytes: limits.maxFileBytes },
    },
  );
}

/**
 * Yields the pages of a file in order, grey, upright as the file asks for, at most 300 dpi, with square pixels.
 *
 * The kind of the file is taken from its content. Sizes are checked from headers before pixels are decoded. A page that
 * cannot be read ends the file with a fault: half a submission must never look like a whole one.
 *
 * Run it in a child process: decoders of damaged files may hang or take all memory.
 *
 * @throws fileEmpty, fileTooLarge, fileUnsupported, fileDamaged, fileEncrypted
 */
export async function* decodePages(file: FileToDecode, limits: DecodeLimits = DECODE_LIMITS): AsyncGenerator<DecodedPage> {
  const { fileIndex, bytes } = file;
  assertFileSize(bytes, limits);
  const mediaType = mediaTypeOf(bytes);
  if (mediaType === "pdf") {
    yield* decodePdf(bytes, fileIndex, limits);
    return;
  }
  let pageIndex = 0;
  for await (const raster of decodeRasters(bytes, mediaType, limits)) {
    yield { source: { fileIndex, pageIndex }, raster };
    pageIndex += 1;
  }
}
