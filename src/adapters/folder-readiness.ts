import { isQuiet, observe, type QuietTimes, type Tracked } from "../intake/track-quiet.ts";
import type { ClaimJournal } from "./folder-journal.ts";
import type { Tree } from "./folder-tree.ts";
import { examineTree, type Wholeness } from "./folder-wholeness.ts";

/** What is remembered of one waiting thing. */
export interface WaitingEntry {
  tracked: Tracked;
  /** Of the thing as `tracked` has it; undefined until it was quiet. */
  wholeness: Wholeness | undefined;
}

export interface ReadinessTimes extends QuietTimes {
  /** Quiet time after which a thing that is not whole is given up. */
  readonly incompleteMs: number;
}

/** A thing that may be taken now, and what it lacks if it is taken without being whole. */
export interface Ready {
  readonly signature: string;
  readonly gaveUp: ClaimJournal["gaveUp"];
}

/**
 * Returns how a thing can be taken now; undefined while it must wait. Remembers in `entry` what was found.
 *
 * A thing is read only once each time it has become quiet.
 */
export async function examineReadiness(entry: WaitingEntry, tree: Tree, nowMs: number, times: ReadinessTimes): Promise<Ready | undefined> {
  const tracked = observe(entry.tracked, tree.sight, nowMs);
  if (tracked !== entry.tracked) entry.wholeness = undefined;
  entry.tracked = tracked;
  const { signature, unchangedSinceMs } = tracked;
  if (!isQuiet(tracked, nowMs, times)) return undefined;
  entry.wholeness ??= await examineTree(tree);
  if (entry.wholeness === "whole") return { signature, gaveUp: undefined };
  return nowMs - unchangedSinceMs >= Math.max(times.incompleteMs, times.quietMs) ? { signature, gaveUp: entry.wholeness } : undefined;
}
