import { setTimeout as delay } from "node:timers/promises";
import type { ImapFlow } from "imapflow";
import { type FaultCode, faultCodeOf } from "../errors.ts";
import type { MailAccount, MailConfig } from "../mail-config.ts";
import type { Mailbox } from "../pipeline/mailbox-port.ts";
import { type DatabaseLock, tryDatabaseLock } from "./database-lock.ts";
import { connectImap } from "./imap-client.ts";
import { openImapMailbox } from "./imap-mailbox.ts";
import { type MailSecret, openMailSecret } from "./mail-secret.ts";

/** What a watch tells; names of accounts, codes and counts only. */
export type MailboxEvent =
  | { readonly kind: "connected" | "otherProcess" }
  | { readonly kind: "checked"; readonly recorded: number; readonly failed: number }
  | { readonly kind: "fault"; readonly error: unknown }
  | { readonly kind: "alarm"; readonly minutes: number };

export interface ImapWatchOptions {
  readonly account: MailAccount;
  readonly config: MailConfig;
  readonly databaseUrl: string;
  /** Looks through the mailbox once. */
  readonly check: (mailbox: Mailbox, isStopping: () => boolean) => Promise<{ readonly recorded: number; readonly failed: number }>;
  /** Notes how a check went; null = well. */
  readonly note: (fault: FaultCode | null) => Promise<void>;
  readonly onEvent: (event: MailboxEvent) => void;
  /** Steady clock, ms. */
  readonly nowMs: () => number;
}

/** A running watch over one mailbox. */
export interface ImapWatch {
  /** Checks soon, without waiting for the next poll. */
  readonly wake: () => void;
  readonly close: () => Promise<void>;
}

const MINUTE_MS = 60_000;
/** The lock is asked for again this often while another process has it. */
const LOCK_RETRY_MS = 1_000;
/** Saying goodbye to a server that does not answer. */
const LOGOUT_MS = 2_000;

class Watcher implements ImapWatch {
  readonly #options: ImapWatchOptions;
  readonly #secret: MailSecret;
  readonly #closing = new AbortController();
  #wakeUp: () => void = () => {};
  #isWoken = false;
  #lastSuccessMs: number;
  #lastAlarmMs: number;
  #running: Promise<void> = Promise.resolve();

  constructor(options: ImapWatchOptions) {
    this.#options = options;
    this.#secret = openMailSecret(options.account);
    this.#lastSuccessMs = options.nowMs();
    this.#lastAlarmMs = this.#lastSuccessMs;
  }

  start(): void {
    this.#running = this.#runForEver();
  }

  wake(): void {
    this.#isWoken = true;
    this.#wakeUp();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#wakeUp();
    await this.#running;
  }

  #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  #pause(ms: number): Promise<void> {
    return delay(ms, undefined, { signal: this.#closing.signal }).catch(() => {});
  }

  /** Whatever goes wrong, the mailbox is tried again; waits grow until a check succeeds. */
  async #runForEver(): Promise<void> {
    const { reconnectMs } = this.#options.config;
    let failures = 0;
    while (!this.#isClosed()) {
      const before = this.#lastSuccessMs;
      try {
        await this.#holdLock();
      } catch (error) {
        if (this.#isClosed()) return;
        await this.#tellFault(error);
      }
      failures = this.#lastSuccessMs > before ? 0 : failures + 1;
      await this.#pause(reconnectMs[Math.min(failures, reconnectMs.length - 1)] ?? MINUTE_MS);
    }
  }

  async #tellFault(error: unknown): Promise<void> {
    const { note, onEvent, nowMs, config } = this.#options;
    onEvent({ kind: "fault", error });
    await note(faultCodeOf(error)).catch(() => {}); // the database may be what is away
    const silentMs = nowMs() - this.#lastSuccessMs;
    const alarmMs = config.alarmAfterMinutes * MINUTE_MS;
    if (silentMs < alarmMs || nowMs() - this.#lastAlarmMs < alarmMs) return;
    this.#lastAlarmMs = nowMs();
    onEvent({ kind: "alarm", minutes: Math.floor(silentMs / MINUTE_MS) });
  }

  /** Only one process may watch an account. */
  async #holdLock(): Promise<void> {
    const { databaseUrl, account, onEvent } = this.#options;
    let lock: DatabaseLock | null = null;
    for (let attempt = 0; lock === null && !this.#isClosed(); attempt += 1) {
      lock = await tryDatabaseLock(databaseUrl, `mail:${account.name}`);
      if (lock !== null) break;
      if (attempt === 0) onEvent({ kind: "otherProcess" });
      await this.#pause(LOCK_RETRY_MS);
    }
    if (lock === null) return;
    try {
      await this.#holdConnection(lock);
    } finally {
      await lock.release().catch(() => {});
    }
  }

  async #holdConnection(lock: DatabaseLock): Promise<void> {
    const { account, config, onEvent } = this.#options;
    const client = await connectImap(account, config, this.#secret);
    const lost = new AbortController();
    void lock.lost.then(() => {
      lost.abort();
      client.close();
      this.#wakeUp();
    });
    client.on("exists", () => this.#wakeUp());
    client.on("close", () => this.#wakeUp());
    try {
      onEvent({ kind: "connected" });
      const mailbox = await openImapMailbox(client, account.name, account.folder);
      while (!this.#isClosed() && !lost.signal.aborted) await this.#checkOnce(client, mailbox);
    } finally {
      await Promise.race([client.logout().catch(() => {}), this.#isClosed() ? delay(LOGOUT_MS) : this.#pause(LOGOUT_MS)]);
      client.close();
    }
  }

  async #checkOnce(client: ImapFlow, mailbox: Mailbox): Promise<void> {
    const { check, note, onEvent, nowMs } = this.#options;
    this.#isWoken = false;
    const result = await check(mailbox, () => this.#isClosed());
    await note(result.failed === 0 ? null : "mailUnavailable");
    if (result.failed === 0) this.#lastSuccessMs = nowMs();
    if (result.recorded > 0 || result.failed > 0) onEvent({ kind: "checked", ...result });
    await this.#waitForMail(client);
  }

  /** IDLE makes it quick, the poll makes it sure. */
  async #waitForMail(client: ImapFlow): Promise<void> {
    if (this.#isWoken || this.#isClosed()) return;
    const { account, config } = this.#options;
    const woken = new Promise<void>((resolve) => {
      this.#wakeUp = resolve;
    });
    await client.mailboxOpen(account.folder);
    if (!client.usable) return;
    void client.idle().catch(() => {}); // ends with the next command, or with the connection
    const waiting = new AbortController();
    await Promise.race([woken, delay(config.pollMs, undefined, { signal: waiting.signal }).catch(() => {})]);
    waiting.abort();
  }
}

/** Watches a mailbox until it is closed; a lost connection, a refused login or a missing server is tried again for ever. */
export function watchImap(options: ImapWatchOptions): ImapWatch {
  const watcher = new Watcher(options);
  watcher.start();
  return { wake: () => watcher.wake(), close: () => watcher.close() };
}
