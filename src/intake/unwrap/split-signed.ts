/** The two parts of a clear-signed mail, as bytes of the mail. */
export interface SignedParts {
  /** The exact entity that the signature covers, line ends as sent. */
  readonly content: Uint8Array;
  readonly signature: Uint8Array;
}

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;

/** Offsets of a boundary line: its start, the start of the next line, and whether it closes. */
interface Delimiter {
  readonly start: number;
  readonly end: number;
  readonly isClosing: boolean;
}

function readDelimiter(mail: Buffer, start: number, boundary: Buffer): Delimiter | undefined {
  let at = start + boundary.length;
  const isClosing = mail[at] === DASH && mail[at + 1] === DASH;
  if (isClosing) at += 2;
  while (mail[at] === 0x20 || mail[at] === 0x09) at += 1;
  if (mail[at] === CR) at += 1;
  if (at < mail.length && mail[at] !== LF) return undefined;
  return { start, end: Math.min(at + 1, mail.length), isClosing };
}

function findDelimiters(mail: Buffer, boundary: Buffer): Delimiter[] {
  const found: Delimiter[] = [];
  for (let at = mail.indexOf(boundary); at >= 0; at = mail.indexOf(boundary, at + 1)) {
    if (at > 0 && mail[at - 1] !== LF) continue;
    const delimiter = readDelimiter(mail, at, boundary);
    if (delimiter !== undefined) found.push(delimiter);
    if (delimiter?.isClosing === true) break;
  }
  return found;
}

/** The line end before a boundary belongs to the boundary. */
function withoutLineEnd(bytes: Buffer): Buffer {
  const end = bytes.at(-1) === LF ? bytes.length - 1 : bytes.length;
  return bytes.subarray(0, bytes[end - 1] === CR && end < bytes.length ? end - 1 : end);
}

/**
 * Returns the parts of a multipart/signed mail; undefined unless there are exactly two and an end.
 *
 * Pure. Only the bytes returned here are verified and read on: whatever else a mail puts around them is not.
 *
 * @see RFC 1847, 2.1
 */
export function splitSigned(mail: Buffer, boundary: string): SignedParts | undefined {
  const [first, second, last, ...more] = findDelimiters(mail, Buffer.from(`--${boundary}`, "latin1"));
  if (!first || !second || !last || more.length > 0 || second.isClosing || !last.isClosing) return undefined;
  return {
    content: withoutLineEnd(mail.subarray(first.end, second.start)),
    signature: withoutLineEnd(mail.subarray(second.end, last.start)),
  };
}

/** True for a line feed that a carriage return stands before. */
const isPaired = (bytes: Uint8Array, at: number): boolean => at > 0 && bytes[at - 1] === CR;

function countLineFeeds(bytes: Uint8Array, wanted: "paired" | "bare"): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (isPaired(bytes, at) === (wanted === "paired")) count += 1;
  }
  return count;
}

/**
 * Returns text lines with CR LF ends, as signatures are computed over. Pure.
 *
 * Byte by byte: by way of texts, a mail of 70 MB took more than 512 MB.
 *
 * @see RFC 8551, 3.1.1
 */
export function toCanonicalLines(bytes: Uint8Array): Buffer {
  const target = Buffer.allocUnsafe(bytes.length + countLineFeeds(bytes, "bare"));
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === LF && !isPaired(bytes, at)) target[length++] = CR;
    target[length++] = bytes[at] ?? 0;
  }
  return target;
}

/** Returns text lines with bare LF ends: some senders sign those against the standard. Pure. */
export function toBareLines(bytes: Uint8Array): Buffer {
  const target = Buffer.allocUnsafe(bytes.length - countLineFeeds(bytes, "paired"));
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] !== CR || bytes[at + 1] !== LF) target[length++] = bytes[at] ?? 0;
  }
  return target;
}

/** Returns the decoded body of a small MIME entity. Pure. */
export function decodeEntity(entity: Uint8Array): Buffer {
  const text = Buffer.from(entity).toString("latin1");
  const gap = /\r?\n\r?\n/.exec(text);
  const head = gap ? text.slice(0, gap.index) : "";
  const body = gap ? text.slice(gap.index + gap[0].length) : text;
  return Buffer.from(body, /^content-transfer-encoding:\s*base64/im.test(head) ? "base64" : "latin1");
}
