import type { CompletionRequestInput, InvitationInput, RosterInput } from "../documents/paper-data.ts";

/** A printed paper. */
export interface PrintedPaper {
  readonly bytes: Uint8Array;
  readonly pages: number;
}

/** Prints papers that passed every gate. @throws documentGateFailed, textMissing, toolMissing */
export interface PaperPrinter {
  readonly invitation: (data: InvitationInput) => Promise<PrintedPaper>;
  readonly roster: (data: RosterInput) => Promise<PrintedPaper>;
  readonly completionRequest: (data: CompletionRequestInput) => Promise<PrintedPaper>;
  readonly close: () => Promise<void>;
}

/** The folder that staff prints from. Paths are relative and carry references and session codes only. */
export interface PaperOutbox {
  /** Writes a file whole and returns its SHA-256. */
  readonly write: (relativePath: string, bytes: Uint8Array) => Promise<string>;
}
