import { matchLanguage, toIso6393 } from "../../model/codes/languages.ts";

/** Languages whose names are understood; others are given by their code. */
const NAMED_LANGUAGES = ["ar", "so", "ckb", "prs", "fa", "en", "fi", "sv", "ru", "et"] as const;

const CODE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u;

/**
 * Returns the session language that a cell names, by code ("prs") or by its exact name in Finnish, Swedish, English or Russian
 * ("dari"); null for anything else, and for "kurdi" and "persia", which name several languages.
 *
 * Pure.
 */
export function parseSessionLanguage(text: string): string | null {
  const match = matchLanguage(text);
  const named = match?.isExact === true ? NAMED_LANGUAGES.find((language) => toIso6393(language) === match.code) : undefined;
  if (named !== undefined) return named;
  const code = text.trim();
  return CODE.test(code) ? code : null;
}
