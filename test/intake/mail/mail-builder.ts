import type { HeaderField, MailEnvelope, MailPart } from "../../../src/intake/mail/mail-message.ts";

export const PDF: MailPart = {
  part: "2",
  type: "application/pdf",
  isAttachment: true,
  hasName: true,
  hasContentId: false,
  sizeBytes: 90_000,
};
export const TEXT: MailPart = { part: "1", type: "text/plain", isAttachment: false, hasName: false, hasContentId: false, sizeBytes: 300 };

/** A message of a known unit with one PDF. */
export function makeMail(change: Partial<MailEnvelope> & { readonly fields?: readonly (readonly [string, string])[] } = {}): MailEnvelope {
  const { fields = [], ...rest } = change;
  const headers: HeaderField[] = [["from", "Unit <clerk@unit.example>"] as const, ...fields].map(([name, value]) => ({ name, value }));
  return {
    headers,
    from: "clerk@unit.example",
    messageId: "<1@unit.example>",
    subject: "",
    sizeBytes: 120_000,
    arrivedAt: "2026-03-02T07:15:00.000Z",
    type: "multipart/mixed",
    parts: [TEXT, PDF],
    ...rest,
  };
}
