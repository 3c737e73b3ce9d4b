import type { FieldsData } from "@kenjiuno/msgreader";
import MsgReaderModule from "@kenjiuno/msgreader";
import { type FaultCode, IlmoError } from "../errors.ts";
import { parseSender } from "../intake/unwrap/parse-sender.ts";
import type { UnwrapReply } from "../intake/unwrap/protocol.ts";
import type { PartSink } from "./part-sink.ts";

/** The package is CommonJS: its class lies one step deep. */
const MsgReader = MsgReaderModule.default;

const notMessage = (): IlmoError =>
  new IlmoError(
    "fileUnsupported",
    "Expected an Outlook message (.msg); this is an old office document or damaged. Save the form as PDF and send that.",
  );

function senderOf({ senderSmtpAddress, creatorSMTPAddress, senderEmail, senderAddressType }: FieldsData): UnwrapReply["sender"] {
  const address = senderSmtpAddress ?? (senderAddressType === "SMTP" ? senderEmail : undefined) ?? creatorSMTPAddress;
  return address ? parseSender([address]) : { kind: "none" };
}

/**
 * Takes the attachments out of an Outlook message, one level deep: a message inside it is a part.
 *
 * @throws fileUnsupported, fileTooLarge
 */
export async function readOutlook(bytes: Buffer, sink: PartSink): Promise<Pick<UnwrapReply, "faults" | "sender">> {
  const reader = new MsgReader(Uint8Array.from(bytes).buffer);
  const fields = reader.getFileData();
  if (fields.dataType !== "msg") throw notMessage();
  const faults: FaultCode[] = [];
  for (const attachment of fields.attachments ?? []) {
    try {
      const { fileName, content } = reader.getAttachment(attachment);
      const isInline = attachment.attachmentHidden === true || Boolean(attachment.pidContentId);
      const declaredType = attachment.innerMsgContent === true ? null : attachment.attachMimeTag;
      if (content === undefined || content === null || content.length === 0) faults.push("fileEmpty");
      else await sink.put({ name: fileName, declaredType, isInline }, content);
    } catch (error) {
      if (error instanceof IlmoError) throw error;
      faults.push("fileDamaged");
    }
  }
  return { faults, sender: senderOf(fields) };
}
