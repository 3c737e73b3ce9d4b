import type { FaultCode } from "../errors.ts";

/** What the watcher tells; never a name. */
export type IntakeEvent =
  | {
      readonly kind: "recorded" | "duplicate" | "quarantined";
      readonly submissionId: string;
      readonly fileCount: number;
      readonly attempt: number;
      readonly code?: FaultCode;
    }
  | {
      readonly kind: "postponed";
      readonly submissionId: string;
      readonly code: FaultCode;
      readonly attempt: number;
      readonly error: unknown;
    }
  | { readonly kind: "vanished"; readonly submissionId: string }
  /** The inbox, or one thing in it, could not be looked at or moved. `systemCode` as the system gives it. */
  | { readonly kind: "inboxFault"; readonly systemCode: string };

/** Why a thing in the inbox has not been taken yet. */
export type WaitingReason = "changing" | "fileIncomplete" | "fileEmpty" | "fileUnreadable" | "cannotBeMoved";

/** Something that lies in the inbox. The name is personal data: for staff's eyes only. */
export interface WaitingThing {
  readonly name: string;
  readonly reason: WaitingReason;
  readonly waitingMs: number;
}

/** What staff can see of an inbox at any time. */
export interface IntakeStatus {
  /** UTC instant of the last whole look at the inbox; null before the first and while the inbox is away. */
  readonly lastScanAt: string | null;
  readonly waiting: readonly WaitingThing[];
  readonly oldestWaitingMs: number | null;
  /** Taken out of the inbox and not at their end yet. */
  readonly claimedCount: number;
  readonly oldestClaimedAt: string | null;
}

/** A running watcher. */
export interface FolderWatch {
  /** Looks at the inbox now; resolves when everything that is ready has been claimed. */
  readonly scanNow: () => Promise<void>;
  readonly status: () => IntakeStatus;
  /**
   * Moves the original of a submission that could not be read after all from `done` to `quarantine`, with a note.
   *
   * May be repeated; false when the original is not in `done` (any more).
   */
  readonly putAside: (submissionId: string, code: FaultCode, detail: string) => Promise<boolean>;
  /** Takes nothing more, brings what it is at to its end, and lets go. */
  readonly close: () => Promise<void>;
}
