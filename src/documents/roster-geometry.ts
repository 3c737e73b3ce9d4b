import type { RosterPageCode } from "../model/reading.ts";

/**
 * Where things stand on a printed roster, millimetres from the sheet's top left corner.
 *
 * One definition for the print and for reading the signed sheet back.
 */
export const ROSTER = {
  widthMm: 210,
  heightMm: 297,
  /** Black squares; their outer edges lie 15 mm inside: squares at 8 mm were cut off in 24 of 40 scans turned by 4-5 degrees. */
  mark: { edgeMm: 15, sideMm: 5 },
  qr: { x: 161, y: 15, side: 25 },
  /** A pale grey square: shows whether a scan still tells pencil from paper. */
  tone: { x: 190, y: 26, side: 5 },
  rows: { x: 13, firstY: 57, heightMm: 11.7, perPage: 18 },
  /** Column widths from `rows.x` on. */
  columnsMm: { number: 8, person: 53, notes: 37, came: 10, late: 12.5, languageTest: 12.5, skillsSurvey: 14.5, signature: 36.5 },
  /** Side of a printed tick box, centred in its cell. */
  boxMm: 5,
} as const;

export type RosterColumn = keyof typeof ROSTER.columnsMm;

/** Returns the corners' marks as rectangles: top left, top right, bottom left, bottom right. Pure. */
export function rosterMarks(): { readonly x: number; readonly y: number; readonly side: number }[] {
  const { edgeMm, sideMm } = ROSTER.mark;
  const right = ROSTER.widthMm - edgeMm - sideMm;
  const bottom = ROSTER.heightMm - edgeMm - sideMm;
  return [edgeMm, bottom].flatMap((y) => [edgeMm, right].map((x) => ({ x, y, side: sideMm })));
}

/** Returns the rectangle of a cell. Pure. */
export function rosterCell(rowIndex: number, column: RosterColumn): { x: number; y: number; width: number; height: number } {
  const { x: left, firstY, heightMm } = ROSTER.rows;
  let x: number = left;
  for (const [name, width] of Object.entries(ROSTER.columnsMm)) {
    if (name === column) return { x, y: firstY + rowIndex * heightMm, width, height: heightMm };
    x += width;
  }
  return { x, y: firstY, width: 0, height: heightMm };
}

/** What the code of a roster's page says: which roster, which print, which page. Carries no personal data. Pure. */
export function rosterPageCode(page: RosterPageCode): string {
  return `ILMO-R1 ${page.sessionCode} ${page.version} ${page.pageNumber}/${page.pages}`;
}

const PAGE_CODE = /^ILMO-R1 (\S.*) (\d{1,4}) (\d{1,2})\/(\d{1,2})$/;

/** Returns what a code read from a page says, or null when it is no roster's. Pure. */
export function parseRosterPageCode(text: string): RosterPageCode | null {
  const [, sessionCode = "", ...numbers] = PAGE_CODE.exec(text.trim()) ?? [];
  const [version = 0, pageNumber = 0, pages = 0] = numbers.map(Number);
  const isWhole = sessionCode !== "" && version > 0 && pageNumber > 0 && pageNumber <= pages;
  return isWhole ? { sessionCode, version, pageNumber, pages } : null;
}

/** Empty rows for people who come without being on the list, where the last page has room. */
const WALK_IN_ROWS = 3;

/** Returns how many rows a page has for people on the list and how many empty ones. Pure. */
export function rosterRowsOnPage(participants: number, pageIndex: number): { readonly people: number; readonly spare: number } {
  const { perPage } = ROSTER.rows;
  const people = Math.max(0, Math.min(perPage, participants - pageIndex * perPage));
  const isLast = (pageIndex + 1) * perPage >= participants;
  return { people, spare: isLast ? Math.min(WALK_IN_ROWS, perPage - people) : 0 };
}

/** Returns the geometry as CSS custom properties. Pure. */
export function rosterCss(): string {
  const { qr, rows, columnsMm, boxMm } = ROSTER;
  const width = Object.values(columnsMm).reduce((sum, column) => sum + column, 0);
  const lengths = {
    "qr-x": qr.x,
    "qr-y": qr.y,
    "qr-side": qr.side,
    "rows-x": rows.x,
    "rows-y": rows.firstY,
    "rows-width": width,
    "row-height": rows.heightMm,
    box: boxMm,
  };
  return `.roster{${Object.entries(lengths)
    .map(([name, mm]) => `--${name}:${mm}mm`)
    .join(";")}}`;
}
