import { type HeaderField, valuesOf } from "./mail-message.ts";

/** What an own server found out about a message's sender. `none`: it said nothing, or no own server is named. */
export type Authentication = "pass" | "fail" | "none";

interface MethodResult {
  readonly method: string;
  readonly result: string;
  readonly properties: ReadonlyMap<string, string>;
}

/** "dmarc=fail (p=reject) header.from=x.example" → its parts. */
function parseMethod(text: string): MethodResult | null {
  const words = text.trim().split(/\s+/);
  const [method, result] = (words[0] ?? "").toLowerCase().split("=");
  if (method === undefined || result === undefined) return null;
  const pairs = words.slice(1).flatMap((word): [string, string][] => {
    const equals = word.indexOf("=");
    return equals > 0 ? [[word.slice(0, equals).toLowerCase(), word.slice(equals + 1).toLowerCase()]] : [];
  });
  return { method: method.split("/")[0] ?? method, result, properties: new Map(pairs) };
}

/** Comments may hold "dmarc=pass" in words of the sender's choice. */
function withoutComments(text: string): string {
  let plain = "";
  let depth = 0;
  for (const sign of text) {
    if (sign === "(") depth += 1;
    else if (sign === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0) plain += sign;
  }
  return plain;
}

/** The domain itself or one below it. */
function isAligned(domain: string | undefined, fromDomain: string): boolean {
  if (domain === undefined) return false;
  const bare = domain.slice(domain.lastIndexOf("@") + 1).replace(/^["']|["']$/g, "");
  return bare === fromDomain || (bare.includes(".") && (fromDomain.endsWith(`.${bare}`) || bare.endsWith(`.${fromDomain}`)));
}

/**
 * Returns what the topmost Authentication-Results says, if an own server wrote it.
 *
 * Only the topmost header counts: a server puts its own above everything that came from outside, so a forged one lies below. Without
 * a DMARC policy of the sender's domain, an SPF or DKIM pass for that domain counts. Pure.
 *
 * @see RFC 8601 sections 2.2 and 5
 */
export function findAuthentication(headers: readonly HeaderField[], authservIds: readonly string[], fromDomain: string): Authentication {
  const [topmost] = valuesOf(headers, "authentication-results");
  if (topmost === undefined) return "none";
  const [id = "", ...methods] = withoutComments(topmost).split(";");
  if (!authservIds.includes((id.trim().split(/\s+/)[0] ?? "").toLowerCase())) return "none";
  const results = methods.flatMap((text) => parseMethod(text) ?? []);
  const dmarc = results.filter(({ method }) => method === "dmarc").map(({ result }) => result);
  if (dmarc.some((result) => result !== "pass" && result !== "none" && result !== "bestguesspass")) return "fail";
  if (dmarc.includes("pass")) return "pass";
  const hasAlignedPass = results.some(
    ({ method, result, properties }) =>
      result === "pass" &&
      ((method === "spf" && isAligned(properties.get("smtp.mailfrom"), fromDomain)) ||
        (method === "dkim" && isAligned(properties.get("header.d") ?? properties.get("header.i"), fromDomain))),
  );
  return hasAlignedPass ? "pass" : "none";
}
