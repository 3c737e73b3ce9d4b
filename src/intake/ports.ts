import type { FaultCode } from "../errors.ts";
import type { FilePart, FileUse } from "./file-part.ts";

/** One original of a submission; its bytes are durable in the blob store. */
export interface IncomingFile {
  /** 0-based position in the submission. */
  readonly fileIndex: number;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  /** As it came; personal data: shown to staff only, never logged. */
  readonly originalName: string | null;
  /** Absent for an original that is read as it is. */
  readonly part?: FilePart;
}

/** A submission that came into the house. */
export interface IncomingSubmission {
  /** UUID, made when it was claimed; the same after every crash. */
  readonly id: string;
  /** UTC instant. */
  readonly receivedAt: string;
  /** Local day of it. */
  readonly receivedOn: string;
  /** How it came: "folder", or what its meta.json says. */
  readonly channel: string;
  /** Which inbox; a configured name, no personal data. */
  readonly source: string;
  readonly files: readonly IncomingFile[];
}

/** What became of a submission that was to be recorded. */
export type IntakeOutcome =
  | { readonly kind: "recorded" | "alreadyRecorded"; readonly submissionId: string }
  | { readonly kind: "duplicate"; readonly submissionId: string; readonly duplicateOf: string };

/** What the intake needs of the store. Both calls may be repeated with the same id and give the same result. */
export interface IntakeStore {
  /**
   * Records a submission durably and starts its work; a submission with exactly the contents of an earlier one is
   * recorded as its duplicate.
   */
  readonly record: (submission: IncomingSubmission) => Promise<IntakeOutcome>;
  /** Records a submission that cannot be read, put aside from the start; `files` may be empty. */
  readonly recordQuarantined: (submission: IncomingSubmission, code: FaultCode, reason: string) => Promise<void>;
}

/** What the intake needs of the blob store: what `put` returned is durable. */
export interface IntakeBlobs {
  readonly put: (source: AsyncIterable<Uint8Array>) => Promise<{ readonly sha256: string; readonly sizeBytes: number }>;
}

/** Makes the bytes of a part durable. */
export type KeepPart = (path: string) => Promise<{ readonly sha256: string; readonly sizeBytes: number }>;

/** One thing that lay in a container, at any depth; its bytes are kept. */
export interface PartFound {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  /** With the containers it lay in, "/" between; personal data. */
  readonly originalName: string | null;
  readonly use: Exclude<FileUse, "container">;
  readonly faultCode: FaultCode | null;
}

/** Whether the electronic signature of a mail holds; `unchecked`: unchanged, but nobody vouches for the signer. */
export type SignatureState = "verified" | "unchecked" | "none";

/** What a look into an original found. */
export interface InspectedFile {
  readonly use: "read" | "container";
  readonly parts: readonly PartFound[];
  readonly signature: SignatureState;
}

/** What is known of an original besides its bytes; passwords are what a person adds when it is tried again. */
export interface OpeningHints {
  /** It came from a mailbox, so it is a mail whatever its first lines look like. */
  readonly isMail?: boolean;
  readonly passwords?: readonly string[];
  /** Go on without the parts that stay locked. */
  readonly skipLocked?: boolean;
}

/**
 * Looks into an original far enough to know that it can be read as pages; takes containers (mail, archive) apart.
 *
 * A container with something readable in it goes on; what could not be read is among its parts.
 *
 * @throws IlmoError file*, parser*, keyMissing, signatureInvalid, attachmentMissing
 */
export type InspectFile = (path: string, keep: KeepPart, hints?: OpeningHints) => Promise<InspectedFile>;

/** Returns an original and the parts that were found in it, numbered from `nextIndex`. Pure. */
export function toFilesWithParts(original: IncomingFile, inspected: InspectedFile, nextIndex: number): IncomingFile[] {
  if (inspected.use === "read") return [original];
  const { fileIndex } = original;
  const parts = inspected.parts.map(({ use, faultCode, ...facts }, index) => ({
    ...facts,
    fileIndex: nextIndex + index,
    part: { parentIndex: fileIndex, use, faultCode },
  }));
  return [{ ...original, part: { parentIndex: null, use: "container", faultCode: null } }, ...parts];
}
