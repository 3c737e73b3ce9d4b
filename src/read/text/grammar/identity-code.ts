import { type CodeEnvironment, parsePersonalIdentityCode } from "../../../model/personal-identity-code.ts";

/** Letters that stand for a digit in a place where only digits can be. */
const DIGIT_FOR = new Map([
  ["O", "0"],
  ["Q", "0"],
  ["D", "0"],
  ["I", "1"],
  ["L", "1"],
  ["|", "1"],
  ["!", "1"],
  ["Z", "2"],
  ["S", "5"],
  ["B", "8"],
  ["G", "6"],
]);

/** Characters that the check place never holds: G I O Q Z are not in the check alphabet. */
const CHECK_FOR = new Map([
  ["O", "0"],
  ["Q", "0"],
  ["I", "1"],
  ["|", "1"],
  ["!", "1"],
  ["Z", "2"],
  ["G", "6"],
]);

const LENGTH = 11;
const SIGN_INDEX = 6;
const CHECK_INDEX = 10;
const SIGNS = /^[+\-YXWVUABCDEF]$/;

/** A reading of an identity code that the check character proves. */
export interface ProvedIdentityCode {
  readonly code: string;
  /** True when no character had to be put right. */
  readonly isLiteral: boolean;
}

/**
 * Returns the identity code that a reading shows, if its check character holds; letters in digit places are put right first.
 *
 * Pure. The century sign is never changed: the check character does not cover it. Never makes a code up: at most the listed
 * look-alikes are exchanged.
 */
export function proveIdentityCode(text: string, environment: CodeEnvironment): ProvedIdentityCode | null {
  const written = text
    .toUpperCase()
    .replace(/[–—−‐]/g, "-")
    .replace(/\s+/g, "")
    .replace(/[.,]+$/, "");
  if (written.length !== LENGTH || !SIGNS.test(written[SIGN_INDEX] ?? "")) return null;
  const repaired = [...written].map((char, index) => {
    if (index === SIGN_INDEX) return char;
    if (index === CHECK_INDEX) return CHECK_FOR.get(char) ?? char;
    return DIGIT_FOR.get(char) ?? char;
  });
  const code = repaired.join("");
  if (!parsePersonalIdentityCode(code, environment).ok) return null;
  return { code, isLiteral: code === written };
}
