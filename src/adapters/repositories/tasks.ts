import type { Selectable } from "kysely";
import type { NewTask, Task } from "../../pipeline/mail-store-port.ts";
import type { TasksTable } from "../mail-schema.ts";
import type { Executor } from "./executor.ts";

const DEFAULT_LIMIT = 1_000;

function toTask(row: Selectable<TasksTable>): Task {
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    mailId: row.mail_id,
    submissionId: row.submission_id,
    dueOn: row.due_on,
    detail: row.detail,
    createdAt: row.created_at,
    doneAt: row.done_at,
    doneBy: row.done_by,
  };
}

/** Adds a task once, whatever its state is now. */
export async function addTask(executor: Executor, task: NewTask): Promise<void> {
  const { key, kind, mailId, submissionId, dueOn, detail } = task;
  await executor
    .insertInto("tasks")
    .values({ key, kind, mail_id: mailId, submission_id: submissionId, due_on: dueOn, detail })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The most urgent first. */
export async function listTasks(
  executor: Executor,
  { isOpen, limit = DEFAULT_LIMIT }: { readonly isOpen?: boolean; readonly limit?: number } = {},
): Promise<Task[]> {
  let query = executor
    .selectFrom("tasks")
    .selectAll()
    .orderBy("due_on", (order) => order.asc().nullsLast())
    .orderBy("id")
    .limit(limit);
  if (isOpen !== undefined) query = query.where("done_at", isOpen ? "is" : "is not", null);
  return (await query.execute()).map(toTask);
}

export async function finishTask(executor: Executor, id: number, by: string, at: string): Promise<boolean> {
  const updated = await executor
    .updateTable("tasks")
    .set({ done_at: at, done_by: by })
    .where("id", "=", id)
    .where("done_at", "is", null)
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}
