import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from "kysely";
import { Pool, type PoolClient, types } from "pg";
import type { Config } from "../config.ts";
import type { Database } from "./database-schema.ts";
import { type EmbeddedPostgresOptions, startEmbeddedPostgres } from "./embedded-postgres.ts";
import { migrate } from "./migrations/migrate.ts";
import { toDatabaseFault } from "./postgres-faults.ts";

/** Connections of one process; the queue holds a few of its own. The embedded server gives 60 in all. */
const POOL_SIZE = 8;
const CONNECT_TIMEOUT_MS = 10_000;

const TYPE_INT8 = 20;
const TYPE_DATE = 1082;
const TYPE_TIMESTAMPTZ = 1184;

/** Column values as the model has them: days and instants are text, sizes are numbers. */
const TYPES = {
  getTypeParser(oid: number, format?: "text" | "binary"): (value: string) => unknown {
    if (oid === TYPE_INT8) return Number;
    if (oid === TYPE_DATE) return String;
    if (oid === TYPE_TIMESTAMPTZ) return (value: string) => new Date(value).toISOString();
    return types.getTypeParser(oid, format ?? "text");
  },
};

/** An open database with its tables up to date. */
export interface OpenDatabase {
  readonly db: Kysely<Database>;
  /** For parts with connections of their own (the queue, locks). */
  readonly url: string;
  readonly isEmbedded: boolean;
  readonly close: () => Promise<void>;
}

/** Lets no driver error out: its text quotes the row. */
function withFaults(client: PoolClient): PostgresPoolClient {
  const query = async (statement: string, parameters: readonly unknown[]): Promise<unknown> => {
    try {
      return await client.query(statement, [...parameters]);
    } catch (error) {
      throw toDatabaseFault(error);
    }
  };
  return { query: query as PostgresPoolClient["query"], release: (destroy) => client.release(destroy) };
}

function createPool(url: string): PostgresPool {
  const pool = new Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: TYPES,
    application_name: "ilmo",
  });
  pool.on("error", () => {}); // an idle connection was cut; the next query opens another
  // The pool does not listen to a connection that is in use: one that is cut between two statements of a transaction would end the program.
  pool.on("connect", (client) => client.on("error", () => {}));
  const wrapped = new WeakMap<PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect().catch((error: unknown) => {
        throw toDatabaseFault(error);
      });
      const known = wrapped.get(client) ?? withFaults(client);
      wrapped.set(client, known);
      return known;
    },
  };
}

/**
 * Opens the store: the server of `databaseUrl`, else the embedded one in `home`. Brings the tables up to date.
 *
 * @param options `migrateTo`: shape of the tables that a restored backup needs first
 * @throws databaseUnavailable, storageUnavailable, toolMissing, configInvalid
 */
export async function openDatabase(
  { home, databaseUrl }: Pick<Config, "home" | "databaseUrl">,
  { migrateTo, ...options }: Pick<EmbeddedPostgresOptions, "onRestart"> & { readonly migrateTo?: string } = {},
): Promise<OpenDatabase> {
  const embedded = databaseUrl === undefined ? await startEmbeddedPostgres({ home, ...options }) : null;
  const url = embedded?.url ?? databaseUrl ?? "";
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: createPool(url) }) });
  const close = async (): Promise<void> => {
    await db.destroy();
    await embedded?.stop();
  };
  try {
    await migrate(db, migrateTo);
  } catch (error) {
    await close();
    throw error;
  }
  return { db, url, isEmbedded: embedded !== null, close };
}
