import { setTimeout as delay } from "node:timers/promises";
import { IlmoError } from "../errors.ts";
import { tryDatabaseLock } from "./database-lock.ts";

const LOCK_NAME = "upkeep";
const RETRY_MS = 250;

/** Longest wait for another piece of upkeep: a backup of 100,000 originals takes about an hour on a slow disk. */
export const UPKEEP_WAIT_MS = 3 * 3_600_000;

/**
 * Runs `work` while no other process backs up, deletes or encrypts anew: each of them relies on blobs that stay where they are.
 *
 * Intake and reading go on meanwhile. The server frees the lock when this process dies.
 *
 * @param waitMs longest wait for another one; 0 = do not wait
 * @throws notAllowed when another one does not end within that time
 */
export async function withUpkeepLock<T>(databaseUrl: string, work: () => Promise<T>, waitMs = UPKEEP_WAIT_MS): Promise<T> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const lock = await tryDatabaseLock(databaseUrl, LOCK_NAME);
    if (lock !== null) {
      try {
        return await work();
      } finally {
        await lock.release();
      }
    }
    if (Date.now() >= deadline)
      throw new IlmoError("notAllowed", "Expected the backup, retention or key rotation that runs already to end. Look for a hung ilmo.");
    await delay(RETRY_MS);
  }
}
