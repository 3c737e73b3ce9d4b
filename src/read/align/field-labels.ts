import type { LayoutPage, PrintedWord, Zone } from "../../model/form-layout.ts";
import type { RectMm } from "../../model/page.ts";

/** A label stands at most this far above its writing area, mm. */
const ABOVE_MM = 5.5;
/** The question of a choice stands at most this far above its boxes, mm. */
const QUESTION_MM = 7;
/** The word of a tick box ends at most this far right of it, mm. */
const BESIDE_MM = 32;
/** Labels of less width than this are too short to be told from others, mm. */
const LEAST_WIDTH_MM = 6;
/** The heading of a table's column stands at most this far above its rows, mm. */
const HEADING_MM = 40;
/** Words of one printed line have their middles within this, mm. */
const SAME_LINE_MM = 1;
/** Room around the words in the picture that is looked for, mm. */
const RIM_MM = 0.4;

/** Returns the rectangle of the words that belong to a field: above its writing area, or beside and above its boxes; null without any. Pure. */
export function labelOf(page: LayoutPage, own: readonly Zone[], zones: readonly Zone[]): RectMm | null {
  return around(labelWords(page, own, zones));
}

/**
 * Returns the rectangle by which a field is looked for on another version: its own label, of a choice only the line above its boxes,
 * of a table's cell the line of the table's headings; null without any.
 *
 * Pure. Boxes stand nearer to each other or farther apart from version to version and look alike in every choice; their question does not.
 */
export function anchorOf(page: LayoutPage, own: readonly Zone[], zones: readonly Zone[]): RectMm | null {
  const top = Math.min(...own.map(({ rect }) => rect.y));
  const isChoice = own.some(({ kind }) => kind === "choice");
  const above = isChoice ? labelWords(page, own, zones, QUESTION_MM).filter(({ rect }) => rect.y + rect.height <= top) : [];
  return around(above) ?? labelOf(page, own, zones) ?? around(headingAbove(page, own, zones));
}

function labelWords(page: LayoutPage, own: readonly Zone[], zones: readonly Zone[], aboveMm = ABOVE_MM): PrintedWord[] {
  const isText = own.every(({ kind }) => kind === "text" || kind === "signature");
  const isLoneTick = own.length === 1 && !isText;
  const left = Math.min(...own.map(({ rect }) => rect.x)) - 1.5;
  const top = Math.min(...own.map(({ rect }) => rect.y)) - (isLoneTick ? 1 : aboveMm);
  const last = Math.max(...own.map(({ rect }) => rect.x + rect.width));
  const bottom = Math.max(...own.map(({ rect }) => rect.y + rect.height)) + (isText ? -1 : 1);
  const strangers = zones.filter((zone) => !own.includes(zone) && zone.rect.y < bottom && zone.rect.y + zone.rect.height > top);
  const nextX = Math.min(...strangers.map(({ rect }) => rect.x).filter((x) => x > last - 1), Number.POSITIVE_INFINITY);
  const right = Math.min(isText ? last : last + BESIDE_MM, nextX - 1);
  return page.words.filter(({ rect }) => {
    const isInside =
      rect.x >= left && (isText ? rect.x + rect.width : rect.x) <= right && rect.y >= top && rect.y + rect.height <= bottom + 1;
    return isInside && (!isText || own.every((zone) => rect.y + rect.height / 2 < zone.rect.y + 1));
  });
}

/** The nearest printed line above a field without a label of its own, as far as it is no other field's label. */
function headingAbove(page: LayoutPage, own: readonly Zone[], zones: readonly Zone[]): PrintedWord[] {
  const [first] = own;
  if (first === undefined) return [];
  const { x, y, width } = first.rect;
  const above = page.words.filter(({ rect }) => rect.y + rect.height <= y + 1 && rect.y >= y - HEADING_MM);
  const nearest = above.filter(({ rect }) => rect.x < x + width && rect.x + rect.width > x).toSorted((a, b) => b.rect.y - a.rect.y)[0];
  if (nearest === undefined) return [];
  const middle = nearest.rect.y + nearest.rect.height / 2;
  const line = page.words.filter(({ rect }) => Math.abs(rect.y + rect.height / 2 - middle) < SAME_LINE_MM);
  const fields = Map.groupBy(zones, ({ field }) => field).values();
  const isLabel = fields.some((its) => labelWords(page, its, zones).some((word) => line.includes(word)));
  return isLabel ? [] : line;
}

function around(words: readonly PrintedWord[]): RectMm | null {
  if (words.length === 0) return null;
  const x = Math.min(...words.map(({ rect }) => rect.x));
  const y = Math.min(...words.map(({ rect }) => rect.y));
  const width = Math.max(...words.map(({ rect }) => rect.x + rect.width)) - x;
  const height = Math.max(...words.map(({ rect }) => rect.y + rect.height)) - y;
  return width < LEAST_WIDTH_MM ? null : { x: x - RIM_MM, y: y - RIM_MM, width: width + 2 * RIM_MM, height: height + 2 * RIM_MM };
}
