import { faultCodeOf } from "../errors.ts";
import type { MailPorts } from "./mail-ports.ts";
import type { MailMessage, MailPlace } from "./mail-store-port.ts";
import type { Mailbox } from "./mailbox-port.ts";

/** The copy that an interrupted move left where the message belongs. */
async function findCopy(mailbox: Mailbox, { messageId, sizeBytes }: MailMessage, target: string): Promise<MailPlace | null> {
  return messageId === null ? null : mailbox.findIn(target, messageId, sizeBytes);
}

async function bringTo(mailbox: Mailbox, message: MailMessage, target: string): Promise<MailPlace> {
  if (!(await mailbox.isAt(message.place)))
    return (await findCopy(mailbox, message, target)) ?? { folder: target, uidValidity: "", uid: null };
  const copy = message.moveFault === null && mailbox.movesWhole() ? null : await findCopy(mailbox, message, target);
  if (copy === null) return mailbox.move(message.place, target);
  await mailbox.remove(message.place);
  return copy;
}

/**
 * Moves a message where it belongs, as the last thing that is done with it.
 *
 * May be repeated: one that was moved, but not noted, is noted; one that somebody else took away counts as moved. A server that
 * refuses (a full mailbox) is asked again at the next check.
 *
 * @throws mailUnavailable when the connection is gone; databaseUnavailable
 */
export async function moveMail(mailbox: Mailbox, message: MailMessage, { store }: Pick<MailPorts, "store">): Promise<void> {
  const { targetFolder, place } = message;
  if (targetFolder === null) return;
  try {
    const moved = place.folder === targetFolder ? place : await bringTo(mailbox, message, targetFolder);
    await store.changeMail(message.id, { place: moved, isMoved: true, moveFault: null });
  } catch (error) {
    const code = faultCodeOf(error);
    if (code !== "mailUnavailable") throw error;
    await store.changeMail(message.id, { moveFault: code });
    if (!mailbox.isUsable()) throw error;
  }
}
