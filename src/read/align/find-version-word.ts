import type { FormLayout, PrintedWord } from "../../model/form-layout.ts";
import type { RectMm } from "../../model/page.ts";

/** Room around the printed words for the reader, mm. */
const MARGIN_MM = 1;
/** The version stands at most this far behind the code, mm: "ILMO-F1 fi 1.0" in small print is 16 mm long. */
const REACH_MM = 25;

/**
 * Returns where the layout prints its own code and version on a page ("ILMO-F1 fi 1.0" in the footer, one word or several on a
 * line), or null when it does not.
 *
 * Pure. Reading this on the scan tells versions apart whose boxes hardly differ.
 */
export function findVersionWord(layout: FormLayout, pageNumber: number): RectMm | null {
  const words = layout.pages.find((candidate) => candidate.pageNumber === pageNumber)?.words ?? [];
  for (const first of words) {
    if (!first.text.toLowerCase().includes(layout.code.toLowerCase())) continue;
    const last = first.text.includes(layout.version) ? first : words.find((word) => word.text === layout.version && follows(word, first));
    if (last !== undefined) return around(first.rect, last.rect);
  }
  return null;
}

function follows({ rect }: PrintedWord, { rect: first }: PrintedWord): boolean {
  const gap = rect.x - first.x - first.width;
  return gap > 0 && gap <= REACH_MM && Math.abs(rect.y + rect.height / 2 - first.y - first.height / 2) < first.height;
}

function around(first: RectMm, last: RectMm): RectMm {
  const top = Math.min(first.y, last.y) - MARGIN_MM;
  const bottom = Math.max(first.y + first.height, last.y + last.height) + MARGIN_MM;
  const left = first.x - MARGIN_MM;
  return { x: left, y: top, width: last.x + last.width + MARGIN_MM - left, height: bottom - top };
}
