import { z } from "zod";

/** Languages of invitations; `prs` (Dari) and `fa` (Farsi) are never merged. */
export const PAPER_LANGUAGES = ["fi", "sv", "en", "ar", "fa", "prs", "ckb", "so", "ru", "et"] as const;
export const PaperLanguage = z.enum(PAPER_LANGUAGES);
export type PaperLanguage = z.infer<typeof PaperLanguage>;

/** Languages in which the office writes to its partners and hosts. */
export const OFFICE_LANGUAGES = ["fi", "sv"] as const;
export const OfficeLanguage = z.enum(OFFICE_LANGUAGES);
export type OfficeLanguage = z.infer<typeof OfficeLanguage>;

/** Returns whether invitations exist in a language. Pure. */
export function isPaperLanguage(language: string): language is PaperLanguage {
  return PaperLanguage.safeParse(language).success;
}
