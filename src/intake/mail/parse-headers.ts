import type { HeaderField } from "./mail-message.ts";

/** Fields of one message that are looked at; more is an attack, not a letter. */
const MAX_FIELDS = 2_000;

/** Returns the header fields of a message; what is no field is left out. Pure. @see RFC 5322 section 2.2 */
export function parseHeaders(text: string): HeaderField[] {
  const fields: { name: string; value: string }[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line === "" || fields.length >= MAX_FIELDS) break;
    const last = fields.at(-1);
    if (line.startsWith(" ") || line.startsWith("\t")) {
      if (last !== undefined) last.value = `${last.value} ${line.trim()}`.trim();
      continue;
    }
    const colon = line.indexOf(":");
    if (colon > 0) fields.push({ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() });
  }
  return fields;
}

/** Returns the domain of an address; empty when it has none. Pure. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).replace(/\.$/, "");
}
