import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { IlmoError } from "../errors.ts";

/** The operating-system account a server runs as; undefined = the account of this process. */
export interface PostgresAccount {
  readonly uid: number;
  readonly gid: number;
}

/** Accounts that a machine may offer, best first; `nobody` is on every Linux. */
const ACCOUNT_NAMES = ["ilmo", "postgres", "nobody"];

function listAccounts(): Map<string, PostgresAccount> {
  const accounts = new Map<string, PostgresAccount>();
  for (const line of readFileSync("/etc/passwd", "utf8").split("\n")) {
    const [name, , uid, gid] = line.split(":");
    if (name && uid && gid) accounts.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  return accounts;
}

/**
 * Returns the account PostgreSQL must run as, because the server refuses root.
 *
 * A data folder that exists keeps its owner. Reads /etc/passwd.
 *
 * @returns undefined when this process is not root
 * @throws toolMissing when root has no other account to turn to
 */
export function findPostgresAccount(dataFolder: string): PostgresAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(dataFolder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = listAccounts();
  for (const name of ACCOUNT_NAMES) {
    const account = accounts.get(name);
    if (account && account.uid !== 0) return account;
  }
  throw new IlmoError(
    "toolMissing",
    "Expected an account named ilmo, postgres or nobody, because PostgreSQL refuses to run as root. Create one, or set DATABASE_URL.",
  );
}

/** Tells whether the account can enter a folder, asked of the kernel so that access lists count too. Starts a shell. */
export function canEnter(folder: string, account: PostgresAccount | undefined): boolean {
  const identity = account === undefined ? {} : { uid: account.uid, gid: account.gid };
  return spawnSync("/bin/sh", ["-c", 'cd -- "$1"', "sh", folder], { ...identity, cwd: "/", stdio: "ignore", env: {} }).status === 0;
}
