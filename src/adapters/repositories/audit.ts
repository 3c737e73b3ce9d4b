import type { AuditEntry } from "../../pipeline/store-port.ts";
import { type Executor, toJson } from "./executor.ts";

const DEFAULT_LIMIT = 1_000;

export async function appendAudit(executor: Executor, entry: AuditEntry, at: string): Promise<void> {
  await executor
    .insertInto("audit_log")
    .values({ at, actor: entry.actor, action: entry.action, registration_id: entry.registrationId, detail: entry.detail })
    .execute();
}

/** Oldest first; the newest `limit` of them. */
export async function listAudit(
  executor: Executor,
  { registrationId, limit = DEFAULT_LIMIT }: { readonly registrationId?: string; readonly limit?: number } = {},
): Promise<(AuditEntry & { readonly at: string })[]> {
  let query = executor.selectFrom("audit_log").selectAll().orderBy("id", "desc").limit(limit);
  if (registrationId !== undefined) query = query.where("registration_id", "=", registrationId);
  const rows = await query.execute();
  return rows
    .toReversed()
    .map((row) => ({ at: row.at, actor: row.actor, action: row.action, registrationId: row.registration_id, detail: row.detail }));
}

/** True for the one transaction that may have this effect; a second one waits for it and gets false. */
export async function claimEffect(executor: Executor, jobId: string, effect: string): Promise<boolean> {
  const inserted = await executor
    .insertInto("job_effects")
    .values({ job_id: jobId, effect })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Returns undefined for a key that was never set. */
export async function getMeta(executor: Executor, key: string): Promise<unknown> {
  const row = await executor.selectFrom("meta").select("value").where("key", "=", key).executeTakeFirst();
  return row?.value;
}

export async function setMeta(executor: Executor, key: string, value: unknown, at: string): Promise<void> {
  const row = { value: toJson(value), updated_at: at };
  await executor
    .insertInto("meta")
    .values({ key, ...row })
    .onConflict((conflict) => conflict.column("key").doUpdateSet(row))
    .execute();
}
