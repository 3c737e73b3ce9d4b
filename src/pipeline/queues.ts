import type { QueueSpec } from "./queue-port.ts";

/** Reads, checks and settles one submission. Data: submissionId. */
export const SUBMISSION_QUEUE = "submission";
/** Seats and papers of one registration. Data: registrationId. */
export const SETTLE_QUEUE = "settle";
/** Prints the roster of one session. Data: sessionId. */
export const ROSTER_QUEUE = "roster";

export const QUEUES: readonly QueueSpec[] = [
  { name: SUBMISSION_QUEUE },
  { name: SETTLE_QUEUE },
  { name: ROSTER_QUEUE, oneWaitingPerKey: true },
];
