import type { GreyRaster } from "../../model/page.ts";
import type { FieldReading } from "../../model/reading.ts";
import { isBilevel } from "../ink/is-bilevel.ts";

/** Boxes that nearly everybody ticks. */
const USUALLY_TICKED = new Set(["fullTimeWork"]);

/**
 * Leaves a box to a person that nearly everybody ticks and that shows nothing on a black-and-white scan: the scanner may have
 * swallowed a pencil's mark whole (seen on a pale page in Group 4). Pure.
 */
export function withPencilDoubt(ticks: readonly FieldReading[], scan: GreyRaster): FieldReading[] {
  if (!ticks.some(({ field, status }) => USUALLY_TICKED.has(field) && status === "empty") || !isBilevel(scan)) return [...ticks];
  return ticks.map((tick) => (USUALLY_TICKED.has(tick.field) && tick.status === "empty" ? { ...tick, status: "review" } : tick));
}

/** Leaves a signature that a black-and-white scan shows nothing of to a person: a pale one may be swallowed just so. Pure. */
export function withSignatureDoubt<S extends { readonly kind: string; readonly status: "accepted" | "review" }>(
  seen: S,
  scan: GreyRaster,
): S {
  return seen.kind === "none" && seen.status === "accepted" && isBilevel(scan) ? { ...seen, status: "review" } : seen;
}
