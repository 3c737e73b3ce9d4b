import type { FoundPart } from "./protocol.ts";

/** What becomes of a part by what its sender declares; `content`: what it is by its bytes decides. */
export type PartVerdict = "content" | "ignored" | "mail";

/**
 * A permit card is 54 mm high: with this many pixels it has 94 dpi, and nobody can read its numbers. Logos and faces under
 * a signature are smaller than that on their shorter side.
 */
const MIN_INLINE_SIDE_PX = 200;

/** Nothing that was written on paper fits in this, attached or not: spacers and tracking dots. */
const MIN_SIDE_PX = 32;

/** Machine parts of a mail that never hold a form. */
const MACHINE_TYPES: ReadonlySet<string> = new Set([
  "application/pkcs7-signature",
  "application/x-pkcs7-signature",
  "application/pgp-signature",
  "application/pgp-keys",
  "application/pgp-encrypted",
  "application/ms-tnef-properties",
  "message/delivery-status",
  "message/disposition-notification",
  "message/feedback-report",
  "text/rfc822-headers",
  "text/calendar",
  "text/vcard",
  "text/x-vcard",
  "text/directory",
]);

function isDecoration({ isInline, pixels }: FoundPart): boolean {
  if (pixels === undefined) return false;
  const shorter = Math.min(pixels.width, pixels.height);
  return shorter < (isInline ? MIN_INLINE_SIDE_PX : MIN_SIDE_PX);
}

/** Returns what becomes of a part. Pure. Ignored parts stay visible. */
export function judgePart(part: FoundPart): PartVerdict {
  const type = part.declaredType?.toLowerCase() ?? "";
  if (MACHINE_TYPES.has(type)) return "ignored";
  if (type === "message/rfc822" || type === "message/global" || type.startsWith("multipart/")) return "mail";
  return isDecoration(part) ? "ignored" : "content";
}
