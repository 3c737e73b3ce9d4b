import { FAULTS, type FaultCode, IlmoError } from "../errors.ts";
import { countUnreadable } from "../intake/file-part.ts";
import { toShownName } from "../intake/incoming-names.ts";
import { orderFiles, parseSubmissionMeta, type SubmissionMeta } from "../intake/parse-submission-meta.ts";
import { formatPartialNote } from "../intake/partial-note.ts";
import {
  type IncomingFile,
  type IncomingSubmission,
  type InspectFile,
  type IntakeBlobs,
  type IntakeStore,
  toFilesWithParts,
} from "../intake/ports.ts";
import { formatReason } from "../intake/reason-texts.ts";
import { localDay } from "../model/time.ts";
import type { Claim, FolderClaims } from "./folder-claims.ts";
import type { OutcomeJournal } from "./folder-journal.ts";
import { isPermissionFault, type Leaf, readTree, type Tree, type TreeLimits, unreadable } from "./folder-tree.ts";
import { readOriginal, streamOriginal, toTextPath } from "./folder-wholeness.ts";
import { mediaTypeOf } from "./media-type.ts";

/** What taking in needs. */
export interface FolderIntakePorts {
  readonly store: IntakeStore;
  readonly blobs: IntakeBlobs;
  readonly inspect: InspectFile;
  readonly claims: FolderClaims;
  readonly limits: TreeLimits;
  /** Name of the inbox for the record; configured, no personal data. */
  readonly source: string;
}

/** How a claim went on: to its end, or back to waiting because it still changes, or it vanished. */
export type TakenIn =
  | { readonly kind: "ended"; readonly outcome: OutcomeJournal; readonly fileCount: number }
  | { readonly kind: "stillChanging" }
  | { readonly kind: "vanished" };

/** Bytes that tell the kind of a file. */
const HEAD_BYTES = 4_096;
const CHANNEL = "folder";

const GAVE_UP: Readonly<Record<NonNullable<Claim["gaveUp"]>, string>> = {
  fileIncomplete: "Expected a whole file; this one has no end and has not changed for long. Ask the sender for a new copy.",
  fileEmpty: "Expected a file or folder with content; this one has stayed empty. Ask the sender for a new copy.",
  fileUnreadable: "Expected a file that this program may read; it may not. Check the owner and the permissions.",
};

interface Stored {
  readonly files: readonly IncomingFile[];
  readonly meta: SubmissionMeta | undefined;
}

function viewTree(claim: Claim, { limits }: FolderIntakePorts): Promise<Tree | undefined> {
  return readTree(claim.item, toShownName(claim.nameBytes), limits, 0);
}

async function storeLeaf(leaf: Leaf, fileIndex: number, blobs: IntakeBlobs): Promise<IncomingFile> {
  const mediaType = mediaTypeOf(await readOriginal(leaf.path, HEAD_BYTES));
  const { sha256, sizeBytes } = await blobs.put(streamOriginal(leaf.path));
  return { fileIndex, sha256, sizeBytes, mediaType, originalName: leaf.shownName };
}

/** Makes the bytes of all files durable, in the order they were found. */
async function storeLeaves(leaves: readonly Leaf[], blobs: IntakeBlobs): Promise<IncomingFile[]> {
  const files: IncomingFile[] = [];
  try {
    for (const [fileIndex, leaf] of leaves.entries()) files.push(await storeLeaf(leaf, fileIndex, blobs));
  } catch (error) {
    throw isPermissionFault(error) ? unreadable() : error;
  }
  return files;
}

async function readMeta({ meta }: Tree): Promise<SubmissionMeta | undefined> {
  return meta && parseSubmissionMeta(new TextDecoder().decode(await readOriginal(meta.path)));
}

function inOrder(files: readonly IncomingFile[], wanted: readonly string[]): IncomingFile[] {
  const byName = new Map(files.map((file) => [file.originalName ?? "", file]));
  const names = orderFiles([...byName.keys()], wanted);
  return names.flatMap((name) => byName.get(name) ?? []).map((file, fileIndex) => ({ ...file, fileIndex }));
}

const countOriginals = ({ files }: Stored): number => files.filter(({ part }) => (part?.parentIndex ?? null) === null).length;

/** Looks into every original; what lay in containers is added behind the originals. */
async function openFiles(
  leaves: readonly Leaf[],
  files: readonly IncomingFile[],
  claim: Claim,
  { inspect, blobs }: FolderIntakePorts,
): Promise<IncomingFile[]> {
  const byName = new Map(files.map((file) => [file.originalName, file]));
  const opened: IncomingFile[] = [];
  let nextIndex = files.length;
  for (const leaf of leaves) {
    const original = byName.get(leaf.shownName);
    if (original === undefined) continue;
    const path = await toTextPath(leaf.path, claim.workFolder);
    const inspected = await inspect(path, (part) => blobs.put(streamOriginal(Buffer.from(part))));
    opened.push(...toFilesWithParts(original, inspected, nextIndex));
    nextIndex += inspected.parts.length;
  }
  return opened.toSorted((a, b) => a.fileIndex - b.fileIndex);
}

function toSubmission(claim: Claim, { files, meta }: Stored, source: string): IncomingSubmission {
  const claimedAt = new Date(claim.claimedAt);
  const { receivedAt = claimedAt.toISOString(), receivedOn = localDay(claimedAt), channel = CHANNEL } = meta ?? {};
  return { id: claim.id, receivedAt, receivedOn, channel, source, files };
}

function assertTakeable(claim: Claim, tree: Tree): void {
  if (tree.fault) throw tree.fault;
  if (claim.gaveUp) throw new IlmoError(claim.gaveUp, GAVE_UP[claim.gaveUp]);
  if (tree.leaves.length === 0) throw new IlmoError("fileEmpty", GAVE_UP.fileEmpty);
}

/** Records a submission that cannot go on and returns its end with a note for the clerk. */
export async function putAside(
  claim: Claim,
  stored: Stored,
  code: FaultCode,
  ports: FolderIntakePorts,
  detail: string,
): Promise<OutcomeJournal> {
  const submission = toSubmission(claim, stored, ports.source);
  await ports.store.recordQuarantined(submission, code, detail);
  const facts = { receivedOn: submission.receivedOn, fileCount: countOriginals(stored), submissionId: claim.id };
  return { kind: "quarantine", code, note: formatReason({ kind: "quarantine", code, detail }, facts) };
}

async function recordWhole(claim: Claim, stored: Stored, ports: FolderIntakePorts): Promise<OutcomeJournal> {
  const submission = toSubmission(claim, stored, ports.source);
  const recorded = await ports.store.record(submission);
  const facts = { receivedOn: submission.receivedOn, fileCount: countOriginals(stored), submissionId: claim.id };
  if (recorded.kind !== "duplicate") {
    const unread = countUnreadable(stored.files);
    const note = unread === 0 ? {} : { note: formatPartialNote(unread, facts) };
    return { kind: "done", receivedOn: facts.receivedOn, fileCount: facts.fileCount, ...note };
  }
  const { duplicateOf } = recorded;
  return { kind: "duplicate", duplicateOf, note: formatReason({ kind: "duplicate", duplicateOf }, facts) };
}

/** Everything up to the record; undefined when the thing changed meanwhile. Nothing of the original is touched. */
async function decide(
  claim: Claim,
  tree: Tree,
  ports: FolderIntakePorts,
): Promise<{ outcome: OutcomeJournal; fileCount: number } | undefined> {
  let stored: Stored = { files: [], meta: undefined };
  try {
    if (tree.fault === undefined && claim.gaveUp !== "fileUnreadable")
      stored = { ...stored, files: await storeLeaves(tree.leaves, ports.blobs) };
    // What was read is only what was there if it is still the same.
    if ((await viewTree(claim, ports))?.sight.signature !== claim.signature) return undefined;
    assertTakeable(claim, tree);
    const meta = await readMeta(tree);
    stored = { files: inOrder(stored.files, meta?.files ?? []), meta };
    stored = { files: await openFiles(tree.leaves, stored.files, claim, ports), meta };
    return { outcome: await recordWhole(claim, stored, ports), fileCount: countOriginals(stored) };
  } catch (error) {
    if (!(error instanceof IlmoError) || FAULTS[error.code].action !== "quarantine") throw error;
    return { outcome: await putAside(claim, stored, error.code, ports, error.message), fileCount: countOriginals(stored) };
  }
}

/**
 * Brings a claim on: bytes and row durable, then the original into its outcome folder.
 *
 * May be run again after a crash at any instant; the claim's id makes it one submission.
 *
 * @throws IlmoError to try again later: databaseUnavailable, storageUnavailable, parserCrashed, unexpected
 */
export async function takeIn(claim: Claim, ports: FolderIntakePorts): Promise<TakenIn> {
  if (claim.outcome) {
    await ports.claims.finish(claim, claim.outcome);
    return { kind: "ended", outcome: claim.outcome, fileCount: 0 };
  }
  const tree = await viewTree(claim, ports);
  if (!tree) return { kind: "vanished" };
  if (tree.sight.signature !== claim.signature) return { kind: "stillChanging" };
  const decided = await decide(claim, tree, ports);
  if (!decided) return { kind: "stillChanging" };
  await ports.claims.finish(claim, decided.outcome);
  return { kind: "ended", ...decided };
}
