import { tryDatabaseLock } from "./adapters/database-lock.ts";
import { connectImap } from "./adapters/imap-client.ts";
import { openImapMailbox } from "./adapters/imap-mailbox.ts";
import { openMailSecret } from "./adapters/mail-secret.ts";
import { composeLetter, createSmtpSender } from "./adapters/smtp-sender.ts";
import { faultCodeOf, IlmoError } from "./errors.ts";
import type { MailAccount } from "./mail-config.ts";
import { checkMailbox } from "./pipeline/check-mailbox.ts";
import type { OpenMailPorts } from "./pipeline/mail-ports.ts";
import { markInterrupted } from "./pipeline/send-answers.ts";
import { workMail } from "./pipeline/work-mail.ts";
import { MAIL_WORK_LOCK, type MailServiceOptions, mailPortsOf } from "./service-mail.ts";

type OnceOptions = Omit<MailServiceOptions, "log">;

export interface MailCheckResult {
  readonly recorded: number;
  readonly opened: number;
  readonly ended: number;
  readonly sent: number;
}

/** Runs work that only one process may do, or refuses. */
async function withMailLock<T>(databaseUrl: string, name: string, work: () => Promise<T>): Promise<T> {
  const lock = await tryDatabaseLock(databaseUrl, name);
  if (lock === null)
    throw new IlmoError("notAllowed", "Expected that no other process watches the mailboxes; the service does so already, by itself.");
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

async function checkAccountOnce(account: MailAccount, { config, office }: OnceOptions, ports: OpenMailPorts): Promise<number> {
  const options = {
    account: account.name,
    suspects: new Map<number, number>(),
    composer: { compose: composeLetter },
    isStopping: () => false,
  };
  try {
    const client = await connectImap(account, config.mail, openMailSecret(account));
    try {
      const { recorded, failed } = await checkMailbox(await openImapMailbox(client, account.name, account.folder), options, ports);
      await office.store.noteMailCheck(account.name, failed === 0 ? null : "mailUnavailable");
      await client.logout().catch(() => {});
      return recorded;
    } finally {
      client.close();
    }
  } catch (error) {
    await office.store.noteMailCheck(account.name, faultCodeOf(error));
    throw error;
  }
}

/**
 * Looks through every mailbox once and brings its mail on, without a service.
 *
 * @throws notAllowed while a service does; mailUnavailable, mailLoginRefused
 */
export async function checkMailOnce(options: OnceOptions, onAccount: (account: string) => void): Promise<MailCheckResult> {
  const { config, office } = options;
  const ports = mailPortsOf(options);
  const { smtp, from, accounts } = config.mail;
  const sender = smtp === undefined || from === undefined ? null : createSmtpSender(smtp, config.mail);
  let recorded = 0;
  for (const account of accounts) {
    onAccount(account.name);
    recorded += await withMailLock(office.databaseUrl, `mail:${account.name}`, () => checkAccountOnce(account, options, ports));
  }
  const work = await withMailLock(office.databaseUrl, MAIL_WORK_LOCK, async () => {
    await markInterrupted(ports);
    return workMail({ sender, failures: new Map(), withRequests: true, isStopping: () => false, onFault: () => {} }, ports);
  });
  return { recorded, ...work };
}
