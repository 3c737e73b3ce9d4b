import type { Zone } from "../../model/form-layout.ts";
import type { RectMm } from "../../model/page.ts";
import type { FieldReading } from "../../model/reading.ts";
import { MIN_LOCAL_QUALITY } from "../align/lay-quality.ts";
import type { InkPage } from "../ink/ink-page.ts";
import { type BoxVerdict, hasTrace, judgeBox, type PageInk } from "./judge-box.ts";
import { type BoxMeasures, measureBox } from "./measure-box.ts";
import type { MarkPiece } from "./measure-piece.ts";

/** Ink below this share of the print is noise on any page, 0-255; pencil starts at about 90. */
const MIN_THRESHOLD = 64;
/** On noisy paper ink must exceed this share of the noise's 99th percentile (it is smoothed over 9 px first). */
const NOISE_SHARE = 0.8;
const MAX_THRESHOLD = 110;
/** Marks needed on a page before its pen is known. */
const MIN_PEN_MARKS = 4;
/** Fields filled in on a page before filling counts as this person's way to mark. */
const MIN_FILLED_FIELDS = 4;

/** Boxes whose darkest ink is weaker than this (0-1 of the print) are measured again for faint lines. */
const FAINT_PEAK_BELOW = 0.5;
const FAINT_SHARE = 0.45;
const LEAST_THRESHOLD = 20;

/** Surroundings that fit worse than this may be another row of the form, whatever the box's edges say. */
const LEAST_LOCAL_QUALITY = 0.33;
const EDGES_FOUND_FROM = 0.95;

interface JudgedBox {
  readonly box: BoxMeasures;
  readonly verdict: BoxVerdict;
}

function percentile(values: readonly number[], share: number, fallback: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? fallback;
}

/** Learns the page's pen and its empty boxes from the boxes themselves, by fixed limits, not by their order. */
function pageInkOf(boxes: readonly BoxMeasures[], noise: number): PageInk {
  const marks = boxes.filter(({ coverage, inside }) => coverage >= 0.12 && inside !== undefined && inside.centreGap < 0.28);
  const bare = boxes.filter((box) => !marks.includes(box));
  return {
    penPeak:
      marks.length < MIN_PEN_MARKS
        ? 1
        : percentile(
            marks.map((box) => box.peakInk),
            0.5,
            1,
          ),
    residue: percentile(
      bare.map((box) => box.coverage),
      0.75,
      0,
    ),
    noise,
  };
}

function centreOf(rect: RectMm, piece: MarkPiece): { x: number; y: number } {
  return { x: rect.x + rect.width * (0.5 + piece.centreX), y: rect.y + rect.height * (0.5 + piece.centreY) };
}

function contains(rect: RectMm, point: { x: number; y: number }): boolean {
  return point.x >= rect.x && point.x <= rect.x + rect.width && point.y >= rect.y && point.y <= rect.y + rect.height;
}

/** Returns the pieces outside a box that are neither another box's mark nor text in its field. */
function nearbyPieces(box: BoxMeasures, boxes: readonly BoxMeasures[], textZones: readonly Zone[]): MarkPiece[] {
  const { rect } = box.zone;
  return box.outside.filter((piece) => {
    const centre = centreOf(rect, piece);
    if (textZones.some((zone) => contains(zone.rect, centre))) return false;
    const distance = Math.hypot(piece.centreX * rect.width, piece.centreY * rect.height);
    return !boxes.some(({ zone, inside }) => {
      if (zone === box.zone || inside === undefined) return false;
      const other = zone.rect;
      return Math.hypot(centre.x - other.x - other.width / 2, centre.y - other.y - other.height / 2) < distance;
    });
  });
}

/** Whether the box's ink belongs rather to another box: its centre lies nearer to that one. */
function isIntruded(box: BoxMeasures, boxes: readonly BoxMeasures[]): boolean {
  if (box.inside === undefined) return false;
  const centre = centreOf(box.zone.rect, box.inside);
  const distance = Math.hypot(box.inside.centreX * box.zone.rect.width, box.inside.centreY * box.zone.rect.height);
  return boxes.some(
    ({ zone: { rect } }) =>
      rect !== box.zone.rect && Math.hypot(centre.x - rect.x - rect.width / 2, centre.y - rect.y - rect.height / 2) < distance,
  );
}

/** Ink that crosses the middle of a box may be meant for it, wherever its own centre lies. */
function isAcrossCentre(box: BoxMeasures): boolean {
  return box.inside !== undefined && box.inside.centreGap < 0.2;
}

/** A mark across the label spoils the surroundings' fit (0.41 measured); the box's own edges then speak for its place. */
function isInPlace(box: BoxMeasures, localQuality: number): boolean {
  if (localQuality >= MIN_LOCAL_QUALITY) return true;
  return localQuality >= LEAST_LOCAL_QUALITY && box.printFound >= EDGES_FOUND_FROM;
}

function judgeAll(page: InkPage, boxes: readonly BoxMeasures[], noise: number): JudgedBox[] {
  const pageInk = pageInkOf(boxes, noise);
  const textZones = page.page.layout.zones.filter((zone) => zone.kind === "text" && zone.pageNumber === page.page.pageNumber);
  return boxes.map((box) => {
    // What another version prints beside a box is not known: there only what is inside says that it is marked.
    const nearby = page.page.drift.isOtherVersion ? [] : nearbyPieces(box, boxes, textZones);
    const verdict = judgeBox(box, nearby, pageInk);
    const isUnsafe = page.page.drift.drifted || !isInPlace(box, page.page.localQuality(box.zone.rect));
    if (isIntruded(box, boxes)) return { box, verdict: { mark: isAcrossCentre(box) ? "maybeMarked" : "maybeEmpty", confidence: 0.5 } };
    return { box, verdict: isUnsafe ? doubted(verdict) : verdict };
  });
}

/** Returns the verdict as a mere guess. */
function doubted({ mark, confidence }: BoxVerdict): BoxVerdict {
  if (mark === "marked") return { mark: "maybeMarked", confidence: Math.min(confidence, 0.5) };
  if (mark === "empty") return { mark: "maybeEmpty", confidence: Math.min(confidence, 0.5) };
  return { mark, confidence: Math.min(confidence, 0.5) };
}

/** When a person mostly fills boxes in and scribbles none out, a filled box is a clear mark. */
function withFilledAsMarks(judged: readonly JudgedBox[]): JudgedBox[] {
  const fieldsWith = (mark: string) => new Set(judged.filter(({ verdict }) => verdict.mark === mark).map(({ box }) => box.zone.field)).size;
  const isHabit = fieldsWith("filled") >= MIN_FILLED_FIELDS && fieldsWith("filled") > fieldsWith("marked");
  if (!isHabit || fieldsWith("scribbled") > 0) return [...judged];
  return judged.map(({ box, verdict }) => ({
    box,
    verdict: verdict.mark === "filled" && verdict.confidence >= 0.7 ? { mark: "marked", confidence: 0.97 } : verdict,
  }));
}

function readTick(field: string, { verdict }: JudgedBox): FieldReading {
  const { mark, confidence } = verdict;
  if (mark === "marked") return { field, value: true, confidence, status: "accepted", evidence: ["clearInk"] };
  if (mark === "empty") return { field, value: false, confidence, status: "empty", evidence: ["blankInk"] };
  return { field, value: mark === "filled" || mark === "maybeMarked", confidence, status: "review", evidence: [] };
}

/** Marks from the surest to the weakest claim on a choice; what is scribbled over or empty makes no claim beside them. */
const CLAIMS = ["marked", "filled", "maybeMarked"] as const;

/** The only box of a choice that is covered this much was rather chosen with a broad pen than taken back or hit by a hole. */
const BLOT_COVERAGE_FROM = 0.3;

function guessOption(options: readonly JudgedBox[]): string | null {
  for (const claim of CLAIMS) {
    const claiming = options.filter(({ verdict }) => verdict.mark === claim);
    const best = claiming.toSorted((a, b) => b.box.coverage - a.box.coverage)[0];
    if (best !== undefined) return best.box.zone.option ?? null;
  }
  const [blot, ...more] = options.filter(({ box }) => box.coverage >= BLOT_COVERAGE_FROM);
  return more.length === 0 ? (blot?.box.zone.option ?? null) : null;
}

function readChoice(field: string, options: readonly JudgedBox[]): FieldReading {
  const confidence = Math.min(...options.map(({ verdict }) => verdict.confidence));
  const marked = options.filter(({ verdict }) => verdict.mark === "marked");
  const emptyCount = options.filter(({ verdict }) => verdict.mark === "empty").length;
  const value = guessOption(options);
  if (emptyCount === options.length) return { field, value: null, confidence, status: "empty", evidence: ["blankInk"] };
  if (marked.length === 1 && emptyCount === options.length - 1) {
    return { field, value, confidence, status: "accepted", evidence: ["clearInk"] };
  }
  return { field, value, confidence: Math.min(confidence, 0.6), status: "review", evidence: [] };
}

/** Looks again at a box with traces of ink below the threshold: a faint line is one piece only at half its own darkness. */
function measureBoxTwice(page: InkPage, zone: Zone, { threshold, noise }: { threshold: number; noise: number }): BoxMeasures {
  const box = measureBox(page, zone, threshold);
  if (box.peakInk >= FAINT_PEAK_BELOW || !hasTrace(box, noise)) return box;
  return { ...measureBox(page, zone, Math.max(LEAST_THRESHOLD, box.peakInk * FAINT_SHARE * 255)), coverage: box.coverage };
}

/**
 * Reads the ticks and choices of one form page by the ink in and around their boxes. Pure.
 *
 * A clear mark is `accepted` (clearInk), a clearly empty box `empty` (blankInk); everything else, also two marks in one
 * choice, is `review` with the better guess as its value.
 *
 * @param zones the tick and choice zones of this page; others are ignored
 */
export function readTicks(page: InkPage, zones: readonly Zone[]): FieldReading[] {
  const boxZones = zones.filter(({ kind }) => kind === "tick" || kind === "choice");
  const noise = page.scale.paperNoise / page.scale.printDarkness;
  const threshold = Math.min(MAX_THRESHOLD, Math.max(MIN_THRESHOLD, noise * NOISE_SHARE * 255));
  const boxes = boxZones.map((zone) => measureBoxTwice(page, zone, { threshold, noise }));
  const judged = withFilledAsMarks(judgeAll(page, boxes, noise));
  const byField = Map.groupBy(judged, ({ box }) => box.zone.field);
  return [...byField].map(([field, options]) => {
    const [first] = options;
    return first?.box.zone.kind === "tick" && options.length === 1 ? readTick(field, first) : readChoice(field, options);
  });
}
