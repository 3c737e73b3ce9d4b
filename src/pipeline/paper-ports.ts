import type { Config } from "../config.ts";
import type {
  CompletionRequestInput,
  InvitationInput,
  PartnerInstructionInput,
  ReferralInput,
  RosterInput,
  UnitRequestsInput,
} from "../documents/paper-data.ts";
import type { IsoDate } from "../model/time.ts";
import type { JobQueue } from "./queue-port.ts";
import type { Store } from "./store-port.ts";

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

/** Prints the papers that a person asks for. @throws documentGateFailed, textMissing, toolMissing */
export interface LetterPrinter extends PaperPrinter {
  readonly unitRequests: (data: UnitRequestsInput) => Promise<PrintedPaper>;
  readonly referral: (data: ReferralInput) => Promise<PrintedPaper>;
  readonly partnerInstruction: (data: PartnerInstructionInput) => Promise<PrintedPaper>;
}

/** The folder that staff prints from. Paths are relative and carry references and session codes only. */
export interface PaperOutbox {
  /** Writes a file whole and returns its SHA-256. */
  readonly write: (relativePath: string, bytes: Uint8Array) => Promise<string>;
}

/** What a paper needs on its way from a registration to the outbox. */
export interface PaperPorts<Printer = PaperPrinter> {
  readonly store: Store;
  readonly queue: Pick<JobQueue, "enqueue">;
  readonly printer: Printer;
  readonly outbox: PaperOutbox;
  readonly config: Pick<Config, "office" | "completion">;
  /** Local day. */
  readonly today: () => IsoDate;
}

/** A paper that lies in the outbox. */
export interface IssuedPaper {
  /** Registration reference, session code or another short name; no personal data. */
  readonly subject: string;
  readonly language: string;
  readonly version: number;
  readonly relativePath: string;
}
