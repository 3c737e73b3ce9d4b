import { editDistance } from "../../model/codes/name-index.ts";
import type { FormLayout } from "../../model/form-layout.ts";

/** What was read where the form prints its code and version. */
export interface StatedVersion {
  readonly characters: readonly { readonly character: string; readonly confidence: number }[];
}

/** Characters of a version that differs are at least this sure; reading 170 known pages, hard ones too, none of another version reached it. */
const LEAST_SURE = 0.8;
/** Letters of the code that may be misread in small print: "ILMO-F1" is often read as "LMO-F1", "ILMC-F1" or "IIMO F1". */
const MOST_MISREAD_SHARE = 0.34;

/**
 * Returns whether the printed code and version are clearly those of another version of the form.
 *
 * Pure. What is not legible, or does not look like this form's code, says nothing: false.
 */
export function statesOtherVersion({ characters }: StatedVersion, { code, version }: Pick<FormLayout, "code" | "version">): boolean {
  const seen = characters.filter(({ character }) => /\S/.test(character));
  const text = seen.map(({ character }) => character).join("");
  const stated = new RegExp(`(?:${shapeOf(version)})$`).exec(text)?.[0];
  if (stated === undefined || stated === version) return false;
  const isSure = seen.slice(-stated.length).every(({ confidence }) => confidence >= LEAST_SURE);
  return isSure && isNearly(text.slice(0, -stated.length), code);
}

/**
 * "1.0" looks like a digit, a dot, and a digit or two. No more digits in front: the letters of the language before it are read as
 * digits in small print ("ILMO-F1 11.0").
 */
function shapeOf(version: string): string {
  const shape = version.replaceAll(/\d|[^\d]/g, (part) => (/\d/.test(part) ? "\\d" : part.replace(/[^\p{L}]/u, "\\$&")));
  return shape.endsWith("\\d") ? `${shape}\\d?` : shape;
}

/** Returns whether a text starts with the code, some of its letters misread. */
function isNearly(text: string, code: string): boolean {
  const wanted = lettersOf(code);
  const most = Math.floor(wanted.length * MOST_MISREAD_SHARE);
  const letters = lettersOf(text);
  for (let length = Math.max(1, wanted.length - most); length <= wanted.length + most; length++)
    if (editDistance(letters.slice(0, length), wanted, most) <= most) return true;
  return false;
}

function lettersOf(text: string): string {
  return text.toUpperCase().replaceAll(/[^\p{L}\d]/gu, "");
}
