import { findFrame, hasFrameCorners } from "./find-frame.ts";
import { findRing } from "./find-ring.ts";
import type { InkPicture } from "./measure-strokes.ts";
import { type StampField, type StampOutline, stampFieldOf } from "./stamp-outline.ts";

/**
 * Finds a round or framed stamp, also a turned one, one that reaches beyond the picture or one that is signed over. Pure.
 *
 * @param printed where the form's own print hides what lies beneath
 * @param threshold ink from which a pixel counts, 0-255
 */
export function findStamp(picture: InkPicture, printed: Uint8Array, threshold: number): StampOutline | undefined {
  const field = stampFieldOf(picture, printed, threshold);
  const ring = findRing(field);
  const frame = findFrame(field);
  if (ring === undefined || frame === undefined) return ring ?? frame ?? cornerOutline(field);
  return frame.share >= ring.share ? frame : ring;
}

/** Stands for a stamp of which only some sides can be seen: it bounds nothing, but nothing beside it is sure either. */
function cornerOutline(field: StampField): StampOutline | undefined {
  if (!hasFrameCorners(field)) return undefined;
  return { kind: "frame", share: 0, contains: () => false, isOutline: () => false };
}
