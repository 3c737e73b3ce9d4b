import { z } from "zod";

/** Languages of invitations; `prs` (Dari) and `fa` (Farsi) are never merged. */
export const PAPER_LANGUAGES = ["fi", "sv", "en", "ar", "fa", "prs", "ckb", "so", "ru", "et"] as const;
export const PaperLanguage = z.enum(PAPER_LANGUAGES);
export type PaperLanguage = z.infer<typeof PaperLanguage>;

/** Languages in which the office writes to its partners and hosts. */
export const OFFICE_LANGUAGES = ["fi", "sv"] as const;
export const OfficeLanguage = z.enum(OFFICE_LANGUAGES);
export type OfficeLanguage = z.infer<typeof OfficeLanguage>;

/** Languages of the instruction to partners: those in which the registration form is filled in. */
export const PARTNER_LANGUAGES = ["fi", "sv", "en"] as const;
export const PartnerLanguage = z.enum(PARTNER_LANGUAGES);
export type PartnerLanguage = z.infer<typeof PartnerLanguage>;

/** Languages that stand beside a translation when a reviewer checks it. */
export const REVIEW_LANGUAGES = ["fi", "en"] as const;

/** Returns the language beside a person's own: Finnish or Swedish as wanted; beside one of them, the other. Pure. */
export function companionOf(language: PaperLanguage, wanted: OfficeLanguage): OfficeLanguage {
  if (language !== wanted) return wanted;
  return wanted === "fi" ? "sv" : "fi";
}

/** Returns whether invitations exist in a language. Pure. */
export function isPaperLanguage(language: string): language is PaperLanguage {
  return PaperLanguage.safeParse(language).success;
}
