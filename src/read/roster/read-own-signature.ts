import type { MarkSeen } from "../../model/attendance.ts";
import type { RectMm } from "../../model/page.ts";
import { MIN_LOCAL_QUALITY } from "../align/lay-quality.ts";
import type { InkPage } from "../ink/ink-page.ts";
import { MM_PER_INCH } from "../ink/zone-ink.ts";
import { measureStrokes, type Stroke } from "../signature/measure-strokes.ts";
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
/** The signature reader doubts a clear signature when ruled lines look like a stamp's frame to it; it is this sure of the strokes. */
const CLEAR_CONFIDENCE = 0.97;
/** A straight stroke longer than this may belong to a real frame, mm. */
const LINE_EXTENT_MM = 9;
const STRAIGHT_MM = 0.6;

function strokesAround(ink: InkPage, rect: RectMm): Stroke[] {
  const zone = ink.zone(rect, MARGIN_MM);
  const pxPerMm = zone.dpi / MM_PER_INCH;
  const left = Math.round((rect.x - zone.originMm.x) * pxPerMm);
  const top = Math.round((rect.y - zone.originMm.y) * pxPerMm);
  const box = { left, top, right: left + Math.round(rect.width * pxPerMm), bottom: top + Math.round(rect.height * pxPerMm) };
  return measureStrokes({ ink: zone.ink, widthPx: zone.widthPx, heightPx: zone.heightPx, pxPerMm, box }, THRESHOLD);
}

const isOwn = ({ insideShare, extentMm }: Stroke): boolean => insideShare >= OWN_SHARE && extentMm >= OWN_EXTENT_MM;
const isLine = ({ extentMm, spreadMm }: Stroke): boolean => extentMm > LINE_EXTENT_MM && spreadMm < STRAIGHT_MM;

/**
 * Returns whether the person of a row signed in it. Pure.
 *
 * Signatures run over the lines of a roster: one that mostly stands in a neighbour's row signs for that row only, and what
 * lies across both is for a person to say.
 */
export function readOwnSignature(ink: InkPage, { signature }: RosterRow): MarkSeen {
  const { rect } = signature;
  const { present, kind, status, confidence } = readSignature(ink, signature);
  if (ink.page.localQuality(rect) < MIN_LOCAL_QUALITY) return "unsure";
  if (status === "accepted" && !present) return kind === "none" ? "no" : "unsure";
  const strokes = strokesAround(ink, rect);
  const isClear = present && kind === "ink" && confidence >= CLEAR_CONFIDENCE && !strokes.some(isLine);
  return (status === "accepted" || isClear) && strokes.some(isOwn) ? "yes" : "unsure";
}
