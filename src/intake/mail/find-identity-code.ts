import { type CodeEnvironment, parsePersonalIdentityCode } from "../../model/personal-identity-code.ts";

const CANDIDATE = /(?<![0-9A-Za-z])\d{6}[+\-YXWVUABCDEF]\d{3}[0-9A-Y](?![0-9A-Za-z])/gi;

/** Tells whether a text holds a Finnish personal identity code with the right check character. Pure. */
export function hasIdentityCode(text: string, environment: CodeEnvironment): boolean {
  for (const [candidate] of text.matchAll(CANDIDATE)) if (parsePersonalIdentityCode(candidate, environment).ok) return true;
  return false;
}
