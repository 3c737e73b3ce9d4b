import type { Registration } from "../model/registration.ts";

/** What an erasure must know of one registration. */
export interface ErasureFacts {
  readonly state: Registration["state"];
  readonly isHeld: boolean;
  /** Its submission is still being read or printed. */
  readonly isUnfinished: boolean;
  /** An import file with it is being written. */
  readonly isBeingExported: boolean;
}

/** Why a registration may not be erased now. */
export type ErasureRefusal = "held" | "unfinished" | "beingExported" | "statutory";

/**
 * Returns why a registration may not be erased, or null when it may.
 *
 * Pure. A hold and unfinished work always refuse. What was handed over, or approved to be, is kept for the office's statutory task until
 * its time is over (GDPR 17(3)(b)): only a named official can decide otherwise, with a reason.
 *
 * @param isForced a named official has decided that it goes before its time
 */
export function judgeErasure({ state, isHeld, isUnfinished, isBeingExported }: ErasureFacts, isForced: boolean): ErasureRefusal | null {
  if (isHeld) return "held";
  if (isUnfinished) return "unfinished";
  if (isBeingExported) return "beingExported";
  if ((state === "EXPORTED" || state === "APPROVED") && !isForced) return "statutory";
  return null;
}
