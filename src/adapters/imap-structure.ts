import type { MessageStructureObject } from "imapflow";
import type { MailPart } from "../intake/mail/mail-message.ts";

/** A message in more parts than this is an attack; the rest is left to the reading of its bytes. */
const MAX_PARTS = 500;
const MAX_DEPTH = 20;

const toPart = (node: MessageStructureObject): MailPart => ({
  part: node.part ?? "1",
  type: node.type.toLowerCase(),
  isAttachment: node.disposition?.toLowerCase() === "attachment",
  hasName: node.dispositionParameters?.filename !== undefined || node.parameters?.name !== undefined,
  hasContentId: node.id !== undefined,
  sizeBytes: node.size ?? 0,
});

/** Returns the leaves of a message in their order; a message inside the message is one leaf. Pure. */
export function listParts(root: MessageStructureObject): MailPart[] {
  const parts: MailPart[] = [];
  const visit = (node: MessageStructureObject, depth: number): void => {
    if (parts.length >= MAX_PARTS || depth > MAX_DEPTH) return;
    if (node.type.toLowerCase().startsWith("multipart/")) for (const child of node.childNodes ?? []) visit(child, depth + 1);
    else parts.push(toPart(node));
  };
  visit(root, 0);
  return parts;
}
