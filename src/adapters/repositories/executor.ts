import type { Kysely, Transaction } from "kysely";
import type { Database } from "../database-schema.ts";

/** A pool or an open transaction. */
export type Executor = Kysely<Database>;

/** Runs `work` in the transaction that is open, else in one of its own. */
export async function inTransaction<T>(executor: Executor, work: (transaction: Transaction<Database>) => Promise<T>): Promise<T> {
  if (executor.isTransaction) return work(executor as Transaction<Database>);
  return executor.transaction().execute(work);
}

/** PostgreSQL's jsonb refuses NUL characters and half surrogate pairs, which damaged scans and files do bring. Pure. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "string" ? part.replaceAll("\0", "").toWellFormed() : part));
}

/** The same for text columns. Pure. */
export function toText(value: string): string {
  return value.replaceAll("\0", "").toWellFormed();
}
