import type { Zone } from "../../model/form-layout.ts";
import type { GreyRaster } from "../../model/page.ts";
import type { FieldReading } from "../../model/reading.ts";
import { findPieces } from "../ink/find-pieces.ts";
import type { InkPage } from "../ink/ink-page.ts";
import { isBilevel } from "../ink/is-bilevel.ts";
import { printKeptOf } from "../ink/print-kept.ts";
import { MM_PER_INCH } from "../ink/zone-ink.ts";

/**
 * Around a field that is asserted to be empty at least this share of the form's own print must be on the scan: of 1,100 such fields
 * on readable scans of any kind the least had 0.79, where writing was swallowed whole 0.26 to 0.74 was left.
 */
const LEAST_PRINT_KEPT = 0.78;
/** On a page with so many fields of boxes or more everybody marks one: without any mark the pen left no trace on the scan. */
const FIELDS_WITH_A_MARK = 4;

const isBox = ({ kind }: Zone): boolean => kind === "tick" || kind === "choice";

/** A field that is asserted to be empty only in doubt is at most this sure: on unseen harsh scans 19 of 193 such fields held ink. */
const DOUBTED_EMPTY = 0.9;

/**
 * Returns the questions of the form that show no answer: choices, which nearly everybody answers, and on a black-and-white scan, which
 * may swallow a pencil's mark whole, full-time work, and whether work may begin at once when no day is given.
 */
function unansweredOf(readings: readonly FieldReading[], zones: readonly Zone[], isBlackAndWhite: boolean): ReadonlySet<string> {
  const blank = new Set(readings.filter(({ status }) => status === "empty").map(({ field }) => field));
  const open = zones.filter(({ kind, field }) => kind === "choice" && blank.has(field)).map(({ field }) => field);
  if (!isBlackAndWhite) return new Set(open);
  const isStartOpen = blank.has("startAtOnce") && blank.has("startFrom");
  return new Set([...open, ...(isStartOpen ? ["startAtOnce"] : []), ...(blank.has("fullTimeWork") ? ["fullTimeWork"] : [])]);
}

/** Ink from this darkness on is looked at (255 = the page's print), and pieces of more than this many px: less is dust. */
const FRAGMENT_INK = 96;
const DUST_PX = 2;
/** Pieces smaller than this in both directions are fragments of strokes or dots of letters, mm. */
const FRAGMENT_MM = 0.8;
/** Writing is broken where so many fragments lie, and this share of its pieces: 13 of 14 measured, 0 in 650 fields of whole writing. */
const BROKEN_FRAGMENTS = 5;
const BROKEN_SHARE = 0.6;

/** In a field that is asserted to be empty so many fragments may be all that a threshold left of a pale pen. */
const LEFT_FRAGMENTS = 2;

/** How many pieces of ink a field holds, and how many of them are fragments. */
function countFragments(ink: InkPage, { rect }: Zone): { readonly pieces: number; readonly fragments: number } {
  const zone = ink.zone(rect);
  const { pieces } = findPieces(zone.ink, zone.widthPx, zone.heightPx, FRAGMENT_INK);
  const seen = pieces.filter(({ areaPx }) => areaPx > DUST_PX);
  const limit = (FRAGMENT_MM * zone.dpi) / MM_PER_INCH;
  const fragments = seen.filter(({ left, right, top, bottom }) => Math.max(right - left, bottom - top) + 1 < limit);
  return { pieces: seen.length, fragments: fragments.length };
}

/** Whether a field's writing is left in fragments only. */
function isBroken(ink: InkPage, zone: Zone): boolean {
  const { pieces, fragments } = countFragments(ink, zone);
  return fragments >= BROKEN_FRAGMENTS && fragments > BROKEN_SHARE * pieces;
}

/** Whether a field that shows no writing holds fragments that may be what is left of it. */
function isSpeckled(ink: InkPage, zone: Zone): boolean {
  return zone.kind === "text" && countFragments(ink, zone).fragments >= LEFT_FRAGMENTS;
}

/**
 * Leaves fields to a person that show nothing where the scan swallowed ink: parts of the form's own print are gone; or no box of the
 * page shows a mark at all (then, without any writing either or on a black-and-white scan, the whole page); or a question shows no
 * answer, whose one pale mark may be gone or stand beside the boxes; or, on a black-and-white page, some field's writing is left in
 * fragments, or a text shows a few fragments and nothing else.
 *
 * Pure.
 *
 * @param zones the zones of this page
 */
export function withSwallowedDoubt<R extends FieldReading>(
  readings: readonly R[],
  zones: readonly Zone[],
  ink: InkPage,
  scan: GreyRaster,
): R[] {
  const boxes = new Set(zones.filter(isBox).map(({ field }) => field));
  const hasMark = readings.some(({ field, value }) => boxes.has(field) && value !== false && value !== null);
  const isBlackAndWhite = isBilevel(scan);
  const isPenLost = !hasMark && boxes.size >= FIELDS_WITH_A_MARK;
  const hasWriting = readings.some(({ value }) => value !== null && value !== false);
  const isAllLost = isPenLost && (isBlackAndWhite || !hasWriting);
  const isPenFaint = isBlackAndWhite && zones.some((zone) => zone.kind === "text" && isBroken(ink, zone));
  const unanswered = unansweredOf(readings, zones, isBlackAndWhite);
  return readings.map((reading) => {
    if (reading.status !== "empty") return reading;
    if (unanswered.has(reading.field)) return asDoubted(reading);
    const own = zones.filter(({ field }) => field === reading.field);
    const isSwallowed =
      isPenFaint ||
      (isBlackAndWhite && own.some((zone) => isSpeckled(ink, zone))) ||
      own.some(({ rect }) => printKeptOf(ink, rect) < LEAST_PRINT_KEPT);
    return isSwallowed || isAllLost || (isPenLost && boxes.has(reading.field)) ? asDoubted(reading) : reading;
  });
}

/** Returns an empty field for a person to look at; that nothing was seen there stays its evidence. */
function asDoubted<R extends FieldReading>(reading: R): R {
  return { ...reading, status: "review", confidence: Math.min(reading.confidence, DOUBTED_EMPTY) };
}

/** What an unsigned box shows; a stamp is often signed over, and its black ink outlasts the pen's. */
const UNSIGNED = new Set(["none", "stamp"]);

/** Leaves a signature that a black-and-white scan shows nothing of to a person: a pale one may be swallowed just so. Pure. */
export function withSignatureDoubt<S extends { readonly kind: string; readonly status: "accepted" | "review" }>(
  seen: S,
  scan: GreyRaster,
): S {
  return UNSIGNED.has(seen.kind) && seen.status === "accepted" && isBilevel(scan) ? { ...seen, status: "review" } : seen;
}
