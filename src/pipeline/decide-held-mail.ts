import { IlmoError } from "../errors.ts";
import { queueAcknowledgement } from "./acknowledge-mail.ts";
import type { MailPorts } from "./mail-ports.ts";
import type { MailMessage } from "./mail-store-port.ts";
import type { Store } from "./store-port.ts";

async function getHeld(store: Store, idOrReference: string): Promise<MailMessage> {
  const message = await store.findMail(idOrReference);
  if (message === null)
    throw new IlmoError("notFound", "Expected the reference of a message; there is none such. `ilmo mail unknown` shows them.");
  if (message.state !== "held")
    throw new IlmoError("notAllowed", "Expected a message that waits for a decision; this one does not (any more).");
  return message;
}

function kindOf({ hasNotice, sha256 }: MailMessage, hasForms: boolean): MailMessage["kind"] {
  if (hasForms) return "forms";
  if (hasNotice) return "notice";
  return sha256 === null ? "tooLarge" : "letter";
}

/**
 * A named person lets a message of an unknown sender in: it goes down the line like any other.
 *
 * `unit` names the unit that it comes from, when that is known.
 *
 * @throws notFound, notAllowed
 */
export async function acceptMail(
  { store, config, now }: Pick<MailPorts, "store" | "config" | "now">,
  idOrReference: string,
  { by, unit }: { readonly by: string; readonly unit: string | null },
): Promise<MailMessage> {
  const message = await getHeld(store, idOrReference);
  const hasForms = message.documentCount > 0 && message.sha256 !== null;
  await store.inTransaction(async (transaction) => {
    const kind = kindOf(message, hasForms);
    await transaction.changeMail(message.id, { state: hasForms ? "recorded" : "ended", kind, unit, doubt: null });
    if (!hasForms) await queueAcknowledgement({ ...message, kind, unit, doubt: null }, null, transaction, { config, now });
    if (!hasForms && !message.hasNotice) {
      const task = message.sha256 === null ? "messageTooLarge" : "readLetter";
      await transaction.addTask({
        key: `${task}:${message.id}`,
        kind: task,
        mailId: message.id,
        submissionId: null,
        dueOn: null,
        detail: message.account,
      });
    }
    await transaction.audit({ actor: by, action: "mail.accepted", registrationId: null, detail: message.reference });
  });
  return message;
}

/** A named person refuses a message: it stays in the Quarantine folder and in the store, and goes nowhere. @throws notFound, notAllowed */
export async function refuseMail(store: Store, idOrReference: string, by: string): Promise<MailMessage> {
  const message = await getHeld(store, idOrReference);
  await store.inTransaction(async (transaction) => {
    await transaction.changeMail(message.id, { state: "refused" });
    await transaction.audit({ actor: by, action: "mail.refused", registrationId: null, detail: message.reference });
  });
  return message;
}
