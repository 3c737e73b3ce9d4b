const WEIGHTS = [7, 3, 1] as const;

/** Returns the value a character has in a check sum: digits themselves, A = 10 ... Z = 35, filler 0. */
function checkValueOf(character: string): number {
  if (character >= "0" && character <= "9") return Number(character);
  if (character >= "A" && character <= "Z") return character.charCodeAt(0) - "A".charCodeAt(0) + 10;
  return 0;
}

/**
 * Returns the check digit of a part of a machine-readable zone.
 *
 * Pure. @see ICAO Doc 9303-3, section 4.9 (weights 7-3-1, modulo 10)
 */
export function checkDigitOf(text: string): string {
  let sum = 0;
  for (const [index, character] of [...text].entries()) sum += checkValueOf(character) * (WEIGHTS[index % WEIGHTS.length] ?? 0);
  return String(sum % 10);
}
