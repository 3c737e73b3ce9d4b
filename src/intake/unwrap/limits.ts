/** What taking one original apart may cost. @see docs/decisions.md */
export interface UnwrapLimits {
  /** Containers inside containers; a forwarded mail with an archive has three. */
  readonly maxDepth: number;
  readonly maxLeaves: number;
  /** Of everything that is unpacked from one original. */
  readonly maxBytes: number;
  /** From the first container to the last, looking at pages not counted. */
  readonly maxMs: number;
}

export const MAX_UNWRAP_DEPTH = 8;
/** A minute of work, by the clock of a machine that gives it a third of a core, as for every parser. */
export const MAX_UNWRAP_MS = 180_000;
