import type { FormWidget } from "./form-source.ts";
import type { Phrase } from "./printed-phrases.ts";

export type LabelSide = "right" | "left" | "above" | "inside";

/** Farthest gap between a place and its label, mm. Left of a column of boxes short labels end far from their box. */
const LABEL_REACH_MM = { left: 100, above: 6, right: 8 } as const;

function isLevel(phrase: Phrase, widget: FormWidget): boolean {
  const middle = phrase.rect.y + phrase.rect.height / 2;
  return middle > widget.rect.y - 0.5 && middle < widget.rect.y + widget.rect.height + 0.5;
}

/** Gap from a place to a label that may belong to it, mm; undefined when the words stand elsewhere. */
function gapTo(phrase: Phrase, widget: FormWidget, side: LabelSide): number | undefined {
  const { rect } = widget;
  if (side === "right" || side === "left") {
    const gap = side === "right" ? phrase.rect.x - rect.x - rect.width : rect.x - phrase.rect.x - phrase.rect.width;
    return isLevel(phrase, widget) && gap > -0.5 && gap < LABEL_REACH_MM[side] ? gap : undefined;
  }
  const isOver = phrase.rect.x >= rect.x - 4 && phrase.rect.x < rect.x + rect.width;
  const gap = rect.y - phrase.rect.y - phrase.rect.height;
  const isInside = gap <= 0 && gap > -phrase.rect.height - 1;
  const isAbove = gap > 0 && gap < LABEL_REACH_MM.above;
  return isOver && (side === "inside" ? isInside : isAbove) ? Math.max(0, gap) : undefined;
}

/** Whether another box stands between a box and words to its left: then they are that one's. */
function isCutOff(phrase: Phrase, widget: FormWidget, widgets: readonly FormWidget[]): boolean {
  const from = phrase.rect.x + phrase.rect.width;
  return widgets.some(
    ({ rect, pageNumber }) =>
      pageNumber === widget.pageNumber &&
      rect.x >= from - 1 &&
      rect.x + rect.width <= widget.rect.x + 1 &&
      rect.y < phrase.rect.y + phrase.rect.height &&
      rect.y + rect.height > phrase.rect.y,
  );
}

/** Words around one place and the other places of the form. */
export interface LabelSearch {
  readonly phrases: readonly Phrase[];
  readonly widgets: readonly FormWidget[];
  readonly sides: readonly LabelSide[];
}

/** A gap that differs by less is as near, mm. */
const AS_NEAR_MM = 0.5;
/** Words in line with a box belong to it rather than words that stand as near over it, which may be the line's before. */
const LEVEL_SHARE = 0.5;
const ABOVE_MM = 1;

/** How far words stand from a place for a reader's eye, mm; undefined when they stand on none of the sides. */
function distanceTo(phrase: Phrase, widget: FormWidget, { sides, widgets }: LabelSearch): number | undefined {
  let nearest: number | undefined;
  for (const side of sides) {
    const gap = side === "left" && isCutOff(phrase, widget, widgets) ? undefined : gapTo(phrase, widget, side);
    if (gap === undefined) continue;
    const distance = side === "left" || side === "right" ? gap * LEVEL_SHARE : gap + ABOVE_MM;
    nearest = Math.min(nearest ?? distance, distance);
  }
  return nearest;
}

/** Whether the words stand nearer to another place of the same kind: they are its label then. */
function isAnothers(phrase: Phrase, distanceMm: number, widget: FormWidget, search: LabelSearch): boolean {
  return search.widgets.some((other) => {
    if (other.name === widget.name || other.kind !== widget.kind || other.pageNumber !== widget.pageNumber) return false;
    const otherMm = distanceTo(phrase, other, search);
    return otherMm !== undefined && otherMm < distanceMm - AS_NEAR_MM;
  });
}

/** Returns the words that stand nearest to a place on one of the sides; undefined when there are none of its own. Pure. */
export function findLabel(widget: FormWidget, search: LabelSearch): string | undefined {
  let nearest: { text: string; distanceMm: number } | undefined;
  for (const phrase of search.phrases) {
    const distanceMm = distanceTo(phrase, widget, search);
    if (distanceMm === undefined || distanceMm >= (nearest?.distanceMm ?? Number.POSITIVE_INFINITY)) continue;
    if (!isAnothers(phrase, distanceMm, widget, search)) nearest = { text: phrase.text, distanceMm };
  }
  return nearest?.text;
}
