import { readFile } from "node:fs/promises";
import { parse as parseToml } from "smol-toml";
import { z } from "zod";
import { IlmoError } from "../errors.ts";
import type { Sender } from "../intake/unwrap/protocol.ts";

/** Tries on one file: each takes time, and nobody has more. */
const MAX_TRIES = 100;

const UnitPasswords = z.object({
  unit: z
    .array(
      z.object({
        /** Addresses, or "@domain" for all of a domain. */
        senders: z.array(z.string().toLowerCase()).default([]),
        passwords: z.array(z.string().min(1)).min(1),
      }),
    )
    .default([]),
});

/** Passwords of sending units. */
export type UnitPasswords = z.infer<typeof UnitPasswords>["unit"];

/** Loads the passwords; a file that is not configured holds none. @throws configInvalid, never quoting the file */
export async function loadUnitPasswords(file: string | undefined): Promise<UnitPasswords> {
  if (file === undefined) return [];
  try {
    return UnitPasswords.parse(parseToml(await readFile(file, "utf8"))).unit;
  } catch {
    throw new IlmoError(
      "configInvalid",
      "Expected passwords.file as TOML of [[unit]] with senders and passwords; it cannot be read as that.",
    );
  }
}

/** Returns the passwords to try: those of the sender's unit first, each once. Pure. */
export function passwordsFor(units: UnitPasswords, sender: Sender | undefined): string[] {
  const address = sender?.kind === "one" ? sender.address : "";
  const isOwn = ({ senders }: UnitPasswords[number]): boolean =>
    senders.some((known) => (known.startsWith("@") ? address.endsWith(known) : address === known));
  const ordered = [...units.filter(isOwn), ...units.filter((unit) => !isOwn(unit))];
  return [...new Set(ordered.flatMap(({ passwords }) => passwords))].slice(0, MAX_TRIES);
}
