import { type CodeEnvironment, parsePersonalIdentityCode } from "../../model/personal-identity-code.ts";

const CANDIDATE = /(?<![0-9A-Za-z])\d{6}[+\-YXWVUABCDEF]\d{3}[0-9A-Y](?![0-9A-Za-z])/gi;

/** Hyphens and dashes that mail programs put in place of the one that is typed. */
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g;
/** Signs that are not seen: soft hyphen, spaces without width, joiners. */
const UNSEEN = /[\u00AD\u200B-\u200D\u2060\uFEFF]/g;
const TAG = /<\/?[a-z][^<>]{0,2000}>/gi;
const NUMBERED = /&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi;
const NAMED = /&(?:shy|zwnj|zwj|ZeroWidthSpace|NoBreak);/g;
const LAST_CODE_POINT = 0x10ffff;

function toSign(match: string, hex: string | undefined, decimal: string | undefined): string {
  const codePoint = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return codePoint > LAST_CODE_POINT ? match : String.fromCodePoint(codePoint);
}

/** The text as it is seen: HTML without its tags, which may stand in the middle of a code. */
function toSeen(text: string): string {
  const plain = text
    .replace(TAG, "")
    .replace(NUMBERED, toSign)
    .replace(NAMED, "")
    .replace(/&(?:ndash|mdash|minus|hyphen);/g, "-");
  return plain.replace(UNSEEN, "").replace(DASHES, "-");
}

function hasCode(text: string, environment: CodeEnvironment): boolean {
  for (const [candidate] of text.matchAll(CANDIDATE)) if (parsePersonalIdentityCode(candidate, environment).ok) return true;
  return false;
}

/**
 * Tells whether a text holds a Finnish personal identity code with the right check character.
 *
 * Pure. HTML is looked at as it stands and as it is seen: `<b>131052</b>&#8209;308T` shows a code.
 */
export function hasIdentityCode(text: string, environment: CodeEnvironment): boolean {
  return hasCode(text, environment) || hasCode(toSeen(text), environment);
}
