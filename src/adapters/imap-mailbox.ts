import type { FetchMessageObject, ImapFlow, ImapFlowError } from "imapflow";
import { IlmoError } from "../errors.ts";
import { valuesOf } from "../intake/mail/mail-message.ts";
import { parseHeaders } from "../intake/mail/parse-headers.ts";
import { parseSender } from "../intake/unwrap/parse-sender.ts";
import type { MailPlace } from "../pipeline/mail-store-port.ts";
import type { DescribedMail, Mailbox } from "../pipeline/mailbox-port.ts";
import { toMailFault } from "./imap-client.ts";
import { listParts } from "./imap-structure.ts";

/** Texts that are looked at for links and codes; a letter is a few kB, a newsletter 100. */
const MAX_TEXT_BYTES = 512 * 1024;
const MAX_TEXT_PARTS = 6;
const MAX_HEADER_CHARS = 256 * 1024;
/** Pieces of a download: 70 MB are 280 round trips. */
const CHUNK_BYTES = 256 * 1024;
const MESSAGE_ID = /^<[^<>\s]{1,900}>$/;

function refused(account: string, what: string): IlmoError {
  return new IlmoError(
    "mailUnavailable",
    `Expected the mail server to ${what}; it did not. Is the mailbox full? It is tried again by itself.`,
    {
      context: { account },
    },
  );
}

function toDescribed(message: FetchMessageObject): DescribedMail {
  const headers = parseHeaders(message.headers?.toString("utf8").slice(0, MAX_HEADER_CHARS) ?? "");
  const sender = parseSender(valuesOf(headers, "from"));
  const messageId = valuesOf(headers, "message-id")[0]?.trim() ?? "";
  const arrivedAt = new Date(message.internalDate ?? Number.NaN);
  return {
    uid: message.uid,
    headers,
    from: sender.kind === "one" ? sender.address : null,
    messageId: MESSAGE_ID.test(messageId) ? messageId : null,
    subject: message.envelope?.subject ?? "",
    sizeBytes: message.size ?? 0,
    arrivedAt: (Number.isNaN(arrivedAt.getTime()) ? new Date() : arrivedAt).toISOString(),
    type: message.bodyStructure?.type.toLowerCase() ?? "text/plain",
    parts: message.bodyStructure === undefined ? [] : listParts(message.bodyStructure),
  };
}

/** The mailbox over one connection; commands follow each other, none runs inside another one's answer. */
class ImapMailbox implements Mailbox {
  readonly #client: ImapFlow;
  readonly #account: string;
  readonly folder: string;
  readonly uidValidity: string;

  constructor(client: ImapFlow, account: string, folder: string, uidValidity: string) {
    this.#client = client;
    this.#account = account;
    this.folder = folder;
    this.uidValidity = uidValidity;
  }

  isUsable(): boolean {
    return this.#client.usable;
  }

  movesWhole(): boolean {
    return this.#client.capabilities.has("MOVE");
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toMailFault(error, this.#account);
    }
  }

  /** Selects a folder; false when it is not there. */
  async #open(folder: string): Promise<boolean> {
    const { mailbox } = this.#client;
    if (mailbox && mailbox.path === folder) return true;
    try {
      const opened = await this.#client.mailboxOpen(folder);
      if (folder === this.folder && String(opened.uidValidity) !== this.uidValidity) this.#client.close(); // its numbers mean something else now
      return this.#client.usable;
    } catch (error) {
      if ((error as ImapFlowError).mailboxMissing === true && this.#client.usable) return false;
      throw error;
    }
  }

  async #uidsIn(folder: string, query: Parameters<ImapFlow["search"]>[0]): Promise<number[]> {
    if (!(await this.#open(folder))) return [];
    const uids = await this.#client.search(query, { uid: true });
    if (uids === false || uids === undefined) throw refused(this.#account, "list its messages");
    return uids;
  }

  listUids(): Promise<number[]> {
    return this.#run(async () => (await this.#uidsIn(this.folder, { all: true })).toSorted((a, b) => a - b));
  }

  describe(uid: number): Promise<DescribedMail | null> {
    return this.#run(async () => {
      if (!(await this.#open(this.folder))) throw refused(this.#account, "have the folder");
      const query = { uid: true, size: true, bodyStructure: true, envelope: true, internalDate: true, headers: true } as const;
      const message = await this.#client.fetchOne(String(uid), query, { uid: true });
      return message ? toDescribed(message) : null;
    });
  }

  readText(mail: DescribedMail): Promise<string> {
    return this.#run(async () => {
      const wanted = mail.parts.filter(({ type, isAttachment }) => (type === "text/plain" || type === "text/html") && !isAttachment);
      const texts: string[] = [];
      for (const { part } of wanted.slice(0, MAX_TEXT_PARTS)) {
        const { content } = await this.#client.download(String(mail.uid), part, { uid: true, maxBytes: MAX_TEXT_BYTES });
        if (content === undefined) continue;
        const chunks: Buffer[] = [];
        for await (const chunk of content) chunks.push(chunk as Buffer);
        texts.push(Buffer.concat(chunks).toString("utf8"));
      }
      return texts.join("\n");
    });
  }

  async *download({ uid, sizeBytes }: DescribedMail): AsyncGenerator<Uint8Array> {
    let received = 0;
    try {
      if (!(await this.#open(this.folder))) throw refused(this.#account, "have the folder");
      const { content } = await this.#client.download(String(uid), undefined, { uid: true, chunkSize: CHUNK_BYTES });
      if (content === undefined) throw refused(this.#account, "have the message");
      for await (const chunk of content) {
        received += (chunk as Buffer).length;
        yield chunk as Buffer;
      }
      if (received !== sizeBytes) await this.#assertEnd(uid, received);
    } catch (error) {
      throw toMailFault(error, this.#account);
    }
  }

  /** Some servers give a wrong size; then the message must really end where the download ended. */
  async #assertEnd(uid: number, received: number): Promise<void> {
    const rest = await this.#client.fetchOne(String(uid), { source: { start: received, maxLength: 1 } }, { uid: true });
    if (!rest || (rest.source?.length ?? 0) > 0) throw refused(this.#account, "give the whole message");
  }

  findIn(folder: string, messageId: string, sizeBytes: number): Promise<MailPlace | null> {
    return this.#run(async () => {
      const uids = await this.#uidsIn(folder, { header: { "message-id": messageId } });
      const { mailbox } = this.#client;
      if (!mailbox) return null;
      for (const uid of uids) {
        const found = await this.#client.fetchOne(String(uid), { uid: true, size: true }, { uid: true });
        if (found && found.size === sizeBytes) return { folder, uidValidity: String(mailbox.uidValidity), uid };
      }
      return null;
    });
  }

  isAt({ folder, uidValidity, uid }: MailPlace): Promise<boolean> {
    return this.#run(async () => {
      if (uid === null || !(await this.#open(folder))) return false;
      const { mailbox } = this.#client;
      if (!mailbox || String(mailbox.uidValidity) !== uidValidity) return false;
      return (await this.#uidsIn(folder, { uid: String(uid) })).includes(uid);
    });
  }

  move({ folder, uid }: MailPlace, target: string): Promise<MailPlace> {
    return this.#run(async () => {
      await this.#client.mailboxCreate(target);
      if (uid === null || !(await this.#open(folder))) throw refused(this.#account, "have the message");
      const moved = await this.#client.messageMove(String(uid), target, { uid: true });
      if (!moved) throw refused(this.#account, "move the message");
      return { folder: target, uidValidity: String(moved.uidValidity ?? ""), uid: moved.uidMap?.get(uid) ?? null };
    });
  }

  remove({ folder, uid }: MailPlace): Promise<void> {
    return this.#run(async () => {
      if (uid === null || !(await this.#open(folder))) return;
      if (!(await this.#client.messageDelete(String(uid), { uid: true }))) throw refused(this.#account, "remove a message");
    });
  }

  appendDraft(folder: string, message: Uint8Array, messageId: string): Promise<void> {
    return this.#run(async () => {
      await this.#client.mailboxCreate(folder);
      if ((await this.#uidsIn(folder, { header: { "message-id": messageId } })).length > 0) return;
      if (!(await this.#client.append(folder, Buffer.from(message), ["\\Draft", "\\Seen"]))) throw refused(this.#account, "take a draft");
    });
  }
}

/** Opens the folder of an account on a connection. @throws mailUnavailable */
export async function openImapMailbox(client: ImapFlow, account: string, folder: string): Promise<Mailbox> {
  try {
    const { path, uidValidity } = await client.mailboxOpen(folder);
    return new ImapMailbox(client, account, path, String(uidValidity));
  } catch (error) {
    throw toMailFault(error, account);
  }
}
