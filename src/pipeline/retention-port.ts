import type { Kept, RetentionClass } from "../retention/find-expired.ts";

/** A legal hold on one registration. */
export interface Hold {
  readonly registrationId: string;
  readonly reference: string;
  readonly reason: string;
  readonly setBy: string;
  readonly setAt: string;
}

/** Who deletes, and why; goes into the log of deletions. */
export interface DeletionNote {
  readonly actor: string;
  readonly cause: "retention" | "erasure";
  readonly reason: string | null;
}

/** One row of the log of deletions: ids and counts, no personal data. */
export interface Deletion extends DeletionNote {
  readonly at: string;
  readonly class: string;
  readonly itemCount: number;
  readonly ids: readonly string[];
}

/** A file outside the database that is to go: a paper or import file by its path, an original by its content. */
export interface PendingRemoval {
  readonly kind: "outbox" | "importFile" | "done" | "duplicate" | "quarantine";
  readonly name: string;
  readonly sizeBytes: number | null;
}

/** What retention and erasure need of the store. */
export interface RetentionStore {
  readonly listKept: () => Promise<Kept[]>;
  /** Deletes these of one class, with a row in the log and the files that are to follow, together. */
  readonly deleteDue: (name: RetentionClass, ids: readonly string[], note: DeletionNote) => Promise<void>;
  /** @throws notFound, notAllowed when it is held already */
  readonly hold: (idOrReference: string, reason: string, by: string) => Promise<Hold>;
  /** @throws notFound, notAllowed when it is not held */
  readonly release: (idOrReference: string, by: string) => Promise<void>;
  readonly listHolds: () => Promise<Hold[]>;
  readonly listDeletions: (limit: number) => Promise<Deletion[]>;
  readonly listPendingRemovals: () => Promise<PendingRemoval[]>;
  readonly forgetPendingRemoval: (removal: PendingRemoval) => Promise<void>;
  /** Names of all blobs that any row refers to. @throws unexpected when a table has not been declared */
  readonly listReferencedBlobs: () => Promise<ReadonlySet<string>>;
  /** Contents of originals that live submissions of one outcome still have. */
  readonly listLiveOriginals: (outcome: "done" | "duplicate" | "quarantine") => Promise<ReadonlySet<string>>;
}
