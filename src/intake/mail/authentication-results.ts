import { type HeaderField, valuesOf } from "./mail-message.ts";

/** What an own server found out about a message's sender. `none`: it said nothing, or no own server is named. */
export type Authentication = "pass" | "fail" | "none";

interface MethodResult {
  readonly method: string;
  readonly result: string;
  readonly properties: ReadonlyMap<string, string>;
}

/**
 * Returns the words of each part between semicolons; null when a quote or comment does not end.
 *
 * The sender chooses what stands in comments and in quotes: the name before the @ of a bounce address may be `"; dmarc=pass "`. So
 * comments are left out, and what is quoted is one word whatever stands in it.
 */
function splitParts(text: string): string[][] | null {
  const parts: string[][] = [[]];
  let word = "";
  let depth = 0;
  let isQuoted = false;
  const endWord = (): void => {
    if (word !== "") parts.at(-1)?.push(word);
    word = "";
  };
  for (let index = 0; index < text.length; index += 1) {
    let sign = text[index] ?? "";
    if (sign === "\\" && (isQuoted || depth > 0)) sign += text[++index] ?? "";
    else if (sign === '"' && depth === 0) isQuoted = !isQuoted;
    if (isQuoted) word += sign;
    else if (sign === "(") depth += 1;
    else if (sign === ")") depth = Math.max(0, depth - 1);
    else if (depth > 0) continue;
    else if (sign === ";") {
      endWord();
      parts.push([]);
    } else if (/\s/.test(sign)) endWord();
    else word += sign;
  }
  endWord();
  return isQuoted || depth > 0 ? null : parts;
}

/** "dmarc=fail", "header.from=x.example" → its parts. */
function parseMethod([first = "", ...rest]: readonly string[]): MethodResult | null {
  const [method, result] = first.toLowerCase().split("=");
  if (method === undefined || result === undefined) return null;
  const pairs = rest.flatMap((word): [string, string][] => {
    const equals = word.indexOf("=");
    return equals > 0 ? [[word.slice(0, equals).toLowerCase(), word.slice(equals + 1).toLowerCase()]] : [];
  });
  return { method: method.split("/")[0] ?? method, result, properties: new Map(pairs) };
}

const bareDomain = (value: string): string => value.slice(value.lastIndexOf("@") + 1).replace(/^["']|\.?["']?$/g, "");

/** The domain itself or one below it. */
function isAligned(domain: string | undefined, fromDomain: string): boolean {
  if (domain === undefined) return false;
  const bare = bareDomain(domain);
  return bare === fromDomain || (bare.includes(".") && (fromDomain.endsWith(`.${bare}`) || bare.endsWith(`.${fromDomain}`)));
}

/**
 * Returns what the topmost Authentication-Results says, if an own server wrote it.
 *
 * Only the topmost header counts: a server puts its own above everything that came from outside, so a forged one lies below. Without
 * a DMARC policy of the sender's domain, an SPF or DKIM pass for that domain counts. A DMARC pass that names another domain than the
 * From field was given to another field than the one that is read here. Pure.
 *
 * @see RFC 8601 sections 2.2 and 5
 */
export function findAuthentication(headers: readonly HeaderField[], authservIds: readonly string[], fromDomain: string): Authentication {
  const [topmost] = valuesOf(headers, "authentication-results");
  if (topmost === undefined) return "none";
  const [[id = ""] = [], ...methods] = splitParts(topmost) ?? [];
  if (!authservIds.includes(id.toLowerCase())) return "none";
  const results = methods.flatMap((words) => parseMethod(words) ?? []);
  const dmarc = results.filter(({ method }) => method === "dmarc");
  if (dmarc.some(({ result }) => result !== "pass" && result !== "none" && result !== "bestguesspass")) return "fail";
  const passed = dmarc.filter(({ result }) => result === "pass").map(({ properties }) => properties.get("header.from") ?? fromDomain);
  if (passed.length > 0) return passed.every((domain) => bareDomain(domain) === fromDomain) ? "pass" : "none";
  const hasAlignedPass = results.some(
    ({ method, result, properties }) =>
      result === "pass" &&
      ((method === "spf" && isAligned(properties.get("smtp.mailfrom"), fromDomain)) ||
        (method === "dkim" && isAligned(properties.get("header.d") ?? properties.get("header.i"), fromDomain))),
  );
  return hasAlignedPass ? "pass" : "none";
}
