import { z } from "zod";

/** Signs that steer the direction of text. From data they would turn the words around them. */
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const CONTROLS = /[\p{Cc}\u00ad\u200b\ufeff]/gu;
const PRESENTATION_FORMS = /[\ufb50-\ufdff\ufe70-\ufefc]+/gu;

/**
 * Returns a datum fit for print: composed, without direction controls and invisible signs, Arabic letters in their plain form, spaces single.
 *
 * Pure. Joiners (U+200C, U+200D) stay: they are spelling in Persian and Kurdish.
 */
export function cleanDatum(text: string): string {
  return text
    .replace(PRESENTATION_FORMS, (letters) => letters.normalize("NFKC"))
    .normalize("NFC")
    .replace(/\s+/gu, " ")
    .replace(BIDI_CONTROLS, "")
    .replace(CONTROLS, "")
    .trim();
}

/** Text from outside that a paper prints. */
export const Datum = z.string().transform(cleanDatum).pipe(z.string().min(1).max(200));

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Returns text as HTML. Pure. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (sign) => ESCAPES[sign] ?? sign);
}
