/** Letters and digits that are not taken for each other in print or handwriting: no B8, G6, I1L, O0, Q, S5, U V, Z2. */
const LETTERS = "ACDEFHJKMNPRTWXY";
const DIGITS = "23456789";

/** L = a letter, D = a digit: 16*8*16*8*8*8 = 1,048,576 codes; the database refuses a second use. */
const PATTERN = "LDLD-DD";

/**
 * Returns a short code for papers, for example "K7M3-92". Says nothing about the person.
 *
 * @param randomInt returns a whole number from 0 up to, not including, its argument
 */
export function createReference(randomInt: (below: number) => number): string {
  return [...PATTERN]
    .map((sign) => {
      if (sign === "-") return sign;
      const alphabet = sign === "L" ? LETTERS : DIGITS;
      return alphabet[randomInt(alphabet.length)];
    })
    .join("");
}
