import type { IntakeStore } from "../intake/ports.ts";
import { SUBMISSION_QUEUE } from "./queues.ts";
import type { Store } from "./store-port.ts";

const firstJobOf = (submissionId: string): { name: string; data: { submissionId: string } } => ({
  name: SUBMISSION_QUEUE,
  data: { submissionId },
});

/** Returns what the intake needs of the store. Both calls may be repeated. */
export function intakeStoreOf(store: Store): IntakeStore {
  return {
    record: (submission) => store.recordSubmission(submission, firstJobOf(submission.id)),
    recordQuarantined: (submission, code, reason) =>
      store.inTransaction(async (transaction) => {
        await transaction.recordSubmission(submission, firstJobOf(submission.id));
        await transaction.quarantineSubmission(submission.id, code, reason);
      }),
  };
}
