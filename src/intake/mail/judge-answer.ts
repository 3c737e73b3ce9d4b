import { type MailEnvelope, valuesOf } from "./mail-message.ts";

/** Why a message is never answered automatically. @see RFC 3834 section 2 */
export type AnswerBlock = "automatic" | "bulk" | "list" | "bounce" | "suppressed" | "own";

const MACHINE_NAMES =
  /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|ei-?vastausta|bounces?|owner-.*|.*-(?:request|bounces|owner))(?:[+.=-].*)?@/;

/**
 * Tells why a message must not be answered automatically; null when it may be.
 *
 * Pure.
 *
 * @param ownAddresses addresses of the office's mailboxes
 */
export function findAnswerBlock(
  mail: Pick<MailEnvelope, "headers" | "from" | "type">,
  ownAddresses: readonly string[],
): AnswerBlock | null {
  const { headers, from, type } = mail;
  const has = (name: string): boolean => valuesOf(headers, name).length > 0;
  const address = from ?? "";
  if (valuesOf(headers, "return-path").some((value) => value.replace(/\s/g, "") === "<>") || type === "multipart/report") return "bounce";
  if (address === "" || MACHINE_NAMES.test(address)) return "bounce";
  if (ownAddresses.includes(address)) return "own";
  if (valuesOf(headers, "auto-submitted").some((value) => !/^no\b/i.test(value))) return "automatic";
  if (has("x-autoreply") || has("x-autorespond") || has("x-auto-reply")) return "automatic";
  if (valuesOf(headers, "precedence").some((value) => /^(?:bulk|list|junk|auto_reply)\b/i.test(value))) return "bulk";
  if (headers.some(({ name }) => name.startsWith("list-")) || has("feedback-id")) return "list";
  if (valuesOf(headers, "x-auto-response-suppress").some((value) => /\b(?:all|autoreply|oof)\b/i.test(value))) return "suppressed";
  return null;
}
