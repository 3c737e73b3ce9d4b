import { findFrame } from "./find-frame.ts";
import { findRing } from "./find-ring.ts";
import type { InkPicture } from "./measure-strokes.ts";
import { type StampOutline, stampFieldOf } from "./stamp-outline.ts";

/**
 * Finds a round or framed stamp, also a turned one, one that reaches beyond the picture or one that is signed over. Pure.
 *
 * @param printed where the form's own print hides what lies beneath
 * @param threshold ink from which a pixel counts, 0-255
 */
export function findStamp(picture: InkPicture, printed: Uint8Array, threshold: number): StampOutline | undefined {
  const field = stampFieldOf(picture, printed, threshold);
  return findRing(field) ?? findFrame(field);
}
