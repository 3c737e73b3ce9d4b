import { createHash } from "node:crypto";
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
  /** Fingerprint of the texts that were checked: a text that changes later is unreviewed again. */
  reviewedTexts: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
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

const FINGERPRINT_DIGITS = 16;

/** Returns a fingerprint of all texts of a language: it changes with any key or text. Pure. */
export function fingerprintOf(messages: ReadonlyMap<string, string>): string {
  const sorted = [...messages].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex").slice(0, FINGERPRINT_DIGITS);
}

const MessageFile = z.looseObject({ _meta: MessageMeta });

/** Returns a message file as a flat table. A review of other texts than the present ones counts as none. Pure. */
export function toMessageTable(file: unknown): MessageTable {
  const { _meta: meta, ...sections } = MessageFile.parse(file);
  const messages = new Map<string, string>();
  flatten(sections, "", messages);
  const isReviewed = meta.reviewedBy !== null && meta.reviewedTexts === fingerprintOf(messages);
  return { meta: isReviewed ? meta : { ...meta, reviewedBy: null }, messages };
}

/** Returns a message file that says who has checked its texts as they are now. Pure. */
export function withReview(file: unknown, by: string): Record<string, unknown> {
  const parsed = MessageFile.parse(file);
  return { ...parsed, _meta: { ...parsed._meta, reviewedBy: by, reviewedTexts: fingerprintOf(toMessageTable(file).messages) } };
}
