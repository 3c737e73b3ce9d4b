import type { RegistrationState } from "../../model/registration.ts";
import type { StoreStatus, SubmissionState } from "../../pipeline/store-port.ts";
import type { Executor } from "./executor.ts";

const NO_SUBMISSIONS: Readonly<Record<SubmissionState, number>> = { received: 0, read: 0, done: 0, duplicate: 0, quarantined: 0 };
const NO_REGISTRATIONS: Readonly<Record<RegistrationState, number>> = { DRAFT: 0, APPROVED: 0, EXPORTED: 0, CANCELLED: 0 };

/** Counts for the status page; holds no personal data. */
export async function readStatus(executor: Executor): Promise<StoreStatus> {
  const submissions = await executor
    .selectFrom("submissions")
    .select(["state", (select) => select.fn.countAll<number>().as("count")])
    .groupBy("state")
    .execute();
  const registrations = await executor
    .selectFrom("registrations")
    .select(["state", (select) => select.fn.countAll<number>().as("count")])
    .groupBy("state")
    .execute();
  const oldest = await executor
    .selectFrom("submissions")
    .select((select) => select.fn.min("received_at").as("at"))
    .where("state", "in", ["received", "read"])
    .executeTakeFirst();
  const prepared = await executor
    .selectFrom("export_batches")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("state", "=", "prepared")
    .executeTakeFirstOrThrow();
  return {
    submissions: { ...NO_SUBMISSIONS, ...Object.fromEntries(submissions.map(({ state, count }) => [state, count])) },
    registrations: { ...NO_REGISTRATIONS, ...Object.fromEntries(registrations.map(({ state, count }) => [state, count])) },
    oldestWaitingAt: oldest?.at ?? null,
    preparedBatches: prepared.count,
  };
}
