/** Words of a label without numbering, marks and remarks in brackets: "1. Surname *" -> "surname". */
function normalise(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\([^)]*\)/g, " ")
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

/**
 * Returns how alike two labels are, 0-1: twice the shared letter pairs over all pairs (Dice), word order ignored.
 *
 * Pure. Letter pairs forgive inflection, plural and hyphens, which whole words do not.
 */
export function labelSimilarity(a: string, b: string): number {
  const left = normalise(a);
  const right = normalise(b);
  if (left === "" || right === "") return 0;
  if (left === right) return 1;
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
