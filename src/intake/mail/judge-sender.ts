import { findAuthentication } from "./authentication-results.ts";
import type { MailEnvelope } from "./mail-message.ts";
import { domainOf } from "./parse-headers.ts";

/** A unit that may send forms by mail. */
export interface KnownSender {
  readonly unit: string;
  readonly addresses: readonly string[];
  readonly domains: readonly string[];
  readonly language: "fi" | "sv" | "en";
}

/** Why a message waits for a person's word. `senderForged`: an own server found that it does not come from where it says. */
export type SenderDoubt = "senderUnknown" | "senderUnclear" | "senderForged" | "senderUnproven";

export type SenderVerdict =
  | { readonly kind: "known"; readonly address: string; readonly unit: string; readonly language: KnownSender["language"] }
  | { readonly kind: "doubtful"; readonly address: string | null; readonly doubt: SenderDoubt };

/** Returns the unit of an address: the address itself first, then the nearest domain. Pure. */
export function findSender(address: string, senders: readonly KnownSender[]): KnownSender | null {
  const exact = senders.find((sender) => sender.addresses.includes(address));
  if (exact !== undefined) return exact;
  const domain = domainOf(address);
  const candidates = senders
    .flatMap((sender) => sender.domains.map((own) => ({ sender, own })))
    .filter(({ own }) => domain === own || domain.endsWith(`.${own}`))
    .toSorted((a, b) => b.own.length - a.own.length);
  return candidates[0]?.sender ?? null;
}

/**
 * Tells whether a message comes from a unit that may send forms.
 *
 * Pure. Without `authservIds` the From field is believed as it is: then only an own gateway may deliver to the mailbox.
 */
export function judgeSender(
  mail: Pick<MailEnvelope, "headers" | "from">,
  senders: readonly KnownSender[],
  authservIds: readonly string[],
): SenderVerdict {
  const { from: address } = mail;
  if (address === null) return { kind: "doubtful", address, doubt: "senderUnclear" };
  const sender = findSender(address, senders);
  if (sender === null) return { kind: "doubtful", address, doubt: "senderUnknown" };
  const authentication = authservIds.length === 0 ? "pass" : findAuthentication(mail.headers, authservIds, domainOf(address));
  if (authentication === "fail") return { kind: "doubtful", address, doubt: "senderForged" };
  if (authentication === "none") return { kind: "doubtful", address, doubt: "senderUnproven" };
  return { kind: "known", address, unit: sender.unit, language: sender.language };
}
