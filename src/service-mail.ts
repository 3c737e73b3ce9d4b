import { setTimeout as delay } from "node:timers/promises";
import { tryDatabaseLock } from "./adapters/database-lock.ts";
import { type ImapWatch, type MailboxEvent, watchImap } from "./adapters/imap-watch.ts";
import { composeLetter, createSmtpSender } from "./adapters/smtp-sender.ts";
import type { OfficeStore } from "./compose.ts";
import type { Config } from "./config.ts";
import type { InspectFile } from "./intake/ports.ts";
import { type Log, toLoggable } from "./log.ts";
import { checkMailbox } from "./pipeline/check-mailbox.ts";
import type { OpenMailPorts } from "./pipeline/mail-ports.ts";
import { markInterrupted } from "./pipeline/send-answers.ts";
import { workMail } from "./pipeline/work-mail.ts";

/** The running mail side of the line. */
export interface MailService {
  readonly stop: () => Promise<void>;
}

export interface MailServiceOptions {
  readonly config: Config;
  readonly office: OfficeStore;
  readonly log: Log;
  readonly inspect: InspectFile;
  readonly openWorkFolder: OpenMailPorts["openWorkFolder"];
}

/** Ends of submissions are looked for this often while something waits for one. */
const WORK_MS = 1_000;
/** Who brings recorded mail on; one process of all machines. */
export const MAIL_WORK_LOCK = "mail:work";

function tell(log: Log, account: string, event: MailboxEvent): void {
  switch (event.kind) {
    case "fault":
      log.warn({ account, ...toLoggable(event.error) }, "a mailbox could not be checked; it is tried again");
      return;
    case "alarm":
      log.error({ account, minutes: event.minutes }, "no successful check of a mailbox for some minutes");
      return;
    case "checked":
      log.info({ account, recorded: event.recorded, failed: event.failed }, "mail was taken in");
      return;
    case "connected":
      log.debug({ account }, "a mailbox is connected");
      return;
    case "otherProcess":
      log.warn({ account }, "another process watches this mailbox; this one waits for it to end");
  }
}

/** Returns what the mail steps need of the open office. */
export function mailPortsOf({ config, office, inspect, openWorkFolder }: Omit<MailServiceOptions, "log">): OpenMailPorts {
  const { store, blobs } = office;
  return { store, blobs, config, now: () => new Date(), inspect, openWorkFolder };
}

/** Brings recorded mail on until it is stopped; only one process of all machines does. */
class MailWork {
  readonly #options: MailServiceOptions;
  readonly #ports: OpenMailPorts;
  readonly #closing = new AbortController();
  readonly #onEnded: () => void;
  readonly #failures = new Map<string, number>();
  readonly #running: Promise<void>;
  #wakeUp = new AbortController();

  constructor(options: MailServiceOptions, onEnded: () => void) {
    this.#options = options;
    this.#ports = mailPortsOf(options);
    this.#onEnded = onEnded;
    this.#running = this.#run();
  }

  /** Looks at what was recorded now, without waiting for the next turn. */
  wake(): void {
    this.#wakeUp.abort();
  }

  async stop(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #pause(): Promise<void> {
    const signal = AbortSignal.any([this.#closing.signal, this.#wakeUp.signal]);
    await delay(WORK_MS, undefined, { signal }).catch(() => {});
    this.#wakeUp = new AbortController();
  }

  async #run(): Promise<void> {
    const { log, office } = this.#options;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        const lock = await tryDatabaseLock(office.databaseUrl, MAIL_WORK_LOCK);
        if (lock !== null) {
          let isLost = false;
          void lock.lost.then(() => {
            isLost = true;
          });
          await this.#workUntil(() => isLost || signal.aborted).finally(() => lock.release().catch(() => {}));
        }
      } catch (error) {
        log.warn(toLoggable(error), "the work on mail met a fault and goes on");
      }
      await this.#pause();
    }
  }

  async #workUntil(isStopping: () => boolean): Promise<void> {
    const { config, log } = this.#options;
    const { smtp, from } = config.mail;
    const sender = smtp === undefined || from === undefined ? null : createSmtpSender(smtp, config.mail);
    const interrupted = await markInterrupted(this.#ports);
    if (interrupted > 0) log.warn({ count: interrupted }, "letters may or may not have gone out when a process died; a person decides");
    const onFault = (mailId: string, error: unknown): void => log.warn({ mailId, ...toLoggable(error) }, "a message could not be opened");
    let requestsAtMs = 0;
    while (!isStopping()) {
      const withRequests = performance.now() >= requestsAtMs;
      if (withRequests) requestsAtMs = performance.now() + config.mail.pollMs;
      const { ended } = await workMail({ sender, failures: this.#failures, withRequests, isStopping, onFault }, this.#ports);
      if (ended > 0) this.#onEnded();
      await this.#pause();
    }
  }
}

/** Starts the watch over every configured mailbox and the work on what they bring. */
export function startMail(options: MailServiceOptions): MailService {
  const { config, office, log } = options;
  if (config.mail.accounts.length === 0 && config.mail.smtp === undefined) return { stop: async () => {} };
  const ports = mailPortsOf(options);
  const composer = { compose: composeLetter };
  const work = new MailWork(options, () => {
    for (const watch of watches) watch.wake();
  });
  const watches = config.mail.accounts.map((account): ImapWatch => {
    const suspects = new Map<number, number>();
    return watchImap({
      account,
      config: config.mail,
      databaseUrl: office.databaseUrl,
      check: (mailbox, isStopping) => checkMailbox(mailbox, { account: account.name, suspects, composer, isStopping }, ports),
      note: (fault) => office.store.noteMailCheck(account.name, fault),
      onEvent: (event) => {
        tell(log, account.name, event);
        if (event.kind === "checked") work.wake();
      },
      nowMs: () => performance.now(),
    });
  });
  return {
    stop: async () => {
      await Promise.all(watches.map((watch) => watch.close()));
      await work.stop();
    },
  };
}
