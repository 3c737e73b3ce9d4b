/** What a CMS message holds. */
export type CmsContent = "signed" | "encrypted" | "compressed";

/** Object identifiers of the content type, DER with tag and length. @see RFC 5652, RFC 5083, RFC 3274 */
const CONTENTS: readonly (readonly [CmsContent, readonly number[]])[] = [
  ["signed", [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]],
  ["encrypted", [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03]],
  ["encrypted", [0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17]],
  ["compressed", [0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x09]],
];

/** The sequence's own head: a tag and one to five bytes of length, or 0x80 for an open end. */
function lengthOfHead(bytes: Uint8Array): number {
  const first = bytes[1] ?? 0;
  return first <= 0x80 ? 2 : 2 + (first & 0x7f);
}

/** Returns what a CMS message holds; undefined when the bytes are none. Pure. */
export function cmsContentOf(bytes: Uint8Array): CmsContent | undefined {
  if (bytes[0] !== 0x30) return undefined;
  const start = lengthOfHead(bytes);
  return CONTENTS.find(([, oid]) => oid.every((byte, index) => bytes[start + index] === byte))?.[0];
}
