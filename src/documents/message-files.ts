import { z } from "zod";
import ar from "../../templates/messages/ar.json" with { type: "json" };
import ckb from "../../templates/messages/ckb.json" with { type: "json" };
import en from "../../templates/messages/en.json" with { type: "json" };
import et from "../../templates/messages/et.json" with { type: "json" };
import fa from "../../templates/messages/fa.json" with { type: "json" };
import fi from "../../templates/messages/fi.json" with { type: "json" };
import prs from "../../templates/messages/prs.json" with { type: "json" };
import ru from "../../templates/messages/ru.json" with { type: "json" };
import so from "../../templates/messages/so.json" with { type: "json" };
import sv from "../../templates/messages/sv.json" with { type: "json" };
import type { PaperLanguage } from "./paper-language.ts";

/** What a message file says about itself. */
export const MessageMeta = z.strictObject({
  /** The language's own name. */
  name: z.string().min(1),
  dir: z.enum(["ltr", "rtl"]),
  /** Tag for `lang` attributes, the PDF's language and number and date names. */
  bcp47: z.string().min(2),
  /** Who checked the texts, and when; null prints a visible mark on every paper in this language. */
  reviewedBy: z.string().min(1).nullable(),
});
export type MessageMeta = z.infer<typeof MessageMeta>;

/** The ten message files as they are; `findMessageFaults` says what is wrong with them. */
export const MESSAGE_FILES: Readonly<Record<PaperLanguage, unknown>> = { fi, sv, en, ar, fa, prs, ckb, so, ru, et };

/** One language's messages, flat: "invitation.title" -> ICU text. */
export interface MessageTable {
  readonly meta: MessageMeta;
  readonly messages: ReadonlyMap<string, string>;
}

function flatten(node: unknown, prefix: string, into: Map<string, string>): void {
  if (typeof node === "string") {
    into.set(prefix, node);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  for (const [key, child] of Object.entries(node)) flatten(child, prefix === "" ? key : `${prefix}.${key}`, into);
}

/** Returns a message file as a flat table. Pure. */
export function toMessageTable(file: unknown): MessageTable {
  const { _meta, ...sections } = z.looseObject({ _meta: MessageMeta }).parse(file);
  const messages = new Map<string, string>();
  flatten(sections, "", messages);
  return { meta: _meta, messages };
}
