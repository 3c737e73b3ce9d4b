import { formatCompletionMail } from "../documents/format-completion-mail.ts";
import { addDays, localDay } from "../model/time.ts";
import type { MailPorts } from "./mail-ports.ts";
import type { MailMessage } from "./mail-store-port.ts";
import { completableFindings } from "./paper-inputs.ts";
import type { StoredRegistration } from "./store-port.ts";

interface Recipient {
  readonly address: string;
  readonly language: "fi" | "sv" | "en";
  readonly account: string | null;
  readonly mail: MailMessage | null;
}

/** The unit that sent the form: by the mail it came with, else by the unit's name on the form when that is sure. */
async function findRecipient({ submissionId, reading }: StoredRegistration, { store, config }: MailPorts): Promise<Recipient | null> {
  const mail = await store.findMailOfSubmission(submissionId);
  if (mail?.fromAddress != null && mail.unit !== null) {
    const { fromAddress, language, account, answerBlock } = mail;
    return answerBlock === null ? { address: fromAddress, language, account, mail } : null;
  }
  const named = reading.readings.find(({ field, status }) => field === "senderUnit" && status === "accepted")?.value;
  const unit = config.senders.find((sender) => typeof named === "string" && sender.unit.toLowerCase() === named.toLowerCase());
  const address = unit?.addresses[0];
  if (unit === undefined || address === undefined) return null;
  return { address, language: unit.language, account: null, mail: null };
}

/** A person under non-disclosure is asked about by hand only. @see DOMAIN 7.3 */
function isNonDisclosed({ reading }: StoredRegistration): boolean {
  return reading.readings.some(({ field, value, status }) => field === "nonDisclosure" && (value === true || status === "review"));
}

/**
 * Puts each printed completion request into a letter to the unit that sent the form, once; as a draft or to be sent.
 *
 * The letter names nobody: the reference, and the mail that it answers, say whose form it is.
 */
export async function queueCompletionMails(ports: MailPorts): Promise<number> {
  const { store, config, now } = ports;
  const way = config.mail.completionRequests;
  if (way === "off") return 0;
  let queued = 0;
  for (const { registrationId } of await store.listUnmailedRequests()) {
    const registration = await store.getRegistration(registrationId);
    const recipient = isNonDisclosed(registration) ? null : await findRecipient(registration, ports);
    const account = recipient?.account ?? config.mail.accounts[0]?.name ?? null;
    if (recipient === null || (way === "draft" && account === null)) continue;
    const letter = formatCompletionMail({
      language: recipient.language,
      reference: registration.reference,
      answerBy: addDays(localDay(now()), config.completion.answerWithinDays),
      findings: completableFindings(registration),
      office: config.office,
    });
    if (letter === null) continue;
    const isNew = await store.addAnswer({
      key: `completionRequest:${registrationId}:${registration.version}`,
      kind: "completionRequest",
      way,
      account,
      mailId: recipient.mail?.id ?? null,
      registrationId,
      letter: { to: recipient.address, ...letter, inReplyTo: recipient.mail?.messageId ?? null },
    });
    if (isNew) queued += 1;
  }
  return queued;
}
