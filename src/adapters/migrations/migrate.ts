import type { Kysely } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { IlmoError } from "../../errors.ts";
import { toDatabaseFault } from "../postgres-faults.ts";
import * as line from "./0001-line.ts";
import * as sessions from "./0002-sessions.ts";
import * as attendance from "./0003-attendance.ts";
import * as announcements from "./0004-announcements.ts";
import * as mail from "./0005-mail.ts";
import * as retention from "./0006-retention.ts";
import * as unwrappedFiles from "./0007-unwrapped-files.ts";
import * as placesByKind from "./0008-places-by-kind.ts";

/** In the order of their names; forward only. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-line": line,
  "0002-sessions": sessions,
  "0003-attendance": attendance,
  "0004-announcements": announcements,
  "0005-mail": mail,
  "0006-retention": retention,
  "0007-unwrapped-files": unwrappedFiles,
  "0008-places-by-kind": placesByKind,
};

/**
 * Brings the tables up to date, in one transaction under a lock of the server, so that two processes may start at once.
 *
 * @param to the last migration to run, for rows that were saved in an earlier shape; the latest when not given
 * @throws databaseUnavailable; configInvalid when the database was made by a newer version of ilmo
 */
export async function migrate<T>(db: Kysely<T>, to?: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error } = await (to === undefined ? migrator.migrateToLatest() : migrator.migrateTo(to));
  if (error === undefined) return;
  const fault = toDatabaseFault(error);
  if (fault.code !== "unexpected") throw fault;
  throw new IlmoError(
    "configInvalid",
    "Expected a database made by this version of ilmo or an older one. Update ilmo, or use another database.",
    {
      cause: fault,
    },
  );
}
