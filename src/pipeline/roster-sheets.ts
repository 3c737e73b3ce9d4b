import { ROSTER, type RosterColumn, rosterCell, rosterMarks, rosterRowsOnPage } from "../documents/roster-geometry.ts";
import type { FormLayout, Zone } from "../model/form-layout.ts";
import type { GreyRaster, RectMm } from "../model/page.ts";
import { prepareTemplate } from "../read/align/prepare-template.ts";
import { ROSTER_TICKS, type RosterRow, type RosterSheet, type RosterTick } from "../read/roster/roster-sheet.ts";

/** The ruled lines of a cell stay outside of what is read in it, mm. */
const RULE_MM = 0.4;
/** Room that is left beside the first tick box: a mark that overflows it is no note, mm. */
const TICK_ROOM_MM = 1.5;
const LAYOUT = { id: "ILMO-R1/fi/1", code: "ILMO-R1", language: "fi", version: "1" } as const;

function inset({ x, y, width, height }: RectMm, mm: number): RectMm {
  return { x: x + mm, y: y + mm, width: width - 2 * mm, height: height - 2 * mm };
}

function boxOf(rowIndex: number, column: RosterColumn): RectMm {
  const cell = rosterCell(rowIndex, column);
  const { boxMm } = ROSTER;
  return { x: cell.x + (cell.width - boxMm) / 2, y: cell.y + (cell.height - boxMm) / 2, width: boxMm, height: boxMm };
}

function zoneOf(kind: Zone["kind"], field: string, pageNumber: number, rect: RectMm): Zone {
  return { kind, field, pageNumber, rect, multiline: false };
}

function rowOf(rowIndex: number, pageNumber: number, isSpare: boolean): RosterRow {
  const rowNumber = (pageNumber - 1) * ROSTER.rows.perPage + rowIndex + 1;
  const tick = (name: RosterTick): Zone => zoneOf("tick", `${name}-${rowNumber}`, pageNumber, boxOf(rowIndex, name));
  const first = rosterCell(rowIndex, "number");
  const came = rosterCell(rowIndex, "came");
  const signature = rosterCell(rowIndex, "signature");
  const printed = { x: first.x, y: first.y, width: came.x - TICK_ROOM_MM - first.x, height: first.height };
  return {
    rowNumber,
    isSpare,
    ticks: { came: tick("came"), late: tick("late"), languageTest: tick("languageTest"), skillsSurvey: tick("skillsSurvey") },
    signature: zoneOf("signature", `signature-${rowNumber}`, pageNumber, inset(signature, RULE_MM)),
    printed: inset(printed, RULE_MM),
    whole: { x: first.x, y: first.y, width: signature.x + signature.width - first.x, height: first.height },
  };
}

function rowsOfPage(pageNumber: number, participants: number): RosterRow[] {
  const { people, spare } = rosterRowsOnPage(participants, pageNumber - 1);
  return Array.from({ length: people + spare }, (_, index) => rowOf(index, pageNumber, index >= people));
}

function zonesOf(rows: readonly RosterRow[]): Zone[] {
  return rows.flatMap((row) => [...ROSTER_TICKS.map((tick) => row.ticks[tick]), row.signature]);
}

/**
 * Returns one page of a printed roster, ready to be read back.
 *
 * Pure; takes about 0.1 s.
 *
 * @param blank the printed page itself, 200 dpi
 * @param participants people on the whole roster
 */
export function toRosterSheet(blank: GreyRaster, pageNumber: number, participants: number): RosterSheet {
  const rows = rowsOfPage(pageNumber, participants);
  const square = ({ x, y, side }: { x: number; y: number; side: number }): RectMm => ({ x, y, width: side, height: side });
  const marks = rosterMarks().map(square);
  const centres = marks.map(({ x, y, width }) => ({ x: x + width / 2, y: y + width / 2 }));
  const page = { pageNumber, widthMm: ROSTER.widthMm, heightMm: ROSTER.heightMm, words: [], marks: centres };
  const layout: FormLayout = { ...LAYOUT, pages: [page], zones: zonesOf(rows) };
  return {
    prepared: prepareTemplate({ layout, blanks: [blank] }),
    pageNumber,
    rows,
    marks,
    tone: square(ROSTER.tone),
    code: square(ROSTER.qr),
  };
}
