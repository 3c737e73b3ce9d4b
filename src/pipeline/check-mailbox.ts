import { faultCodeOf } from "../errors.ts";
import type { LetterSender, MailPorts } from "./mail-ports.ts";
import type { Mailbox } from "./mailbox-port.ts";
import { moveMail } from "./move-mail.ts";
import { recordMail } from "./record-mail.ts";
import { toOutgoing } from "./send-answers.ts";

export interface CheckOptions {
  readonly account: string;
  /** Failures of messages so far, by UID: a message that breaks its connection is tried after all others. */
  readonly suspects: Map<number, number>;
  readonly composer: Pick<LetterSender, "compose">;
  readonly isStopping: () => boolean;
}

export interface CheckResult {
  readonly recorded: number;
  /** Messages that could not be recorded this time; they stay where they are. */
  readonly failed: number;
}

async function recordNew(mailbox: Mailbox, options: CheckOptions, ports: MailPorts): Promise<CheckResult> {
  const { account, suspects, isStopping } = options;
  const { folder, uidValidity } = mailbox;
  const known = new Set(await ports.store.listKnownUids(account, { folder, uidValidity }));
  const fresh = (await mailbox.listUids()).filter((uid) => !known.has(uid));
  const ordered = fresh.toSorted((a, b) => (suspects.get(a) ?? 0) - (suspects.get(b) ?? 0) || a - b);
  let recorded = 0;
  let failed = 0;
  for (const uid of ordered) {
    if (isStopping()) break;
    try {
      if ((await recordMail(mailbox, account, uid, ports)) !== null) recorded += 1;
      suspects.delete(uid);
    } catch (error) {
      suspects.set(uid, (suspects.get(uid) ?? 0) + 1);
      if (faultCodeOf(error) !== "mailUnavailable" || !mailbox.isUsable()) throw error;
      failed += 1;
    }
  }
  return { recorded, failed };
}

/** Puts drafts of letters into the account's drafts folder. */
async function putDrafts(mailbox: Mailbox, { account, composer }: CheckOptions, { store, config }: MailPorts): Promise<void> {
  const { from, folders } = config.mail;
  if (from === undefined) return;
  for (const answer of await store.listAnswers({ state: "waiting", way: "draft" })) {
    if (answer.account !== account) continue;
    const letter = toOutgoing(answer, from);
    await mailbox.appendDraft(folders.drafts, await composer.compose(letter), letter.messageId);
    await store.changeAnswer(answer.id, "waiting", { state: "done", attempts: answer.attempts + 1 });
  }
}

/**
 * Looks through a mailbox once: new messages become durable, then messages that are at their end are moved, then drafts are put down.
 *
 * May be repeated and be cut at any instant.
 *
 * @throws mailUnavailable, databaseUnavailable, storageUnavailable
 */
export async function checkMailbox(mailbox: Mailbox, options: CheckOptions, ports: MailPorts): Promise<CheckResult> {
  const result = await recordNew(mailbox, options, ports);
  for (const message of await ports.store.listMail({ account: options.account, isMoved: false })) {
    if (options.isStopping()) return result;
    await moveMail(mailbox, message, ports);
  }
  await putDrafts(mailbox, options, ports);
  return result;
}
