import type { MarkSeen } from "../../model/attendance.ts";
import { MIN_LOCAL_QUALITY } from "../align/lay-quality.ts";
import type { InkPage } from "../ink/ink-page.ts";
import { MM_PER_INCH } from "../ink/zone-ink.ts";
import { measureStrokes } from "../signature/measure-strokes.ts";
import { readSignature } from "../signature/read-signature.ts";
import type { RosterRow } from "./roster-sheet.ts";

/** Signatures are followed this far into the neighbouring rows, mm: two thirds of a row. */
const MARGIN_MM = 8;
/** Ink from this darkness on counts, as in the signature reader (255 = the page's print). */
const THRESHOLD = 96;
/** A stroke belongs to the row that holds this much of it. */
const OWN_SHARE = 0.6;
/** Least extent of a stroke that makes a signature a row's own, mm: initials measured 4.2-6.2. */
const OWN_EXTENT_MM = 3.8;
/** A neighbour's stroke reaches in at least this far before it is noticed, mm. */
const INTRUDING_MM = 2.2;

interface Ownership {
  readonly hasOwn: boolean;
  readonly isIntruded: boolean;
}

function ownershipOf(ink: InkPage, { rect }: RosterRow["signature"]): Ownership {
  const zone = ink.zone(rect, MARGIN_MM);
  const pxPerMm = zone.dpi / MM_PER_INCH;
  const left = Math.round((rect.x - zone.originMm.x) * pxPerMm);
  const top = Math.round((rect.y - zone.originMm.y) * pxPerMm);
  const box = { left, top, right: left + Math.round(rect.width * pxPerMm), bottom: top + Math.round(rect.height * pxPerMm) };
  const strokes = measureStrokes({ ink: zone.ink, widthPx: zone.widthPx, heightPx: zone.heightPx, pxPerMm, box }, THRESHOLD);
  return {
    hasOwn: strokes.some(({ insideShare, extentMm }) => insideShare >= OWN_SHARE && extentMm >= OWN_EXTENT_MM),
    isIntruded: strokes.some(({ insideShare, insideExtentMm }) => insideShare < OWN_SHARE && insideExtentMm >= INTRUDING_MM),
  };
}

/**
 * Returns whether the person of a row signed in it. Pure.
 *
 * Signatures run over the lines of a roster: one that mostly stands in a neighbour's row signs for that row only, and what
 * lies across both is for a person to say.
 */
export function readOwnSignature(ink: InkPage, row: RosterRow): MarkSeen {
  const { present, kind, status } = readSignature(ink, row.signature);
  if (status === "review" || ink.page.localQuality(row.signature.rect) < MIN_LOCAL_QUALITY) return "unsure";
  if (!present) return kind === "none" ? "no" : "unsure";
  return ownershipOf(ink, row.signature).hasOwn ? "yes" : "unsure";
}
