import type { RosterPrint } from "../../pipeline/attendance-store-port.ts";
import { type Executor, inTransaction } from "./executor.ts";

/** The highest version that was ever taken, printed or not: a number on paper is never given twice. */
export async function lastRosterVersion(executor: Executor, sessionId: string): Promise<number> {
  const row = await executor
    .selectFrom("roster_prints")
    .select(({ fn }) => fn.max("version").as("version"))
    .where("session_id", "=", sessionId)
    .executeTakeFirst();
  return row?.version ?? 0;
}

/** Notes who stands in which row. A version that exists is an error of the caller: two papers would bear one code. */
export async function saveRosterPrint(executor: Executor, print: RosterPrint): Promise<void> {
  const { sessionId, version, sessionCode, sha256, pages } = print;
  await inTransaction(executor, async (transaction) => {
    await transaction
      .insertInto("roster_prints")
      .values({ session_id: sessionId, version, session_code: sessionCode, sha256, pages })
      .execute();
    const rows = print.registrationIds.map((registrationId, index) => ({
      session_id: sessionId,
      version,
      row_number: index + 1,
      registration_id: registrationId,
    }));
    if (rows.length > 0) await transaction.insertInto("roster_print_rows").values(rows).execute();
  });
}

type PrintRow = Omit<RosterPrint, "registrationIds">;

async function withRows(executor: Executor, prints: readonly PrintRow[]): Promise<RosterPrint[]> {
  const full: RosterPrint[] = [];
  for (const print of prints) {
    const rows = await executor
      .selectFrom("roster_print_rows")
      .select("registration_id")
      .where("session_id", "=", print.sessionId)
      .where("version", "=", print.version)
      .orderBy("row_number")
      .execute();
    full.push({ ...print, registrationIds: rows.map((row) => row.registration_id) });
  }
  return full;
}

function selectPrints(executor: Executor) {
  return executor
    .selectFrom("roster_prints")
    .select(["session_id as sessionId", "version", "session_code as sessionCode", "sha256", "pages"])
    .orderBy("version");
}

/** More than one when two sessions bear the same code. */
export async function findRosterPrints(
  executor: Executor,
  { sessionCode, version }: { readonly sessionCode: string; readonly version: number },
): Promise<RosterPrint[]> {
  return withRows(executor, await selectPrints(executor).where("session_code", "=", sessionCode).where("version", "=", version).execute());
}

/** By version. */
export async function listRosterPrints(executor: Executor, sessionId: string): Promise<RosterPrint[]> {
  return withRows(executor, await selectPrints(executor).where("session_id", "=", sessionId).execute());
}
