/** One header field; the name in small letters, the value unfolded and trimmed. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** One leaf of a message as its server takes it apart. */
export interface MailPart {
  /** IMAP part number, "2.1". */
  readonly part: string;
  /** Media type in small letters. */
  readonly type: string;
  readonly isAttachment: boolean;
  readonly hasName: boolean;
  readonly hasContentId: boolean;
  /** As it lies in the message, encoded. */
  readonly sizeBytes: number;
}

/** What is known of a message before its bytes are fetched. Addresses and texts are personal data. */
export interface MailEnvelope {
  /** In the order of the message: the topmost first. */
  readonly headers: readonly HeaderField[];
  /** The one address of the one From field, in small letters; null when it has none or several, or is unclear. */
  readonly from: string | null;
  readonly messageId: string | null;
  readonly subject: string;
  readonly sizeBytes: number;
  /** UTC instant of arrival at the server. */
  readonly arrivedAt: string;
  /** Media type of the whole message. */
  readonly type: string;
  readonly parts: readonly MailPart[];
}

/** Returns all values of a header field, the topmost first. Pure. */
export function valuesOf(headers: readonly HeaderField[], name: string): string[] {
  return headers.filter((field) => field.name === name).map((field) => field.value);
}
