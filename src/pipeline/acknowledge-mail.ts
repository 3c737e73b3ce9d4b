import { createHash } from "node:crypto";
import { formatAcknowledgement } from "../intake/mail/answer-texts.ts";
import type { MailPorts } from "./mail-ports.ts";
import type { MailMessage, MailStore } from "./mail-store-port.ts";

/** How many attachments there were and how many of them were read. */
export interface ReadCounts {
  readonly documentCount: number;
  /** null when there was no form among them. */
  readonly readCount: number | null;
}

/** One answer a message, however often it is delivered. */
function effectKeyOf({ messageId, fromAddress, sha256, id }: MailMessage): string {
  const parts = [fromAddress ?? "", messageId ?? sha256 ?? id];
  return `acknowledgement:${createHash("sha256").update(parts.join("\n")).digest("hex")}`;
}

const DAY_MS = 86_400_000;
/**
 * Acknowledgements to one address within a day; whoever writes more is a machine that does not say so, and each of its answers to ours
 * would be answered again. A unit that mails every form by itself sends some dozens; letters of words are few.
 */
const MOST_A_DAY = { withForms: 200, withoutForms: 5 } as const;

/** Puts the acknowledgement of a message among the letters to send, once, and only where a person will read it. @see RFC 3834 section 2 */
export async function queueAcknowledgement(
  message: MailMessage,
  counts: ReadCounts | null,
  store: Pick<MailStore, "addAnswer" | "countAcknowledgements">,
  { config, now }: Pick<MailPorts, "config" | "now">,
): Promise<void> {
  const { fromAddress, answerBlock, kind, hasNotice } = message;
  if (config.mail.acknowledgements === "off" || fromAddress === null || answerBlock !== null) return;
  if (kind === "machine" || kind === "held" || message.doubt !== null) return;
  const sent = await store.countAcknowledgements(fromAddress, new Date(now().getTime() - DAY_MS).toISOString());
  if (kind === "forms" ? sent.withForms >= MOST_A_DAY.withForms : sent.withoutForms >= MOST_A_DAY.withoutForms) return;
  const facts = {
    reference: message.reference,
    arrivedAt: message.arrivedAt,
    documentCount: counts?.documentCount ?? message.documentCount,
    readCount: counts === null ? (kind === "tooLarge" ? 0 : null) : counts.readCount,
    isLinkOnly: kind === "notice",
    hasLinkToo: hasNotice && kind !== "notice",
    office: config.office,
  };
  const { subject, text } = formatAcknowledgement(facts, message.language);
  await store.addAnswer({
    key: effectKeyOf(message),
    kind: "acknowledgement",
    way: "send",
    account: message.account,
    mailId: message.id,
    registrationId: null,
    letter: { to: fromAddress, subject, text, inReplyTo: message.messageId },
  });
}
