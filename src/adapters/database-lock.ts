import { Client } from "pg";
import { toDatabaseFault } from "./postgres-faults.ts";

/** A lock that one process of all machines holds; `lost` resolves when the connection behind it breaks. */
export interface DatabaseLock {
  readonly lost: Promise<void>;
  readonly release: () => Promise<void>;
}

/** Held by the one process that scans the inbox: the running service. */
export const INBOX_LOCK = "folder:inbox";

/**
 * Takes a lock by name on a connection of its own, for work that only one process may do (scanning a folder).
 *
 * The server frees it when this process dies.
 *
 * @returns null when another process holds it
 * @throws databaseUnavailable
 */
export async function tryDatabaseLock(url: string, name: string): Promise<DatabaseLock | null> {
  const client = new Client({ connectionString: url, keepAlive: true, application_name: "ilmo-lock" });
  const lost = new Promise<void>((resolve) => {
    client.on("error", () => resolve());
    client.on("end", () => resolve());
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock(hashtextextended($1, 0)) as taken", [name]);
    if (rows[0]?.taken) return { lost, release: () => client.end() };
  } catch (error) {
    await client.end().catch(() => {});
    throw toDatabaseFault(error);
  }
  await client.end();
  return null;
}
