import { faultCodeOf, isOutage } from "../errors.ts";
import { endMail } from "./end-mail.ts";
import type { LetterSender, OpenMailPorts } from "./mail-ports.ts";
import { queueCompletionMails } from "./mail-requests.ts";
import { openMail } from "./open-mail.ts";
import { sendAnswers } from "./send-answers.ts";

/** Tries of a message whose opening fails for no reason of its own. */
const MAX_OPENINGS = 3;

export interface WorkOptions {
  /** null: nothing is sent. */
  readonly sender: LetterSender | null;
  /** Failed openings so far, by message. */
  readonly failures: Map<string, number>;
  /** Looks through all printed requests that no letter carries: dear where many came by post. */
  readonly withRequests: boolean;
  readonly isStopping: () => boolean;
  readonly onFault: (mailId: string, error: unknown) => void;
}

export interface WorkResult {
  readonly opened: number;
  readonly ended: number;
  readonly sent: number;
}

async function openRecorded({ failures, isStopping, onFault }: WorkOptions, ports: OpenMailPorts): Promise<number> {
  let opened = 0;
  for (const message of await ports.store.listMail({ state: "recorded" })) {
    if (isStopping()) break;
    const failed = failures.get(message.id) ?? 0;
    try {
      await openMail(message, failed + 1 >= MAX_OPENINGS, ports);
      failures.delete(message.id);
      opened += 1;
    } catch (error) {
      if (isOutage(faultCodeOf(error))) throw error;
      failures.set(message.id, failed + 1);
      onFault(message.id, error);
    }
  }
  return opened;
}

/**
 * Brings recorded messages on: looks into new ones, ends those whose submission has ended, writes letters, sends them.
 *
 * Needs no mailbox. Only one process may do this at a time.
 *
 * @throws databaseUnavailable, storageUnavailable
 */
export async function workMail(options: WorkOptions, ports: OpenMailPorts): Promise<WorkResult> {
  const opened = await openRecorded(options, ports);
  let ended = 0;
  const rescued = await ports.store.listRescuedMail(ports.config.mail.folders.quarantine);
  for (const message of [...(await ports.store.listMail({ state: "waiting" })), ...rescued]) if (await endMail(message, ports)) ended += 1;
  if (options.withRequests) await queueCompletionMails(ports);
  const sent = options.sender === null || options.isStopping() ? 0 : await sendAnswers(options.sender, ports);
  return { opened, ended, sent };
}
