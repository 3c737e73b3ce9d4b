const ODD_CASE = /\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}/u;

/**
 * Takes a word's letter case from the second reader where the first reader's is odd ("AZiz" beside "Aziz").
 *
 * Pure. Letters never change, only their case; words are matched one to one.
 */
export function mergeLetterCase(text: string, other: string): string {
  const words = text.split(" ");
  const others = other.split(" ");
  if (words.length !== others.length) return text;
  return words
    .map((word, index) => {
      const second = others[index] ?? "";
      const isSame = second.toLowerCase() === word.toLowerCase();
      return isSame && ODD_CASE.test(word) && !ODD_CASE.test(second) ? second : word;
    })
    .join(" ");
}
