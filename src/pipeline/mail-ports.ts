import type { Config } from "../config.ts";
import type { InspectFile } from "../intake/ports.ts";
import type { BlobStore } from "./blob-store-port.ts";
import type { Store } from "./store-port.ts";

/** What the mail steps need of the office. */
export interface MailPorts {
  readonly store: Store;
  readonly blobs: Pick<BlobStore, "put" | "copyTo">;
  readonly config: Pick<Config, "mail" | "senders" | "office" | "environment" | "completion">;
  readonly now: () => Date;
}

/** What looking into a message needs too. */
export interface OpenMailPorts extends MailPorts {
  readonly inspect: InspectFile;
  /** A private folder, emptied after use. */
  readonly openWorkFolder: (id: string) => Promise<{ readonly path: string; readonly remove: () => Promise<void> }>;
}

/** How a letter of ours went. `unsure`: the server took it in, or not; it did not say. */
export type SendOutcome =
  | { readonly kind: "sent" | "unreachable" | "unsure" }
  | { readonly kind: "temporary" | "refused"; readonly responseCode: number };

/** A letter with everything its header needs. */
export interface OutgoingLetter {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly inReplyTo: string | null;
  readonly date: Date;
  /** An answer that nobody asked for says so, so that no machine answers it. */
  readonly isAutomatic: boolean;
}

/** Composes and sends letters. Faults of the server are outcomes, not errors. */
export interface LetterSender {
  readonly compose: (letter: OutgoingLetter) => Promise<Uint8Array>;
  readonly send: (letter: OutgoingLetter) => Promise<SendOutcome>;
}
