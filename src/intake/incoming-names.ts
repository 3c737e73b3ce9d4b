/** Folders in the inbox that outcomes are put into; never scanned. */
export const OUTCOME_FOLDERS = { done: "done", duplicate: "duplicate", quarantine: "quarantine" } as const;

export const META_NAME = "meta.json";

const TEMPORARY_SUFFIXES = [".part", ".tmp", ".crdownload", ".partial", ".filepart"];
const SYSTEM_NAMES = new Set(["thumbs.db", "desktop.ini", "@eadir"]);
/** Name of a file on a Linux file system, bytes. */
const MAX_NAME_BYTES = 255;

/** True for what other programs leave beside a scan: unfinished copies, locks, previews, dotfiles. Pure. */
export function isIgnoredName(name: string): boolean {
  const lower = name.toLowerCase();
  return (
    name.startsWith(".") || name.startsWith("~$") || SYSTEM_NAMES.has(lower) || TEMPORARY_SUFFIXES.some((suffix) => lower.endsWith(suffix))
  );
}

/** True for the outcome folders at the top of the inbox, in any letter case (Windows does not tell them apart). Pure. */
export function isOutcomeFolder(name: string): boolean {
  return Object.hasOwn(OUTCOME_FOLDERS, name.toLowerCase());
}

function shorten(text: Buffer, maxBytes: number): Buffer {
  let end = Math.min(text.length, maxBytes);
  // Not inside a UTF-8 character: its later bytes are 10xxxxxx.
  while (end > 0 && end < text.length && ((text[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return text.subarray(0, end);
}

/**
 * Returns the n-th name to try for an original: "scan.pdf", "scan (2).pdf", "scan (3).pdf" …
 *
 * Names are bytes: an old scanner's Latin-1 name is kept as it is. Pure.
 *
 * @param copyNumber 1 is the name itself
 * @param reservedBytes left free for a suffix that is put behind it later
 */
export function toCopyName(name: Buffer, copyNumber: number, reservedBytes = 0): Buffer {
  const dot = name.lastIndexOf(".");
  const [base, extension] = dot > 0 ? [name.subarray(0, dot), name.subarray(dot)] : [name, Buffer.alloc(0)];
  const number = Buffer.from(copyNumber === 1 ? "" : ` (${copyNumber})`);
  const room = MAX_NAME_BYTES - reservedBytes - number.length;
  const ending = shorten(extension, Math.max(0, room - 1));
  return Buffer.concat([shorten(base, room - ending.length), number, ending]);
}

/** Returns a name as people read it; bytes that are not UTF-8 are taken for Latin-1. Pure. */
export function toShownName(name: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(name).normalize("NFC");
  } catch {
    return name.toString("latin1");
  }
}
