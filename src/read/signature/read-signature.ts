import type { Zone } from "../../model/form-layout.ts";
import type { RectMm } from "../../model/page.ts";
import { MIN_LOCAL_QUALITY } from "../align/lay-quality.ts";
import type { InkPage } from "../ink/ink-page.ts";
import { MM_PER_INCH, type ZoneInk } from "../ink/zone-ink.ts";
import { findStamp } from "./find-stamp.ts";
import { type InkPicture, measureStrokes, type Stroke } from "./measure-strokes.ts";
import type { StampOutline } from "./stamp-outline.ts";

/** What was found in a signature box. */
export interface SignatureReading {
  /** Whether a person signed: a signature, initials or a mark in ink, also over a stamp. */
  readonly present: boolean;
  readonly kind: "ink" | "initials" | "stamp" | "typed" | "none";
  /** `review` = a person must look; `present` and `kind` are then guesses. */
  readonly status: "accepted" | "review";
  readonly confidence: number;
}

/** Signatures and stamps are followed this far beyond the box, mm. */
const MARGIN_MM = 8;
/** Ink from this darkness on counts (255 = the page's print); bleed-through stays below 90, pencil signatures above 110. */
const THRESHOLD = 96;
/** Ink down to this darkness may be a very faint signature, 0-255. */
const FAINT_THRESHOLD = 56;
/** Letters of typed text are no higher than this, mm: 12 pt measured 3.2; larger print-like letters may be a calligraphic hand. */
const TYPED_HEIGHT_MM = 3.3;
/** Printed letters stand on their line and share their heights within this, mm; handwriting and hand-like fonts vary by 0.4. */
const PRINT_REACH_MM = 0.17;
const MIN_BASELINE_SHARE = 0.7;
const MIN_SAME_HEIGHT_SHARE = 0.4;
/** One piece as wide as this and no higher than print is rather a flat signature than a word run together, mm. */
const FLAT_SIGNATURE_MM = 12;
/** Rows of a stamp are at least this far apart between their letters' middles, letter heights, and hold this many letters. */
const ROW_GAP_HEIGHTS = 1.1;
const MIN_ROW_LETTERS = 4;
/** More letters than this are no initials. */
const MAX_INITIALS = 4;
/** A signature's stroke extends at least this far, mm (initials measured 4.2-6.2, typed letters 3.2 at most) … */
const SIGNATURE_EXTENT_MM = 5.2;
/** … and is this high, mm: words of 12 pt print whose letters run together measured 4.5 … */
const SIGNATURE_HEIGHT_MM = 4.8;
const INITIAL_EXTENT_MM = 3.8;
/** … winds about its own axis by this much, mm: staples, folds and rules are straight … */
const WINDING_MM = 0.45;
const STRAIGHT_MM = 0.35;
const RULE_EXTENT_MM = 4;
/** … and is at least this dark relative to the print; paler ink may come through from the back. */
const CLEAR_DARKNESS = 0.55;
/** Ink paler than this comes rather from the back of the sheet. */
const GHOST_DARKNESS = 0.5;
/** More letter-sized pieces than this beside a signature are text from somewhere: the back of the sheet, a stamp. */
const MAX_CLUTTER = 9;
/** Larger pieces on a stamp than its letters may be parts of a signature, mm. */
const STAMP_LETTER_MM = 4.6;
/** Share of a stamp's outline that must be found before what lies outside of it is trusted. */
const CLEAR_OUTLINE_SHARE = 0.93;
/** Holes and blots are solid; the boldest pen measured 0.05. */
const MAX_SOLID_SHARE = 0.3;
/** Less ink than this is dirt, mm². */
const DIRT_MM2 = 0.8;

interface Content {
  /** Winding strokes of a signature's size. */
  readonly signing: readonly Stroke[];
  /** Pieces of a letter's size. */
  readonly letters: readonly Stroke[];
  /** Everything else that is more than dirt: straight lines, blots. */
  readonly other: readonly Stroke[];
}

function pictureOf(zone: ZoneInk, rect: RectMm): InkPicture {
  const pxPerMm = zone.dpi / MM_PER_INCH;
  const left = Math.round((rect.x - zone.originMm.x) * pxPerMm);
  const top = Math.round((rect.y - zone.originMm.y) * pxPerMm);
  const box = { left, top, right: left + Math.round(rect.width * pxPerMm), bottom: top + Math.round(rect.height * pxPerMm) };
  return { ink: zone.ink, widthPx: zone.widthPx, heightPx: zone.heightPx, pxPerMm, box };
}

/** Returns the picture without the pixels that a test names. */
function without(picture: InkPicture, isGone: (x: number, y: number) => boolean): InkPicture {
  const ink = picture.ink.slice();
  for (let at = 0; at < ink.length; at++) {
    if ((ink[at] ?? 0) > 0 && isGone(at % picture.widthPx, Math.floor(at / picture.widthPx))) ink[at] = 0;
  }
  return { ...picture, ink };
}

/** Whether a stroke is a neighbouring field's text that reaches over the edge. */
function isNeighbourText(stroke: Stroke, zone: ZoneInk, textRects: readonly RectMm[]): boolean {
  if (stroke.insideShare > 0.5) return false;
  const x = zone.originMm.x + (stroke.left + stroke.right) / 2;
  const y = zone.originMm.y + (stroke.top + stroke.bottom) / 2;
  const isInText = textRects.some((rect) => x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height);
  return isInText || stroke.insideExtentMm < 1.5;
}

function isRule(stroke: Stroke): boolean {
  return stroke.spreadMm < STRAIGHT_MM && stroke.extentMm > RULE_EXTENT_MM;
}

/** A fold or a scanner's streak runs through the whole picture. */
function isFold(stroke: Stroke, picture: InkPicture): boolean {
  const width = stroke.right - stroke.left;
  const height = stroke.bottom - stroke.top;
  const isThrough = width > (0.97 * picture.widthPx) / picture.pxPerMm || height > (0.97 * picture.heightPx) / picture.pxPerMm;
  return isThrough && isRule(stroke);
}

function contentOf(strokes: readonly Stroke[]): Content {
  const signing: Stroke[] = [];
  const letters: Stroke[] = [];
  const other: Stroke[] = [];
  for (const stroke of strokes) {
    const height = stroke.bottom - stroke.top;
    if (stroke.solidShare > MAX_SOLID_SHARE || isRule(stroke)) other.push(stroke);
    else if (stroke.extentMm >= SIGNATURE_EXTENT_MM && height >= SIGNATURE_HEIGHT_MM && stroke.spreadMm >= WINDING_MM) signing.push(stroke);
    else letters.push(stroke);
  }
  return { signing, letters, other };
}

function sumOf(strokes: readonly Stroke[]): number {
  let sum = 0;
  for (const stroke of strokes) sum += stroke.areaMm2;
  return sum;
}

/** Returns how many letters a row of pieces may hold; letters that run together are counted by their width. */
function letterCount(letters: readonly Stroke[]): number {
  let count = 0;
  for (const { left, right, top, bottom } of letters) {
    const height = bottom - top;
    if (height >= 1.2) count += Math.max(1, Math.round((right - left) / (0.9 * height)));
  }
  return count;
}

const review = (present: boolean, kind: SignatureReading["kind"], confidence = 0.5): SignatureReading => ({
  present,
  kind,
  status: "review",
  confidence,
});
const accepted = (present: boolean, kind: SignatureReading["kind"], confidence: number): SignatureReading => ({
  present,
  kind,
  status: "accepted",
  confidence,
});

function judgeLetters(letters: readonly Stroke[]): SignatureReading {
  const tall = letters.filter(({ top, bottom }) => bottom - top >= 1.2);
  const tallest = Math.max(...tall.map(({ top, bottom }) => bottom - top));
  if (letterCount(tall) <= MAX_INITIALS) {
    const areClear = tall.every(({ darkness }) => darkness >= CLEAR_DARKNESS);
    const hasCapital = tall.some(
      (stroke) => stroke.extentMm >= INITIAL_EXTENT_MM && stroke.spreadMm >= WINDING_MM && stroke.insideShare > 0.8,
    );
    return areClear && hasCapital && sumOf(tall) > 4 ? accepted(true, "initials", 0.97) : review(true, "initials", 0.6);
  }
  if (tall.some(({ extentMm }) => extentMm >= FLAT_SIGNATURE_MM)) return review(true, "ink", 0.5);
  if (hasRows(tall)) return review(false, "stamp", 0.6);
  if (!isPrintedRow(tall)) return review(true, "ink", 0.5);
  return tallest <= TYPED_HEIGHT_MM && tall.length > MAX_INITIALS + 1 ? accepted(false, "typed", 0.97) : review(false, "typed", 0.6);
}

/** Share of the values that lie near their most common one. */
function sharedShare(values: readonly number[], toleranceMm: number): number {
  const best = Math.max(...values.map((middle) => values.filter((value) => Math.abs(value - middle) <= toleranceMm).length));
  return best / values.length;
}

/** Whether letters form two rows or more, also turned ones: a stamp without a frame. */
function hasRows(letters: readonly Stroke[]): boolean {
  const heights = letters.map(({ top, bottom }) => bottom - top).toSorted((a, b) => a - b);
  const gapMm = ROW_GAP_HEIGHTS * (heights[Math.floor(heights.length / 2)] ?? 0);
  for (let degrees = -14; degrees <= 14; degrees += 2) {
    const slope = Math.tan((degrees * Math.PI) / 180);
    const across = letters
      .map(({ left, right, top, bottom }) => (top + bottom) / 2 - (slope * (left + right)) / 2)
      .toSorted((a, b) => a - b);
    let rows = 0;
    let inRow = 1;
    across.forEach((place, i) => {
      const next = across[i + 1] ?? Number.POSITIVE_INFINITY;
      if (next - place < gapMm) inRow++;
      else {
        if (inRow >= MIN_ROW_LETTERS) rows++;
        inRow = 1;
      }
    });
    if (rows >= 2) return true;
  }
  return false;
}

/** Whether letters stand on one line and are of few heights, as print is and handwriting is not. */
function isPrintedRow(letters: readonly Stroke[]): boolean {
  const heights = letters.map(({ top, bottom }) => bottom - top);
  const first = sharedShare(heights, PRINT_REACH_MM);
  return (
    sharedShare(
      letters.map(({ bottom }) => bottom),
      PRINT_REACH_MM,
    ) >= MIN_BASELINE_SHARE && first >= MIN_SAME_HEIGHT_SHARE
  );
}

function judgeStrokes({ signing, letters, other }: Content): SignatureReading {
  const winding = signing.filter(({ darkness }) => darkness >= CLEAR_DARKNESS);
  if (winding.length > 0) {
    const isAlone = letters.length <= MAX_CLUTTER;
    return isAlone && sumOf(winding) >= 5 ? accepted(true, "ink", Math.min(0.999, 0.97 + sumOf(winding) / 2000)) : review(true, "ink", 0.7);
  }
  if (signing.length > 0)
    return review(
      signing.some(({ darkness }) => darkness >= GHOST_DARKNESS),
      "ink",
    );
  if (letters.some(({ top, bottom }) => bottom - top >= 1.2)) return judgeLetters(letters);
  if (sumOf([...letters, ...other]) > DIRT_MM2) return review(false, "none");
  return accepted(false, "none", 0.99);
}

/** Judges a box with a stamp in it: what lies outside the stamp decides, what lies on it can only raise a doubt. */
function judgeWithStamp(picture: InkPicture, stamp: StampOutline, keep: (stroke: Stroke) => boolean): SignatureReading {
  const beside = measureStrokes(without(picture, stamp.contains), THRESHOLD).filter(keep);
  const outside = judgeStrokes(contentOf(beside));
  // A frame's place is less sure than a ring's: a rest of its own line may pass for a stroke.
  if (outside.present) return stamp.kind === "ring" && stamp.share >= CLEAR_OUTLINE_SHARE ? outside : { ...outside, status: "review" };
  const onStamp = without(picture, (x, y) => !stamp.contains(x, y) || stamp.isOutline(x, y));
  const strokesOnStamp = measureStrokes(onStamp, THRESHOLD);
  if (contentOf(strokesOnStamp).signing.length > 0) return review(true, "ink");
  if (strokesOnStamp.some(({ extentMm }) => extentMm > STAMP_LETTER_MM)) return review(false, "stamp", 0.5);
  const isBare = outside.status === "accepted" && outside.kind === "none" && stamp.share >= CLEAR_OUTLINE_SHARE;
  if (outside.kind === "typed") return outside;
  return isBare ? accepted(false, "stamp", 0.96) : review(false, "stamp", 0.6);
}

/** Returns whether anything too pale to count may be a faint signature. */
function hasFaintStrokes(picture: InkPicture, keep: (stroke: Stroke) => boolean): boolean {
  const faint = measureStrokes(picture, FAINT_THRESHOLD).filter(keep);
  return contentOf(faint).signing.length > 0;
}

/**
 * Reads whether a person signed in a signature box. Pure.
 *
 * A stamp, a typed name, rules, folds, holes and ink from the back are told from a person's strokes; what is doubtful is `review`.
 *
 * @param zone the signature box of this page
 */
export function readSignature(page: InkPage, zone: Zone): SignatureReading {
  const ink = page.zone(zone.rect, MARGIN_MM, 0);
  const picture = pictureOf(ink, zone.rect);
  const { layout, pageNumber, drift } = page.page;
  const textRects = layout.zones.filter((other) => other.kind === "text" && other.pageNumber === pageNumber).map(({ rect }) => rect);
  const keep = (stroke: Stroke): boolean => !isNeighbourText(stroke, ink, textRects) && !isFold(stroke, picture);
  const strokes = measureStrokes(picture, THRESHOLD).filter(keep);
  const stamp = strokes.some(({ extentMm }) => extentMm > SIGNATURE_EXTENT_MM) ? findStamp(picture, ink.printed, THRESHOLD) : undefined;
  const reading = stamp === undefined ? judgeStrokes(contentOf(strokes)) : judgeWithStamp(picture, stamp, keep);
  if (drift.drifted || page.page.localQuality(zone.rect) < MIN_LOCAL_QUALITY) return { ...reading, status: "review" };
  if (reading.kind !== "none") return reading;
  if (hasFaintStrokes(picture, keep)) return review(false, "none", 0.4);
  if (contentOf(measureStrokes(picture, THRESHOLD)).signing.some(({ insideExtentMm }) => insideExtentMm > 1.5))
    return review(true, "ink", 0.4);
  return reading;
}
