import { z } from "zod";
import { FAULTS, type FaultCode } from "../../errors.ts";

const FaultCodes = Object.keys(FAULTS) as [FaultCode, ...FaultCode[]];

/** Containers that a parser takes apart; signed and encrypted mails are opened by another program. */
export const ContainerKind = z.enum(["mail", "outlook", "tnef", "zip", "lockedPdf"]);
export type ContainerKind = z.infer<typeof ContainerKind>;

/** One container to take apart, one level deep. */
export const UnwrapRequest = z.object({
  kind: ContainerKind,
  path: z.string(),
  /** Parts are written here, named by numbers only. */
  outFolder: z.string(),
  maxBytes: z.int().nonnegative(),
  maxParts: z.int().nonnegative(),
  passwords: z.array(z.string()),
});
export type UnwrapRequest = z.infer<typeof UnwrapRequest>;

const MAX_NAME_LENGTH = 500;
const PartFile = z.string().regex(/^\d{1,6}$/);

/** One thing that lay in a container. */
export const FoundPart = z.object({
  file: PartFile,
  /** As the sender named it; personal data. */
  name: z.string().max(MAX_NAME_LENGTH).nullable(),
  /** What the sender says it is; only believed where the content cannot tell. */
  declaredType: z.string().max(MAX_NAME_LENGTH).nullable(),
  /** Shown inside the text of a message, like the logo of a signature. */
  isInline: z.boolean(),
  /** Of an inline picture. */
  pixels: z.object({ width: z.int(), height: z.int() }).optional(),
});
export type FoundPart = z.infer<typeof FoundPart>;

/** Who a mail says it is from. `ambiguous`: several addresses, or a line that two programs could read differently. */
export const Sender = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("one"), address: z.string().max(MAX_NAME_LENGTH) }),
  z.object({ kind: z.literal("none") }),
  z.object({ kind: z.literal("ambiguous") }),
]);
export type Sender = z.infer<typeof Sender>;

export const UnwrapReply = z.object({
  parts: z.array(FoundPart),
  /** One for each thing that was there and could not be taken out. */
  faults: z.array(z.enum(FaultCodes)),
  sender: Sender.optional(),
  /** Of a clear-signed mail: the bytes that the signature covers (with the line ends of the standard, and with bare ones), and the signature. No parts come then. */
  signed: z.object({ contents: z.array(PartFile).max(2), signature: PartFile }).optional(),
});
export type UnwrapReply = z.infer<typeof UnwrapReply>;

/** Told while a large container is taken apart. */
export const UnwrapProgress = z.object({ parts: z.int() });
export type UnwrapProgress = z.infer<typeof UnwrapProgress>;

/** Returns a sender's file name without folders and control characters, short enough to show; null when nothing is left. Pure. */
export function toPartName(name: string | null | undefined | false): string | null {
  if (!name) return null;
  const last = name.split(/[\\/]/).at(-1) ?? "";
  const clean = last.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "").trim();
  return clean === "" ? null : clean.slice(0, MAX_NAME_LENGTH).toWellFormed();
}
