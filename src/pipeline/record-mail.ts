import { createHash } from "node:crypto";
import { faultCodeOf, IlmoError } from "../errors.ts";
import { decideMail, type MailDecision, type MailPolicy, needsPerson } from "../intake/mail/decide-mail.ts";
import { NOTICE_PATTERNS } from "../intake/mail/notice-patterns.ts";
import { localDay } from "../model/time.ts";
import { queueAcknowledgement } from "./acknowledge-mail.ts";
import type { MailPorts } from "./mail-ports.ts";
import type { MailMessage, MailState, NewMailMessage, NewTask } from "./mail-store-port.ts";
import type { DescribedMail, Mailbox } from "./mailbox-port.ts";
import { toStableUuid } from "./stable-id.ts";

/** Returns what the configuration decides about mail beforehand. Pure. */
export function mailPolicyOf({ mail, senders, environment }: MailPorts["config"]): MailPolicy {
  const ownAddresses = [...mail.accounts.flatMap(({ addresses, user }) => [...addresses, user.toLowerCase()]), mail.from ?? ""];
  return {
    senders,
    ownAddresses: ownAddresses.filter(Boolean),
    authservIds: mail.authservIds,
    patterns: [...mail.notices, ...NOTICE_PATTERNS],
    maxMessageBytes: mail.maxMessageBytes,
    environment,
  };
}

interface StoredBytes {
  readonly sha256: string;
  readonly bodySha256: string;
}

/** Hashes what follows the header: a message that is delivered twice has another header each time. */
class BodyHash {
  readonly #hash = createHash("sha256");
  #head: Buffer | undefined = Buffer.alloc(0);

  add(chunk: Uint8Array): void {
    if (this.#head === undefined) {
      this.#hash.update(chunk);
      return;
    }
    const head = Buffer.concat([this.#head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    this.#head = end < 0 ? head.subarray(Math.max(0, head.length - 3)) : undefined;
    if (end >= 0) this.#hash.update(head.subarray(end + 4));
  }

  digest(): string {
    return this.#hash.digest("hex");
  }
}

async function storeBytes(mailbox: Mailbox, mail: DescribedMail, { blobs, config }: MailPorts): Promise<StoredBytes> {
  const body = new BodyHash();
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    let sizeBytes = 0;
    for await (const chunk of mailbox.download(mail)) {
      sizeBytes += chunk.length;
      if (sizeBytes > config.mail.maxMessageBytes)
        throw new IlmoError("fileTooLarge", "Expected a message below mail.maxMessageBytes; this one is larger.");
      body.add(chunk);
      yield chunk;
    }
  };
  const { sha256 } = await blobs.put(counted());
  return { sha256, bodySha256: body.digest() };
}

function stateOf({ kind, sender }: MailDecision): MailState {
  if (kind === "forms") return "recorded";
  return kind === "held" || (kind === "tooLarge" && sender.kind === "doubtful") ? "held" : "ended";
}

function toMessage(
  mail: DescribedMail,
  mailbox: Mailbox,
  account: string,
  decision: MailDecision,
  stored: StoredBytes | null,
  ports: MailPorts,
): NewMailMessage {
  const { folder, uidValidity } = mailbox;
  const { sender, kind } = decision;
  const { processed, quarantine } = ports.config.mail.folders;
  const isOpen = kind === "forms";
  return {
    id: toStableUuid("mail", account, folder, uidValidity, mail.uid),
    account,
    place: { folder, uidValidity, uid: mail.uid },
    messageId: mail.messageId,
    sha256: stored?.sha256 ?? null,
    bodySha256: stored?.bodySha256 ?? null,
    sizeBytes: mail.sizeBytes,
    arrivedAt: mail.arrivedAt,
    kind,
    state: stateOf(decision),
    fromAddress: sender.address,
    unit: sender.kind === "known" ? sender.unit : null,
    language: sender.kind === "known" ? sender.language : "fi",
    doubt: sender.kind === "doubtful" ? sender.doubt : null,
    answerBlock: decision.answerBlock,
    documentCount: decision.documentCount,
    hasNotice: decision.notice !== null,
    hasIdentityCode: decision.hasIdentityCode,
    submissionId: null,
    isDuplicate: false,
    targetFolder: isOpen ? null : needsPerson(kind) ? quarantine : processed,
  };
}

/** What a person must do about a message, whatever else becomes of it. */
function tasksOf({ id, account, kind, hasIdentityCode, state }: NewMailMessage, { notice }: MailDecision): NewTask[] {
  const base = { mailId: id, submissionId: null, dueOn: null, detail: account };
  const tasks: NewTask[] = [];
  if (notice !== null) tasks.push({ ...base, key: `openLink:${id}`, kind: "openLink", dueOn: notice.openBy, detail: notice.product });
  if (kind === "letter") tasks.push({ ...base, key: `readLetter:${id}`, kind: "readLetter" });
  if (kind === "tooLarge" && state !== "held") tasks.push({ ...base, key: `tooLarge:${id}`, kind: "messageTooLarge" });
  if (hasIdentityCode && kind !== "machine") tasks.push({ ...base, key: `incident:${id}`, kind: "plainMailIdentityCode" });
  return tasks;
}

/** A message that has got another UID because its folder was made anew. */
async function rebind(mail: DescribedMail, mailbox: Mailbox, account: string, { store }: MailPorts): Promise<boolean> {
  const { folder, uidValidity } = mailbox;
  if (mail.messageId === null) return false;
  const known = await store.findLostMail(account, { folder, uidValidity, messageId: mail.messageId, sizeBytes: mail.sizeBytes });
  if (known === null) return false;
  await store.changeMail(known.id, { place: { folder, uidValidity, uid: mail.uid } });
  return true;
}

/**
 * Makes one message of a mailbox durable: bytes, row, tasks. Nothing on the server is touched.
 *
 * May be repeated; a message that is recorded already is not fetched again.
 *
 * @returns null when it has gone, or was known under another number
 * @throws mailUnavailable, databaseUnavailable, storageUnavailable
 */
export async function recordMail(mailbox: Mailbox, account: string, uid: number, ports: MailPorts): Promise<MailMessage | null> {
  const mail = await mailbox.describe(uid);
  if (mail === null || (await rebind(mail, mailbox, account, ports))) return null;
  const policy = mailPolicyOf(ports.config);
  const isTooLarge = mail.sizeBytes > policy.maxMessageBytes;
  const text = isTooLarge ? "" : await mailbox.readText(mail);
  const decision = decideMail(mail, text, localDay(new Date(mail.arrivedAt)), policy);
  const stored = isTooLarge
    ? null
    : await storeBytes(mailbox, mail, ports).catch((error: unknown) => {
        if (faultCodeOf(error) === "fileTooLarge") return null;
        throw error;
      });
  const message = toMessage(mail, mailbox, account, stored === null ? { ...decision, kind: "tooLarge" } : decision, stored, ports);
  return ports.store.inTransaction(async (store) => {
    const recorded = await store.recordMail(message);
    for (const task of tasksOf(message, decision)) await store.addTask(task);
    if (recorded.state === "ended") await queueAcknowledgement(recorded, null, store, ports);
    return recorded;
  });
}
