import type { Sender } from "./protocol.ts";

const AMBIGUOUS: Sender = { kind: "ambiguous" };
const ADDRESS = /^[^\s@<>()",:;[\]\\]+@[^\s@<>()",:;[\]\\]+$/;

/** Takes comments and quoted names out of an address line; null when they do not close. */
function stripQuoted(line: string): string | null {
  let bare = "";
  let depth = 0;
  let isQuoted = false;
  for (let index = 0; index < line.length; index += 1) {
    const letter = line[index] ?? "";
    if (letter === "\\" && (isQuoted || depth > 0)) index += 1;
    else if (letter === '"' && depth === 0) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (letter === "(") depth += 1;
    else if (letter === ")") depth -= 1;
    else if (depth === 0) bare += letter;
    if (depth < 0) return null;
  }
  return isQuoted || depth > 0 ? null : bare;
}

/**
 * Returns the one address of a mail's From lines, in lower case.
 *
 * Pure. Programs differ on what they show for several From lines, several addresses, or an address inside an unquoted
 * name; such a sender is `ambiguous` and never matches a signature.
 *
 * @see RFC 5322, 3.6.2; RFC 8550, 3 (the signer's address must be the sender's)
 */
export function parseSender(fromLines: readonly string[]): Sender {
  const [line, ...others] = fromLines;
  if (line === undefined) return { kind: "none" };
  if (others.length > 0) return AMBIGUOUS;
  const bare = stripQuoted(line.replace(/\r?\n/g, ""))?.trim();
  if (bare === undefined || /[,;:]/.test(bare)) return AMBIGUOUS;
  const angle = /^([^<>@]*)<([^<>]*)>$/.exec(bare);
  const address = (angle?.[2] ?? bare).trim();
  return ADDRESS.test(address) ? { kind: "one", address: address.toLowerCase() } : AMBIGUOUS;
}
