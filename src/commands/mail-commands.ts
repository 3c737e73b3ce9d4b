import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createFileOpener } from "../adapters/file-opener.ts";
import type { OfficeStore } from "../compose.ts";
import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { acceptMail, refuseMail } from "../pipeline/decide-held-mail.ts";
import { readMailStatus } from "../pipeline/mail-status.ts";
import { checkMailOnce } from "../service-mail-once.ts";
import { mailLines, taskTable } from "./mail-lines.ts";
import { noteView } from "./note-view.ts";
import { formatTable, type Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

/** `ilmo mail status`: how the mailboxes do, what waits, what went wrong. */
export async function showMailStatus(config: Config, terminal: Terminal): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const status = await readMailStatus(store, config.mail, new Date());
    const kinds = Object.entries(status.byKind).map(([kind, count]) => [kind, String(count)]);
    terminal.line(formatTable([["messages", "count"], ...kinds]));
    for (const line of mailLines(status)) terminal.line(line);
    if (config.mail.accounts.length === 0) terminal.line("No mailbox is configured ([[mail.accounts]]).");
    else if (!status.areSendersProven)
      terminal.line("Senders are believed by their From field alone. Set mail.authservIds unless an own gateway delivers every message.");
    terminal.json(status);
  });
}

/**
 * `ilmo mail check`: looks through every mailbox once, brings its mail on and sends what is to be sent.
 *
 * @throws notAllowed while the service watches them; mailUnavailable, mailLoginRefused
 */
export async function checkMail(config: Config, terminal: Terminal): Promise<void> {
  if (config.mail.accounts.length === 0)
    throw new IlmoError("configInvalid", "Expected a mailbox in the configuration; there is none. Add [[mail.accounts]] to ilmo.toml.");
  await withOffice(config, async (office) => {
    const opener = createFileOpener(config);
    const openWorkFolder = async (): Promise<{ path: string; remove: () => Promise<void> }> => {
      const path = join(config.home, "reading", randomUUID());
      await mkdir(path, { recursive: true });
      return { path, remove: () => rm(path, { recursive: true, force: true }) };
    };
    try {
      const result = await checkMailOnce({ config, office, inspect: opener.inspect, openWorkFolder }, (account) =>
        terminal.progress(`checking mailbox ${account}`),
      );
      terminal.progressDone();
      terminal.line(
        `${result.recorded} new messages; ${result.opened} looked into, ${result.ended} at their end, ${result.sent} letters sent.`,
      );
      terminal.json(result);
    } finally {
      await opener.close();
    }
  });
}

/** `ilmo mail unknown`: messages that wait because their sender is unknown or doubtful. Shows addresses: for staff's eyes only. */
export async function listUnknownMail(config: Config, terminal: Terminal): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const held = await store.listMail({ state: "held" });
    await noteView(store, { action: "mail.unknownListed", count: held.length });
    const rows = held.map(({ reference, arrivedAt, account, fromAddress, doubt, documentCount, hasNotice }) => [
      reference,
      arrivedAt.slice(0, 16),
      account,
      fromAddress ?? "-",
      doubt ?? "-",
      String(documentCount),
      hasNotice ? "yes" : "no",
    ]);
    terminal.line(formatTable([["reference", "arrived", "mailbox", "from", "why", "attachments", "link"], ...rows]));
    terminal.json(
      held.map(({ id, reference, arrivedAt, account, fromAddress, doubt, documentCount, hasNotice }) => ({
        id,
        reference,
        arrivedAt,
        account,
        fromAddress,
        doubt,
        documentCount,
        hasNotice,
      })),
    );
  });
}

async function decide(
  config: Config,
  terminal: Terminal,
  work: (office: OfficeStore) => Promise<{ readonly id: string; readonly reference: string }>,
  done: string,
): Promise<void> {
  await withOffice(config, async (office) => {
    const { id, reference } = await work(office);
    terminal.line(`${reference} ${done}`);
    terminal.json({ id, reference });
  });
}

/** `ilmo mail accept <reference> --by <name>`: a named person lets a message in. @throws notFound, notAllowed */
export async function acceptUnknownMail(
  config: Config,
  terminal: Terminal,
  reference: string,
  { by, unit }: { readonly by: string; readonly unit?: string },
): Promise<void> {
  const work = ({ store }: OfficeStore): ReturnType<typeof acceptMail> =>
    acceptMail({ store, config, now: () => new Date() }, reference, { by, unit: unit ?? null });
  await decide(config, terminal, work, "accepted. To let this sender in always, add it to [[senders]] in ilmo.toml.");
}

/** `ilmo mail refuse <reference> --by <name>`: a named person refuses a message; it is kept. @throws notFound, notAllowed */
export async function refuseUnknownMail(config: Config, terminal: Terminal, reference: string, by: string): Promise<void> {
  await decide(config, terminal, ({ store }) => refuseMail(store, reference, by), "refused. It stays in the Quarantine folder.");
}

/** `ilmo mail letters`: letters of ours whose fate is not known or that were given up. */
export async function listLostLetters(config: Config, terminal: Terminal): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const letters = [...(await store.listAnswers({ state: "unsure" })), ...(await store.listAnswers({ state: "givenUp" }))];
    const rows = letters.map(({ id, kind, state, attempts, faultCode }) => [id, kind, state, String(attempts), faultCode ?? "-"]);
    terminal.line(formatTable([["id", "kind", "state", "tries", "why"], ...rows]));
    terminal.json(letters.map(({ id, kind, state, attempts, faultCode, mailId }) => ({ id, kind, state, attempts, faultCode, mailId })));
  });
}

/** `ilmo mail resend <id> --by <name>`: a named person has a letter sent once more. @throws notFound */
export async function resendLetter(config: Config, terminal: Terminal, id: string, by: string): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const change = { state: "waiting", attempts: 0, faultCode: null, nextTryAt: new Date().toISOString() } as const;
    await store.inTransaction(async (transaction) => {
      const isChanged = (await transaction.changeAnswer(id, "unsure", change)) || (await transaction.changeAnswer(id, "givenUp", change));
      if (!isChanged)
        throw new IlmoError("notFound", "Expected the id of a letter that is unsure or given up. `ilmo mail letters` shows them.");
      await transaction.audit({ actor: by, action: "mail.resent", registrationId: null, detail: id });
    });
    terminal.line("The letter is sent with the next check.");
    terminal.json({ id });
  });
}

/** `ilmo tasks`: what people must do, the most urgent first. */
export async function listTasks(config: Config, terminal: Terminal, isAll: boolean): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const tasks = await store.listTasks(isAll ? {} : { isOpen: true });
    const references = new Map<string, string>();
    for (const { mailId } of tasks) {
      const message = mailId === null ? null : await store.findMail(mailId);
      if (message !== null) references.set(message.id, message.reference);
    }
    terminal.line(taskTable(tasks, (mailId) => references.get(mailId ?? "") ?? "-"));
    terminal.json(tasks.map((task) => ({ ...task, reference: references.get(task.mailId ?? "") ?? null })));
  });
}

/** `ilmo tasks done <id> --by <name>`. @throws notFound, usage */
export async function finishTask(config: Config, terminal: Terminal, id: string, by: string): Promise<void> {
  if (!/^\d{1,15}$/.test(id)) throw new IlmoError("usage", "Expected the number of a task. `ilmo tasks` shows them.");
  await withOffice(config, async ({ store }) => {
    await store.inTransaction(async (transaction) => {
      if (!(await transaction.finishTask(Number(id), by)))
        throw new IlmoError("notFound", "Expected the number of an open task; there is none such. `ilmo tasks` shows them.");
      await transaction.audit({ actor: by, action: "task.done", registrationId: null, detail: id });
    });
    terminal.line(`Task ${id} is done.`);
    terminal.json({ id: Number(id), doneBy: by });
  });
}
