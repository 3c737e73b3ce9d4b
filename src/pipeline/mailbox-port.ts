import type { MailEnvelope } from "../intake/mail/mail-message.ts";
import type { MailPlace } from "./mail-store-port.ts";

/** A message as its server describes it, before its bytes are fetched. */
export interface DescribedMail extends MailEnvelope {
  readonly uid: number;
}

/**
 * One folder of an account, open on one connection. Everything waits its turn; nothing runs while another command does.
 *
 * @throws mailUnavailable when the connection is gone or the server refuses
 */
export interface Mailbox {
  readonly folder: string;
  readonly uidValidity: string;
  /** False once the connection is gone. */
  readonly isUsable: () => boolean;
  /** All UIDs that lie in the folder now, ascending. */
  readonly listUids: () => Promise<number[]>;
  /** Size, structure, header; null when the message has gone meanwhile. */
  readonly describe: (uid: number) => Promise<DescribedMail | null>;
  /** Texts of the message, plain and HTML, cut to a sane length. */
  readonly readText: (mail: DescribedMail) => Promise<string>;
  /** The bytes as they come. An incomplete message throws at its end. */
  readonly download: (mail: DescribedMail) => AsyncIterable<Uint8Array>;
  /** Where the message lies in another folder, by its Message-ID and size; null when it does not. */
  readonly findIn: (folder: string, messageId: string, sizeBytes: number) => Promise<MailPlace | null>;
  /** Whether the message still lies at its place. */
  readonly isAt: (place: MailPlace) => Promise<boolean>;
  /** A move is one step of the server; else it copies and removes, and may be cut in between. */
  readonly movesWhole: () => boolean;
  /** Moves a message; folders are made when absent. Returns its new place. */
  readonly move: (place: MailPlace, folder: string) => Promise<MailPlace>;
  /** Removes a message whose copy lies where it belongs. */
  readonly remove: (place: MailPlace) => Promise<void>;
  /** Puts a draft into a folder unless one with its Message-ID lies there. */
  readonly appendDraft: (folder: string, message: Uint8Array, messageId: string) => Promise<void>;
}
