import type { RectMm } from "../../model/page.ts";
import type { Session } from "../../model/session.ts";
import type { InkPage } from "../ink/ink-page.ts";
import { findLines } from "./find-lines.ts";
import { judgeSession } from "./judge-session.ts";
import type { TextEngines } from "./ports.ts";
import { cutZoneInk } from "./zone-ink.ts";

/** A session mark written beside the form's own fields. */
export interface MarginNote {
  readonly text: string;
  /** False when it may be misread: a person must look. */
  readonly isProved: boolean;
  /** Where it was looked for, mm. */
  readonly rect: RectMm;
}

/** Paper at the sheet's edge that scanners lose or blacken, mm. */
const EDGE_MM = 3;
/** The form's fields and their labels begin this near to the first writing area, mm. */
const LABEL_MM = 6;
/** A strip lower than this holds no line of writing, mm. */
const LEAST_STRIP_MM = 6;
/** Lines that are read in one strip: a note has one or two, a stamp three or four. */
const MOST_LINES = 4;

/** The free strips above the first field and below the last one. */
function stripsOf({ page }: InkPage): RectMm[] {
  const sheet = page.layout.pages.find(({ pageNumber }) => pageNumber === page.pageNumber);
  const zones = page.layout.zones.filter(({ pageNumber }) => pageNumber === page.pageNumber);
  if (sheet === undefined || zones.length === 0) return [];
  const top = Math.min(...zones.map(({ rect }) => rect.y)) - LABEL_MM;
  const bottom = Math.max(...zones.map(({ rect }) => rect.y + rect.height)) + 1;
  const strip = { x: EDGE_MM, width: sheet.widthMm - 2 * EDGE_MM };
  return [
    { ...strip, y: EDGE_MM, height: top - EDGE_MM },
    { ...strip, y: bottom, height: sheet.heightMm - EDGE_MM - bottom },
  ].filter(({ height }) => height >= LEAST_STRIP_MM);
}

/**
 * Looks for the session's mark outside the form's fields: some senders write it at the head of the page and leave its field empty.
 *
 * Reads only what was added to the form's own print. Null when nothing there names one of the office's sessions; `isProved` by the
 * same evidence as in the field itself.
 *
 * @see DOMAIN 1.2
 */
export async function readMarginNote(
  ink: InkPage,
  engines: TextEngines,
  context: { readonly sessions: readonly Session[]; readonly formLanguage: string | null },
): Promise<MarginNote | null> {
  if (context.sessions.length === 0) return null;
  for (const rect of stripsOf(ink)) {
    const note = await readStrip(ink, rect, engines, context);
    if (note !== null) return note;
  }
  return null;
}

async function readStrip(
  ink: InkPage,
  rect: RectMm,
  engines: TextEngines,
  context: { readonly sessions: readonly Session[]; readonly formLanguage: string | null },
): Promise<MarginNote | null> {
  const zone = { field: "sessionRef", kind: "text" as const, pageNumber: ink.page.pageNumber, rect, multiline: true };
  const { lines, shapes } = findLines(cutZoneInk(ink, zone));
  const pictures = lines.slice(0, MOST_LINES);
  if (pictures.length === 0) return null;
  const profile = { letters: "names" as const };
  const [words, looks] = await Promise.all([engines.words.recognise(pictures, profile), engines.shapes.recognise(pictures, profile)]);
  const nothing = { text: "", confidence: 0 };
  for (const [index, shape] of shapes.slice(0, MOST_LINES).entries()) {
    const line = { shape, words: words[index] ?? nothing, shapes: looks[index] ?? nothing };
    const verdict = judgeSession([line], context.sessions, context.formLanguage);
    if (verdict !== null) return { text: verdict.value, isProved: verdict.isProved, rect };
  }
  return null;
}
