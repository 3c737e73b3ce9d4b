import type { IsoDate } from "../model/time.ts";
import { type ClassPlan, findExpired, type RetentionRules } from "../retention/find-expired.ts";
import type { DeletionNote, RetentionStore } from "./retention-port.ts";

/** Rows that one transaction deletes: a kill in between loses no more than these, and the next run goes on. */
const BATCH = 200;

/** What is kept and what its time says, for a look before anything is deleted. */
export async function planRetention(store: RetentionStore, rules: RetentionRules, today: IsoDate): Promise<ClassPlan[]> {
  return findExpired(await store.listKept(), rules, today);
}

/**
 * Deletes what is due, class by class, each batch together with its row in the log of deletions.
 *
 * May be killed and run again at any time. Files follow in a sweep of their own.
 */
export async function deleteExpired(
  store: RetentionStore,
  plans: readonly ClassPlan[],
  note: DeletionNote,
  onProgress: (text: string) => void,
): Promise<void> {
  for (const plan of plans) {
    for (let start = 0; start < plan.due.length; start += BATCH) {
      onProgress(`${plan.class}: ${start} of ${plan.due.length}`);
      await store.deleteDue(plan.class, plan.due.slice(start, start + BATCH), note);
    }
  }
}
