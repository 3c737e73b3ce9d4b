import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { IlmoError } from "../errors.ts";
import type { MailServer } from "../mail-config.ts";

/** What a login needs. */
export type MailLogin = { readonly user: string } & ({ readonly pass: string } | { readonly accessToken: string });

/** Gives the login of one server; a token is kept until the server refuses it. */
export interface MailSecret {
  /** null: the server is used without a login. @throws mailLoginRefused when there is no secret to be had */
  readonly login: () => Promise<MailLogin | null>;
  /** The server refused: the next login asks anew. False when that cannot help. */
  readonly forget: () => boolean;
}

const COMMAND_TIMEOUT_MS = 30_000;
const MAX_TOKEN_BYTES = 64 * 1024;
const run = promisify(execFile);

async function readFirstLine(path: string): Promise<string> {
  return ((await readFile(path, "utf8")).split(/\r?\n/)[0] ?? "").trim();
}

async function printedBy([program = "", ...args]: readonly string[]): Promise<string> {
  const { stdout } = await run(program, [...args], { timeout: COMMAND_TIMEOUT_MS, maxBuffer: MAX_TOKEN_BYTES });
  return stdout.trim();
}

async function loadLogin({ user, password, passwordFile, tokenFile, tokenCommand }: MailServer): Promise<MailLogin | null> {
  if (user === undefined) return null;
  if (tokenCommand !== undefined) return { user, accessToken: await printedBy(tokenCommand) };
  if (tokenFile !== undefined) return { user, accessToken: await readFirstLine(tokenFile) };
  return { user, pass: password ?? (await readFirstLine(passwordFile ?? "")) };
}

/** Returns the source of a server's login. */
export function openMailSecret(server: MailServer): MailSecret {
  let known: MailLogin | null | undefined;
  return {
    login: async () => {
      try {
        known ??= await loadLogin(server);
        return known;
      } catch {
        throw new IlmoError(
          "mailLoginRefused",
          "Expected a password or token for the mail server; the file cannot be read or the command failed. Check passwordFile, tokenFile or tokenCommand.",
        );
      }
    },
    forget: () => {
      const canChange = server.password === undefined && known !== null && known !== undefined;
      known = undefined;
      return canChange;
    },
  };
}
