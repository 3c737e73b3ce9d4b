import { FAULTS, faultCodeOf, IlmoError, isOutage } from "../errors.ts";
import { toFileFault } from "./file-faults.ts";
import type { Claim } from "./folder-claims.ts";
import { type FolderIntakePorts, putAside, type TakenIn, takeIn } from "./folder-intake.ts";
import type { IntakeEvent } from "./folder-watch-port.ts";

/** Waits between the attempts of a claim whose fault may pass; then it is put aside (DESIGN section 5: 1, 5, 30 min). */
export const INTAKE_RETRY_MS: readonly number[] = [60_000, 300_000, 1_800_000];
/** While the store is away nothing can be put aside either: ask again and again. */
const STORE_RETRY_MS = 5_000;
/** Claims brought on at once: each waits mostly for the disk. */
const PARALLEL = 4;

interface Waiting {
  readonly claim: Claim;
  readonly notBeforeMs: number;
  readonly attempt: number;
}

export interface ClaimQueueOptions {
  readonly ports: FolderIntakePorts;
  readonly nowMs: () => number;
  readonly retryMs: readonly number[];
  readonly onEvent: (event: IntakeEvent) => void;
  /** Told when a claimed thing turns out to be still written to. */
  readonly onStillChanging: (claim: Claim) => void;
}

/** Brings claims to their end, some at a time, again after faults that pass. */
export interface ClaimQueue {
  readonly add: (claim: Claim) => void;
  /** Starts what is due. */
  readonly pump: () => void;
  readonly size: () => number;
  readonly oldestClaimedAt: () => string | null;
  /** Starts nothing more and waits for what runs. */
  readonly close: () => Promise<void>;
}

/** A full or read-only disk is no fault of the thing that was to be put there: it waits until the disk takes it. Pure. */
function toIntakeFault(error: unknown): unknown {
  const fault = toFileFault(error, "Expected the inbox and the data folder to take files. Check free space, quota and owner.");
  return fault.code === "storageUnavailable" ? fault : error;
}

/** Returns a queue that starts at once; nothing is lost when the process dies, because claims lie on disk. */
export function createClaimQueue(options: ClaimQueueOptions): ClaimQueue {
  const { ports, nowMs, retryMs, onEvent } = options;
  const waiting: Waiting[] = [];
  const running = new Map<Claim, Promise<void>>();
  let isClosed = false;

  const giveUp = async ({ claim, attempt }: Waiting, error: unknown): Promise<void> => {
    const code = faultCodeOf(error);
    const detail = error instanceof IlmoError ? error.message : "Expected the file to be taken in; it failed every time.";
    const outcome = await putAside(claim, { files: [], meta: undefined }, code, ports, detail);
    await ports.claims.finish(claim, outcome);
    onEvent({ kind: "quarantined", submissionId: claim.id, fileCount: 0, code, attempt });
  };

  const retryLater = (entry: Waiting, error: unknown): void => {
    const { claim, attempt } = entry;
    const delayMs = isOutage(faultCodeOf(error)) ? STORE_RETRY_MS : (retryMs[Math.min(attempt, retryMs.length) - 1] ?? STORE_RETRY_MS);
    waiting.push({ claim, attempt: attempt + 1, notBeforeMs: nowMs() + delayMs });
    onEvent({ kind: "postponed", submissionId: claim.id, code: faultCodeOf(error), attempt, error });
  };

  const report = ({ claim, attempt }: Waiting, taken: TakenIn): void => {
    if (taken.kind === "stillChanging") {
      options.onStillChanging(claim);
      return;
    }
    if (taken.kind === "vanished") {
      onEvent({ kind: "vanished", submissionId: claim.id });
      return;
    }
    const { outcome, fileCount } = taken;
    const kind = { done: "recorded", duplicate: "duplicate", quarantine: "quarantined" } as const;
    const code = outcome.kind === "quarantine" ? outcome.code : undefined;
    onEvent({ kind: kind[outcome.kind], submissionId: claim.id, fileCount, attempt, ...(code && { code }) });
  };

  const work = async (entry: Waiting): Promise<void> => {
    try {
      report(entry, await takeIn(entry.claim, ports));
    } catch (caught) {
      const error = toIntakeFault(caught);
      const isLast = entry.attempt > retryMs.length && !isOutage(faultCodeOf(error)) && FAULTS[faultCodeOf(error)].action !== "stop";
      try {
        if (isLast) await giveUp(entry, error);
        else retryLater(entry, error);
      } catch (second) {
        retryLater(entry, second);
      }
    }
  };

  const startNext = (): boolean => {
    const index = waiting.findIndex(({ notBeforeMs }) => notBeforeMs <= nowMs());
    const [entry] = isClosed || running.size >= PARALLEL || index < 0 ? [] : waiting.splice(index, 1);
    if (!entry) return false;
    const done = work(entry).finally(() => {
      running.delete(entry.claim);
      pump();
    });
    running.set(entry.claim, done);
    return true;
  };

  const pump = (): void => {
    while (startNext());
  };

  return {
    add: (claim) => {
      waiting.push({ claim, notBeforeMs: nowMs(), attempt: 1 });
      pump();
    },
    pump,
    size: () => waiting.length + running.size,
    oldestClaimedAt: () => {
      const all = [...waiting.map(({ claim }) => claim), ...running.keys()].map(({ claimedAt }) => claimedAt);
      return all.toSorted()[0] ?? null;
    },
    close: async () => {
      isClosed = true;
      await Promise.all(running.values());
    },
  };
}
