import { countUnreadable } from "../intake/file-part.ts";
import { queueAcknowledgement, type ReadCounts } from "./acknowledge-mail.ts";
import type { MailPorts } from "./mail-ports.ts";
import type { MailMessage } from "./mail-store-port.ts";
import type { Submission } from "./store-port.ts";

/** A message's submission, or the first one with the same contents. */
async function decidingSubmission(id: string, { store }: MailPorts): Promise<Submission> {
  const submission = await store.getSubmission(id);
  return submission.duplicateOf === null ? submission : store.getSubmission(submission.duplicateOf);
}

function countsOf({ files, state, faultCode }: Submission, message: MailMessage): ReadCounts {
  const parts = files.filter(({ part }) => part?.parentIndex != null);
  const readable = parts.filter(({ part }) => part?.use === "read").length;
  const documentCount = parts.length === 0 ? message.documentCount : readable + countUnreadable(files);
  if (state !== "quarantined") return { documentCount, readCount: parts.length === 0 ? documentCount : readable };
  return { documentCount, readCount: faultCode === "formMissing" ? null : 0 };
}

/**
 * Says where a message belongs once its submission has come to its end, and acknowledges it.
 *
 * @returns false while the submission is in work
 */
export async function endMail(message: MailMessage, ports: MailPorts): Promise<boolean> {
  if (message.submissionId === null) return false;
  const submission = await decidingSubmission(message.submissionId, ports);
  if (submission.state === "received" || submission.state === "read") return false;
  const { processed, partial, quarantine } = ports.config.mail.folders;
  const isPartial = countUnreadable(submission.files) > 0;
  const targetFolder = submission.state === "quarantined" ? quarantine : isPartial ? partial : processed;
  await ports.store.inTransaction(async (store) => {
    await store.changeMail(message.id, { state: "ended", targetFolder, isMoved: false });
    await queueAcknowledgement(message, countsOf(submission, message), store, ports);
  });
  return true;
}
