/** Words that join others and say nothing by themselves. */
const JOINING_WORDS = new Set([
  "of",
  "the",
  "and",
  "or",
  "your",
  "ja",
  "tai",
  "och",
  "eller",
  "und",
  "oder",
  "de",
  "du",
  "la",
  "le",
  "et",
  "y",
  "di",
  "e",
  "и",
  "или",
]);
/** Words less alike than this are different words: "Puhelin" and "Puhelinnumero" share 0.7, "birth" and "death" 0.17. */
const SAME_WORD_FROM = 0.55;

/** Words of a label without numbering, marks and remarks in brackets: "1. Surname *" -> "surname". */
export function normaliseLabel(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\([^)]*\)?/g, " ")
    .replace(/([\p{Ll}])([\p{Lu}])/gu, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, " ")
    .trim();
}

function pairsOf(text: string): string[] {
  const pairs: string[] = [];
  for (const word of text.split(" ")) {
    const padded = ` ${word} `;
    for (let at = 0; at + 2 <= padded.length; at += 1) pairs.push(padded.slice(at, at + 2));
  }
  return pairs;
}

/** Twice the shared letter pairs over all pairs (Dice), 0-1. */
function sharedPairs(left: string, right: string): number {
  const leftPairs = pairsOf(left);
  const open = pairsOf(right);
  const total = leftPairs.length + open.length;
  let shared = 0;
  for (const pair of leftPairs) {
    const at = open.indexOf(pair);
    if (at < 0) continue;
    open.splice(at, 1);
    shared += 1;
  }
  return (2 * shared) / total;
}

/** Whether every word that says something has its like in the other label: "date of birth of child" is no date of birth. */
function isCovered(label: string, other: string): boolean {
  const others = other.split(" ");
  return label
    .split(" ")
    .filter((word) => !JOINING_WORDS.has(word))
    .every((word) => others.some((like) => sharedPairs(word, like) >= SAME_WORD_FROM));
}

/**
 * Returns how alike two labels are, 0-1: twice the shared letter pairs over all pairs (Dice), word order ignored; 0 when one has a word
 * that the other lacks.
 *
 * Pure. Letter pairs forgive inflection, plural and hyphens, which whole words do not.
 */
export function labelSimilarity(a: string, b: string): number {
  const left = normaliseLabel(a);
  const right = normaliseLabel(b);
  if (left === "" || right === "") return 0;
  if (left.replaceAll(" ", "") === right.replaceAll(" ", "")) return 1;
  return isCovered(left, right) && isCovered(right, left) ? sharedPairs(left, right) : 0;
}
