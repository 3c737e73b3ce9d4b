import { cmsContentOf } from "../intake/unwrap/cms-content.ts";

/** What a file is by its first bytes. `unknown` is anything that is not recognised. */
export type MediaType =
  | "pdf"
  | "jpeg"
  | "png"
  | "tiff"
  | "bmp"
  | "heic"
  | "avif"
  | "webp"
  | "gif"
  | "jp2"
  | "postscript"
  | "rtf"
  | "zip"
  | "office"
  | "ole"
  | "tnef"
  | "mail"
  | "cms"
  | "unknown";

/** Acrobat itself accepts the PDF header anywhere in the first 1,024 bytes. */
const PDF_HEADER_WINDOW_BYTES = 1024;
const MAIL_HEAD_BYTES = 2048;

const SIGNATURES: readonly (readonly [MediaType, readonly number[]])[] = [
  ["jpeg", [0xff, 0xd8, 0xff]],
  ["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["tiff", [0x49, 0x49, 0x2a, 0x00]],
  ["tiff", [0x4d, 0x4d, 0x00, 0x2a]],
  ["gif", [0x47, 0x49, 0x46, 0x38]],
  ["jp2", [0x00, 0x00, 0x00, 0x0c, 0x6a, 0x50, 0x20, 0x20]],
  ["jp2", [0xff, 0x4f, 0xff, 0x51]],
  ["postscript", [0x25, 0x21, 0x50, 0x53]],
  ["rtf", [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  ["zip", [0x50, 0x4b, 0x05, 0x06]],
  ["ole", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ["tnef", [0x78, 0x9f, 0x3e, 0x22]],
];

const HEIC_BRANDS = new Set(["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"]);
const AVIF_BRANDS = new Set(["avif", "avis"]);
const BMP_HEADER_SIZES = new Set([12, 40, 52, 56, 64, 108, 124]);

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return bytes.length >= signature.length && signature.every((byte, index) => bytes[index] === byte);
}

function asciiAt(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}

function isBmp(bytes: Uint8Array): boolean {
  return bytes.length >= 26 && asciiAt(bytes, 0, 2) === "BM" && BMP_HEADER_SIZES.has(bytes[14] ?? 0) && bytes[15] === 0;
}

function findContainerType(bytes: Uint8Array): MediaType | undefined {
  if (asciiAt(bytes, 0, 4) === "RIFF" && asciiAt(bytes, 8, 4) === "WEBP") return "webp";
  if (asciiAt(bytes, 4, 4) !== "ftyp") return undefined;
  const brand = asciiAt(bytes, 8, 4);
  if (AVIF_BRANDS.has(brand)) return "avif";
  return HEIC_BRANDS.has(brand) ? "heic" : undefined;
}

/** First entries of the archives that office programs write; they hold documents, not files. */
const OFFICE_ENTRIES = ["[Content_Types].xml", "_rels/", "docProps/", "word/", "xl/", "ppt/", "mimetype", "META-INF/"];
const ZIP_NAME_OFFSET = 30;

function isOfficeArchive(bytes: Uint8Array): boolean {
  const nameLength = (bytes[26] ?? 0) | ((bytes[27] ?? 0) << 8);
  const name = asciiAt(bytes, ZIP_NAME_OFFSET, Math.min(nameLength, 64));
  return OFFICE_ENTRIES.some((entry) => (entry.endsWith("/") ? name.startsWith(entry) : name === entry));
}

/** Text armour of the same; what mail programs save as .p7m. */
const CMS_ARMOUR = /^-----BEGIN (?:CMS|PKCS7|PKCS #7 SIGNED DATA)-----/;

function isCms(bytes: Uint8Array): boolean {
  return cmsContentOf(bytes) !== undefined || CMS_ARMOUR.test(asciiAt(bytes, 0, 64));
}

/** A mail starts with header lines; a single "word: text" line is not enough. */
function isMail(bytes: Uint8Array): boolean {
  const head = asciiAt(bytes, 0, MAIL_HEAD_BYTES);
  const lines = head.split(/\r?\n\r?\n/, 1)[0] ?? "";
  const fields = lines.match(/^(?:received|from|to|subject|date|mime-version|return-path|message-id|content-type|delivered-to):/gim) ?? [];
  // What a web server sends before a file has a date and a type too, but nobody it is from.
  const isLetter = fields.some((field) => !/^(?:date|content-type):/i.test(field));
  return fields.length >= 2 && isLetter && /^(?:From |[A-Za-z0-9-]+:)/.test(lines);
}

/** Returns the kind of a file from its content; names and extensions are never believed. Pure. */
export function mediaTypeOf(bytes: Uint8Array): MediaType {
  const match = SIGNATURES.find(([, signature]) => startsWith(bytes, signature));
  if (match) return match[0] === "zip" && isOfficeArchive(bytes) ? "office" : match[0];
  const container = findContainerType(bytes);
  if (container) return container;
  if (isBmp(bytes)) return "bmp";
  // A mail may hold a PDF in plain within the bytes in which a PDF may begin.
  if (isMail(bytes)) return "mail";
  if (asciiAt(bytes, 0, PDF_HEADER_WINDOW_BYTES).includes("%PDF-")) return "pdf";
  return isCms(bytes) ? "cms" : "unknown";
}
