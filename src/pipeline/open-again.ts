import { type FaultCode, IlmoError } from "../errors.ts";
import { type InspectedFile, type InspectFile, type OpeningHints, toFilesWithParts } from "../intake/ports.ts";
import type { BlobStore } from "./blob-store-port.ts";
import type { WorkFolder } from "./lay-out-files.ts";
import { SUBMISSION_QUEUE } from "./queues.ts";
import type { Store, Submission, SubmissionFile } from "./store-port.ts";

/** Of originals that came from a mailbox. */
const MAIL_MEDIA_TYPE = "message/rfc822";

export interface OpenAgainPorts {
  readonly store: Pick<Store, "getSubmission" | "reopenSubmission" | "audit">;
  readonly blobs: BlobStore;
  readonly inspect: InspectFile;
  /** Private; emptied by the caller. */
  readonly folder: WorkFolder;
}

/** What came of another try. */
export interface OpenedAgain {
  readonly originals: number;
  /** Files whose pages are read now. */
  readonly toRead: number;
  readonly unreadable: number;
}

function originalsOf({ files }: Submission): SubmissionFile[] {
  return files.filter(({ part }) => (part?.parentIndex ?? null) === null).map(({ part: _part, ...original }) => original);
}

function assertCanBeOpened(submission: Submission, originals: readonly SubmissionFile[]): void {
  if (submission.state !== "quarantined")
    throw new IlmoError("notAllowed", `Expected a submission in quarantine; this one is ${submission.state}. Nothing was changed.`);
  if (originals.length === 0)
    throw new IlmoError(
      "notFound",
      "Expected a submission whose originals were stored; this one has none. Drop the file into the inbox again.",
    );
}

async function inspectOriginal(original: SubmissionFile, again: OpeningHints, ports: OpenAgainPorts): Promise<InspectedFile> {
  const path = `${ports.folder.path}/${original.fileIndex}`;
  await ports.blobs.copyTo(original.sha256, path);
  const isMail = original.mediaType === MAIL_MEDIA_TYPE;
  return ports.inspect(path, (part) => ports.blobs.put({ path: part }), { ...again, isMail });
}

/**
 * Tries a submission in quarantine again, after a key or password was added, and sends it on its way when it opens now.
 *
 * @throws notFound, notAllowed; what `InspectFile` throws when it still cannot be opened: it then stays in quarantine
 */
export async function openAgain(submissionId: string, by: string, again: OpeningHints, ports: OpenAgainPorts): Promise<OpenedAgain> {
  const submission = await ports.store.getSubmission(submissionId);
  const originals = originalsOf(submission);
  assertCanBeOpened(submission, originals);
  const files: SubmissionFile[] = [];
  let nextIndex = originals.length;
  for (const original of originals) {
    const inspected = await inspectOriginal(original, again, ports);
    files.push(...toFilesWithParts(original, inspected, nextIndex));
    nextIndex += inspected.parts.length;
  }
  const firstJob = { name: SUBMISSION_QUEUE, data: { submissionId } };
  const isReopened = await ports.store.reopenSubmission(submissionId, files, firstJob);
  if (!isReopened) throw new IlmoError("notAllowed", "Expected a submission in quarantine; somebody else has taken it out meanwhile.");
  await ports.store.audit({ actor: by, action: "submission.openedAgain", registrationId: null, detail: submissionId });
  const count = (use: string): number => files.filter(({ part }) => (part?.use ?? "read") === use).length;
  return { originals: originals.length, toRead: count("read"), unreadable: count("unreadable") };
}

/** True for a fault that another key or password may cure. Pure. */
export function isLocked(code: FaultCode | null): boolean {
  return code === "fileEncrypted" || code === "keyMissing";
}
