/** Returns whether every letter of the text is a capital (digits and signs do not count). */
function isCapitals(text: string): boolean {
  return text === text.toUpperCase() && text !== text.toLowerCase();
}

const BACK_ARTICLES = new Map([
  ["AI", "Al"],
  ["EI", "El"],
  ["aI", "al"],
  ["eI", "el"],
]);

/** A consonant after "l" at the start of a word: no name or word begins so, the letter is a capital I. */
const L_AS_I = /^l(?=[bcdfghjklmnpqrstvwxz])/;
/** A capital I inside a word of small letters is an l. */
const I_INSIDE = /(?<=\p{Ll})I/gu;

/**
 * Puts right what orthography alone proves in words: capital I for small l and back, 0 for O and 1 for l between letters,
 * a bar or stray sign at the rim.
 *
 * Pure. Both readers see I and l as one stroke; the word around it says which it is.
 */
export function putLettersRight(text: string): string {
  const trimmed = text.replace(/^[\s|'"`.,;:_~—–-]+(?=\S)/u, "").replace(/[\s|'"`_~—–-]+$/u, "");
  const withCareOf = trimmed.replace(/^c[l1I|]o(?= )/, "c/o");
  const capitals = isCapitals(trimmed.replace(/\b(AI|EI)\b/g, ""));
  return withCareOf
    .split(" ")
    .map((word) =>
      word
        .split("-")
        .map((part) => putWordRight(part, capitals))
        .join("-"),
    )
    .join(" ");
}

function putWordRight(word: string, isAllCapitals: boolean): string {
  if (isAllCapitals) return word.replace(/(?<=\p{Lu})0(?=\p{Lu})/gu, "O").replace(/(?<=\p{Lu})[1l|](?=\p{Lu})/gu, "I");
  const article = BACK_ARTICLES.get(word);
  if (article !== undefined) return article;
  return word
    .replace(L_AS_I, "I")
    .replace(I_INSIDE, "l")
    .replace(/(?<=\p{L})[1|](?=\p{Ll})/gu, "l")
    .replace(/(?<=\p{L})0(?=\p{Ll})/gu, "o");
}
