import type { FaultCode } from "../errors.ts";

/** One original of a submission; its bytes are durable in the blob store. */
export interface IncomingFile {
  /** 0-based position in the submission. */
  readonly fileIndex: number;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  /** As it came; personal data: shown to staff only, never logged. */
  readonly originalName: string | null;
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

/**
 * Looks into a file far enough to know that it can be read as pages.
 *
 * @throws IlmoError file*, parser*
 */
export type InspectFile = (path: string) => Promise<void>;
