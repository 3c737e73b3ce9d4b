/** Letters that every reader confuses with one digit. */
const DIGIT_FOR = new Map([
  ["O", "0"],
  ["o", "0"],
  ["S", "5"],
  ["s", "5"],
  ["I", "1"],
  ["l", "1"],
  ["|", "1"],
]);

/** A text is digits, signs and look-alikes when at least this share of it are digits. */
const MIN_DIGIT_SHARE = 0.5;

/**
 * Returns a text of digits with its look-alike letters put right ("04S 000 1172" -> "045 000 1172").
 *
 * Pure. Only for contents that hold no letters at all; a text with few digits comes back unchanged.
 */
export function withDigits(text: string): string {
  const digits = text.replace(/\D/g, "").length;
  if (digits < text.replace(/\s/g, "").length * MIN_DIGIT_SHARE) return text;
  return [...text].map((char) => DIGIT_FOR.get(char) ?? char).join("");
}
