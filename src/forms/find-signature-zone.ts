import type { Zone } from "../model/form-layout.ts";
import type { RectMm } from "../model/page.ts";
import { findRuledBox, isOnLevelRule } from "./find-ruled-box.ts";
import type { FormSourcePage } from "./form-source.ts";
import { findPhrases } from "./printed-phrases.ts";

/** How the signature's place is labelled; the stem is enough (Finnish and Russian inflect). */
const SIGNATURE_LABEL = /^(allekirjoitu|underskrift|namnteckning|signatur|подпис|unterschrift|allkiri|firma|handtekening)/iu;
const MM_PER_INCH = 25.4;
/** A box lower than this cannot hold a signature: it is a heading's bar. */
const MIN_BOX_HEIGHT_MM = 8;
/** Below this no pen stroke is taller; a larger box is the whole page or section. */
const MAX_BOX_HEIGHT_MM = 60;
/** Room for ink above or below a single signing line. */
const LINE_ROOM_MM = 14;
const LINE_SEARCH_MM = 22;

interface Label {
  readonly rect: RectMm;
  /** Words of the label besides the signature word: the fewer, the surer. */
  readonly otherWords: number;
  /** Whether the label begins with the signature word. */
  readonly isFirst: boolean;
}

function findLabels(page: FormSourcePage): Label[] {
  const labels: Label[] = [];
  for (const phrase of findPhrases(page.words)) {
    for (const [index, word] of phrase.words.entries()) {
      if (SIGNATURE_LABEL.test(word.text)) labels.push({ rect: word.rect, otherWords: phrase.words.length - 1, isFirst: index === 0 });
    }
  }
  return labels.toSorted((a, b) => Number(b.isFirst) - Number(a.isFirst) || a.otherWords - b.otherWords);
}

function overlaps(a: RectMm, b: RectMm): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The whole ruled box that holds the label: pens start beside the label as often as below it. */
function boxOf(label: Label, page: FormSourcePage): RectMm | undefined {
  const box = findRuledBox(page.blank, { x: label.rect.x + 0.5, y: label.rect.y + label.rect.height + 1.2 });
  return box === undefined || box.height > MAX_BOX_HEIGHT_MM || box.height < MIN_BOX_HEIGHT_MM ? undefined : box;
}

/** Where there is no box: the room above a rule that runs over the label or beside it. */
function lineOf(label: Label, page: FormSourcePage): RectMm | undefined {
  const toPx = (mm: number): number => Math.round((mm / MM_PER_INCH) * page.blank.dpi);
  const starts = [label.rect.x + 2, label.rect.x + label.rect.width + 12];
  for (const startMm of starts) {
    const x = toPx(startMm);
    for (let mm = label.rect.y + label.rect.height + 1; mm > label.rect.y - LINE_SEARCH_MM; mm -= MM_PER_INCH / page.blank.dpi) {
      const y = toPx(mm);
      if (!isOnLevelRule(page.blank, x, y)) continue;
      let right = x;
      while (isOnLevelRule(page.blank, right + 1, y)) right += 1;
      let left = x;
      while (isOnLevelRule(page.blank, left - 1, y)) left -= 1;
      const toMm = MM_PER_INCH / page.blank.dpi;
      return { x: left * toMm, y: mm - LINE_ROOM_MM, width: (right - left) * toMm, height: LINE_ROOM_MM };
    }
  }
  return undefined;
}

/**
 * Returns the place for the person's signature, found from its printed label and the form's own rules.
 *
 * Pure. Office forms have no widget there: a signature is ink. `taken` are the zones that something else is written in.
 * The box is the whole one, label included: its ink is the form's own and is subtracted. Undefined when no page has a labelled free box or line.
 */
export function findSignatureZone(pages: readonly FormSourcePage[], taken: readonly Zone[]): Zone | undefined {
  for (const find of [boxOf, lineOf]) {
    for (const page of pages.toReversed()) {
      const others = taken.filter((zone) => zone.pageNumber === page.pageNumber);
      for (const label of findLabels(page)) {
        const rect = find(label, page);
        if (rect === undefined || others.some((zone) => overlaps(zone.rect, rect))) continue;
        return { field: "signature", kind: "signature", pageNumber: page.pageNumber, rect, multiline: false };
      }
    }
  }
  return undefined;
}
