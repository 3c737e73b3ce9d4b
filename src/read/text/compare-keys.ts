/** Letters that one reader cannot tell apart or does not know, and the plain letter they are compared as. */
const PLAIN = new Map([
  ["ø", "o"],
  ["ı", "i"],
  ["ł", "l"],
  ["đ", "d"],
  ["ß", "ss"],
]);

/** Returns the text without accents: å and ä become a, ö becomes o, ş becomes s. Pure. */
export function withoutAccents(text: string): string {
  const bare = text.normalize("NFD").replace(/\p{M}/gu, "");
  return [...bare].map((char) => PLAIN.get(char) ?? char).join("");
}

/** Returns the text with one kind of dash, apostrophe and space. Pure. */
export function withPlainPunctuation(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[‐‑–—−]/g, "-")
    .replace(/[`´’‘ʼ]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/[\u00a0\u2000-\u200b]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * Returns what both readers can see of a text: letters without accents, case and spaces.
 *
 * Pure. Two readings with the same key agree; å/ä/ö and spaces are judged by other means, because the second reader lacks them.
 */
export function toSharedKey(text: string): string {
  return withoutAccents(withPlainPunctuation(text)).toLowerCase().replace(/\s+/g, "");
}

/** Returns a shared key in which doubled letters count once: the second reader swallows one of two equal neighbours. Pure. */
export function toUndoubledKey(text: string): string {
  return toSharedKey(text).replace(/(.)\1+/gu, "$1");
}

const FULL_STOP_INSIDE = /\p{L}{4}\.\s*\p{Lu}|[\p{L}\d]\.\s+\p{Ll}/u;

/** Returns whether a full stop stands behind a whole word and before another, or before a small letter: a comma whose tail is short. Pure. */
export function hasFullStopInside(text: string): boolean {
  return FULL_STOP_INSIDE.test(text);
}
