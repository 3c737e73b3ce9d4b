/** What a look at a waiting thing shows. */
export interface Sight {
  /** Changes whenever size, modification time or inode of anything in it change. */
  readonly signature: string;
  /** Came by a rename, so that it was written somewhere else before. */
  readonly cameByRename: boolean;
}

/** What is remembered of a waiting thing between two looks. */
export interface Tracked extends Sight {
  readonly firstSeenMs: number;
  /** When it was first seen as it is now. */
  readonly unchangedSinceMs: number;
}

/** How long a thing must stay as it is. */
export interface QuietTimes {
  readonly quietMs: number;
  readonly renamedQuietMs: number;
}

/**
 * Returns what is known of a thing after another look at it.
 *
 * Pure. Times are of this machine's steady clock: a file server's own clock may be minutes off.
 */
export function observe(before: Tracked | undefined, sight: Sight, nowMs: number): Tracked {
  if (before === undefined) return { ...sight, firstSeenMs: nowMs, unchangedSinceMs: nowMs };
  if (before.signature === sight.signature) return before;
  // It changed under our eyes: whatever came by rename is being written now.
  return { ...sight, cameByRename: false, firstSeenMs: before.firstSeenMs, unchangedSinceMs: nowMs };
}

/** True when a thing has not changed for as long as the way it came asks for. Pure. */
export function isQuiet(tracked: Tracked, nowMs: number, times: QuietTimes): boolean {
  const needed = tracked.cameByRename ? Math.min(times.renamedQuietMs, times.quietMs) : times.quietMs;
  return nowMs - tracked.unchangedSinceMs >= needed;
}

/** File times as `lstat` gives them, ms. */
export interface FileTimes {
  readonly mtimeMs: number;
  readonly ctimeMs: number;
}

/**
 * True when a file was last written well before it got its place here.
 *
 * A rename sets the change time and leaves the modification time; both come from the same file server, so its clock does
 * not matter. While a file is being written the two are equal. Pure.
 */
export function looksRenamed({ mtimeMs, ctimeMs }: FileTimes, quietMs: number): boolean {
  return ctimeMs - mtimeMs >= quietMs && quietMs > 0;
}
