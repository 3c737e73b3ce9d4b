import type { FormLayout } from "../../model/form-layout.ts";
import type { RectMm } from "../../model/page.ts";

/** Room around the printed word for the second reader, mm. */
const MARGIN_MM = 1;

/**
 * Returns where the layout prints its own code and version on a page ("ILMO-F1 fi 1.0" in the footer), or null when it does not.
 *
 * Pure. Reading this word on the scan tells versions apart whose boxes hardly differ.
 */
export function findVersionWord(layout: FormLayout, pageNumber: number): RectMm | null {
  const page = layout.pages.find((candidate) => candidate.pageNumber === pageNumber);
  const word = page?.words.find(({ text }) => text.includes(layout.version) && text.toLowerCase().includes(layout.code.toLowerCase()));
  if (!word) return null;
  const { x, y, width, height } = word.rect;
  return { x: x - MARGIN_MM, y: y - MARGIN_MM, width: width + 2 * MARGIN_MM, height: height + 2 * MARGIN_MM };
}
