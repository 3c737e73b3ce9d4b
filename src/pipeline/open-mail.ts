import { FAULTS, type FaultCode, faultCodeOf, isOutage } from "../errors.ts";
import { type IncomingFile, type IncomingSubmission, toFilesWithParts } from "../intake/ports.ts";
import { localDay } from "../model/time.ts";
import type { OpenMailPorts } from "./mail-ports.ts";
import type { MailMessage } from "./mail-store-port.ts";
import { SUBMISSION_QUEUE } from "./queues.ts";
import { toStableUuid } from "./stable-id.ts";
import type { TransactionStore } from "./store-port.ts";

const CHANNEL = "mail";
const MEDIA_TYPE = "message/rfc822";

/** The original of a message: its raw bytes, which its sender gave no name. */
function originalOf({ sha256, sizeBytes }: MailMessage): IncomingFile[] {
  return sha256 === null ? [] : [{ fileIndex: 0, sha256, sizeBytes, mediaType: MEDIA_TYPE, originalName: null }];
}

function submissionOf(message: MailMessage, files: readonly IncomingFile[]): IncomingSubmission {
  const { id, account, arrivedAt } = message;
  const submissionId = toStableUuid("mailSubmission", id);
  return { id: submissionId, receivedAt: arrivedAt, receivedOn: localDay(new Date(arrivedAt)), channel: CHANNEL, source: account, files };
}

/** Takes a message apart and makes its parts durable. @throws file*, parser*, … */
async function lookInto(message: MailMessage, { blobs, inspect, openWorkFolder }: OpenMailPorts): Promise<IncomingFile[]> {
  const [original] = originalOf(message);
  if (original === undefined) return [];
  const folder = await openWorkFolder(message.id);
  try {
    const path = `${folder.path}/0`;
    await blobs.copyTo(original.sha256, path);
    const inspected = await inspect(path, (part) => blobs.put({ path: part }), { isMail: true });
    return toFilesWithParts(original, inspected, 1);
  } finally {
    await folder.remove();
  }
}

/** Makes a submission of a message, or ties it to the one that had the same contents before. */
async function recordSubmission(message: MailMessage, files: readonly IncomingFile[], store: TransactionStore): Promise<void> {
  const same = await store.findSameMail(message);
  if (same?.submissionId != null) {
    await store.changeMail(message.id, { state: "waiting", submissionId: same.submissionId, isDuplicate: true });
    return;
  }
  const submission = submissionOf(message, files);
  const recorded = await store.recordSubmission(submission, { name: SUBMISSION_QUEUE, data: { submissionId: submission.id } });
  await store.changeMail(message.id, { state: "waiting", submissionId: submission.id, isDuplicate: recorded.kind === "duplicate" });
}

async function recordUnreadable(message: MailMessage, code: FaultCode, reason: string, store: TransactionStore): Promise<void> {
  const submission = submissionOf(message, originalOf(message));
  await store.recordSubmission(submission, { name: SUBMISSION_QUEUE, data: { submissionId: submission.id } });
  await store.quarantineSubmission(submission.id, code, reason);
  await store.changeMail(message.id, { state: "waiting", submissionId: submission.id });
}

/**
 * Looks into a recorded message and sends it down the line as a submission, or puts it aside.
 *
 * May be repeated.
 *
 * @param isLastTry a fault that is not an outage puts the message aside
 * @throws what is worth another try
 */
export async function openMail(message: MailMessage, isLastTry: boolean, ports: OpenMailPorts): Promise<void> {
  try {
    const files = await lookInto(message, ports);
    await ports.store.inTransaction((store) => recordSubmission(message, files, store));
  } catch (error) {
    const code = faultCodeOf(error);
    const isFinal = FAULTS[code].action === "quarantine" || (isLastTry && !isOutage(code));
    if (!isFinal) throw error;
    await ports.store.inTransaction((store) => recordUnreadable(message, code, code, store));
  }
}
