import type { CodeEnvironment } from "../../model/personal-identity-code.ts";
import type { IsoDate } from "../../model/time.ts";
import { countDocuments } from "./count-documents.ts";
import { hasIdentityCode } from "./find-identity-code.ts";
import { findLinkNotice, type LinkNotice } from "./find-link-notice.ts";
import { type AnswerBlock, findAnswerBlock } from "./judge-answer.ts";
import { judgeSender, type KnownSender, type SenderVerdict } from "./judge-sender.ts";
import type { MailEnvelope } from "./mail-message.ts";
import type { NoticePattern } from "./notice-patterns.ts";

/**
 * What a message is to the office. `forms`: goes down the line. `notice`: only a link, a person opens it. `letter`: words only, a
 * person reads it. `machine`: a bounce or an automatic answer. `held`: its sender needs a person's word. `tooLarge`: not fetched.
 */
export type MailKind = "forms" | "notice" | "letter" | "machine" | "held" | "tooLarge";

export interface MailDecision {
  readonly kind: MailKind;
  readonly sender: SenderVerdict;
  /** Set on a notice, and on a message with documents that also is one. */
  readonly notice: LinkNotice | null;
  /** Parts that can be documents. */
  readonly documentCount: number;
  /** The words of the message carry a personal identity code: it came unprotected. */
  readonly hasIdentityCode: boolean;
  /** null when the message may be answered automatically. */
  readonly answerBlock: AnswerBlock | null;
}

/** What the office has decided about mail beforehand. */
export interface MailPolicy {
  readonly senders: readonly KnownSender[];
  readonly ownAddresses: readonly string[];
  readonly authservIds: readonly string[];
  readonly patterns: readonly NoticePattern[];
  readonly maxMessageBytes: number;
  readonly environment: CodeEnvironment;
}

function kindOf(mail: MailEnvelope, policy: MailPolicy, found: Omit<MailDecision, "kind">): MailKind {
  const { sender, notice, documentCount, answerBlock } = found;
  if (mail.sizeBytes > policy.maxMessageBytes) return "tooLarge";
  if (answerBlock === "bounce" && (documentCount === 0 || mail.type === "multipart/report") && notice === null) return "machine";
  if (answerBlock === "own" && documentCount === 0) return "machine";
  if (sender.kind === "doubtful") return "held";
  if (documentCount > 0) return "forms";
  if (notice !== null) return "notice";
  return answerBlock === "automatic" ? "machine" : "letter";
}

/**
 * Decides what becomes of a message, from what is known before its bytes are fetched.
 *
 * Pure.
 *
 * @param text its plain and HTML texts; never kept
 */
export function decideMail(mail: MailEnvelope, text: string, arrivedOn: IsoDate, policy: MailPolicy): MailDecision {
  const words = `${mail.subject}\n${text}`;
  const sender = judgeSender(mail, policy.senders, policy.authservIds);
  const isForged = sender.kind === "doubtful" && sender.doubt === "senderForged";
  const found = {
    sender,
    notice: isForged ? null : findLinkNotice({ from: mail.from ?? "", text: words, arrivedOn }, policy.patterns),
    documentCount: countDocuments(mail.parts),
    hasIdentityCode: hasIdentityCode(words, policy.environment),
    answerBlock: findAnswerBlock(mail, policy.ownAddresses),
  };
  return { kind: kindOf(mail, policy, found), ...found };
}

/** Kinds that a person must look at: their message lies in the Quarantine folder. Pure. */
export function needsPerson(kind: MailKind): boolean {
  return kind !== "forms" && kind !== "machine";
}
