import type { MailPart } from "./mail-message.ts";

/** A picture in the text below this is a logo or a tracking dot, encoded bytes; the smallest phone photo of a page is ten times that. */
const LOGO_BYTES = 20_000;

const SIGNATURES = new Set(["application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"]);
const NEVER_DOCUMENTS = new Set([
  "text/calendar",
  "text/x-amp-html",
  "text/vcard",
  "text/x-vcard",
  "message/delivery-status",
  "message/disposition-notification",
]);

function isDocument({ type, isAttachment, hasName, hasContentId, sizeBytes }: MailPart): boolean {
  if (SIGNATURES.has(type) || NEVER_DOCUMENTS.has(type)) return false;
  if (type === "text/html") return false;
  if (type.startsWith("text/")) return isAttachment && hasName;
  const isInText = hasContentId && !isAttachment;
  return !(type.startsWith("image/") && (isInText || !hasName) && sizeBytes < LOGO_BYTES);
}

/** Returns how many parts of a message can be documents: neither its text, nor a signature, nor a logo. Pure. */
export function countDocuments(parts: readonly MailPart[]): number {
  return parts.filter(isDocument).length;
}
