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
export const MAX_UNWRAP_MS = 60_000;
