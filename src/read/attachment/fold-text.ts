/** Digits that print readers give for capitals. */
const CAPITAL_OF_DIGIT: Readonly<Record<string, string>> = { "0": "O", "1": "I", "5": "S", "|": "I" };

/** Letters that a combining mark does not take apart. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = { Ø: "O", Æ: "AE", Đ: "D", Ł: "L", ß: "SS" };

/** Returns the capitals of a text without marks, signs and spaces, digits as the capitals they are read for. Pure. */
export function foldText(text: string): string {
  const plain = text
    .toUpperCase()
    .normalize("NFD")
    .replaceAll(/[ØÆĐŁß]/g, (letter) => PLAIN_LETTERS[letter] ?? letter);
  return plain.replaceAll(/[015|]/g, (digit) => CAPITAL_OF_DIGIT[digit] ?? digit).replaceAll(/[^A-ZА-Я]/g, "");
}

/** Misread letters that a phrase may hold: one in six, none in short ones ("LASKU" is not in "LASKIN"). */
function errorsAllowed(length: number): number {
  return length < 7 ? 0 : Math.floor(length / 6);
}

/**
 * Tells whether a folded text holds a folded phrase, a few letters misread.
 *
 * Pure. @see Sellers 1980, approximate substring search by dynamic programming
 */
export function holdsPhrase(text: string, phrase: string): boolean {
  const allowed = errorsAllowed(phrase.length);
  if (phrase.length > text.length + allowed) return false;
  if (text.includes(phrase)) return true;
  if (allowed === 0) return false;
  let column = Array.from({ length: phrase.length + 1 }, (_, index) => index);
  for (const letter of text) {
    const next = [0];
    for (let i = 1; i <= phrase.length; i++) {
      const replaced = (column[i - 1] ?? 0) + (phrase[i - 1] === letter ? 0 : 1);
      next.push(Math.min(replaced, (column[i] ?? 0) + 1, (next[i - 1] ?? 0) + 1));
    }
    if ((next[phrase.length] ?? Infinity) <= allowed) return true;
    column = next;
  }
  return false;
}
