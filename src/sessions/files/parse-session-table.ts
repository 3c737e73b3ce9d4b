import { Session } from "../../model/session.ts";
import { toSessionCode, toSessionId } from "../plan-series.ts";
import { findSessionColumn, SESSION_COLUMNS, type SessionColumn } from "./session-columns.ts";
import type { RowFault, Table, TableRow } from "./table.ts";

/** A session and the row it stood in. */
export interface NumberedSession {
  readonly rowNumber: number;
  readonly session: Session;
}

export interface ParsedSessions {
  readonly sessions: readonly NumberedSession[];
  readonly faults: readonly RowFault[];
}

const HEADER_ROW = 1;

type PlacedColumn = SessionColumn & { readonly header: string; readonly index: number };

function placeColumns(header: readonly string[]): { readonly columns: PlacedColumn[]; readonly faults: RowFault[] } {
  const faults: RowFault[] = [];
  const columns: PlacedColumn[] = [];
  const known = SESSION_COLUMNS.map(({ fi }) => fi).join(", ");
  for (const [index, name] of header.entries()) {
    const column = findSessionColumn(name);
    if (name === "") continue;
    if (column === undefined) faults.push({ rowNumber: HEADER_ROW, column: `${index + 1}`, expected: `a known header: ${known}` });
    else if (columns.some(({ field }) => field === column.field))
      faults.push({ rowNumber: HEADER_ROW, column: name, expected: "a column that stands once" });
    else columns.push({ ...column, header: name, index });
  }
  const missing = SESSION_COLUMNS.filter(({ field, isRequired }) => isRequired && !columns.some((column) => column.field === field));
  for (const { fi, en } of missing) faults.push({ rowNumber: HEADER_ROW, column: null, expected: `a column "${fi}" (${en})` });
  return { columns, faults };
}

function parseRow({ rowNumber, cells }: TableRow, columns: readonly PlacedColumn[]): NumberedSession | RowFault[] {
  const faults: RowFault[] = [];
  const values: Record<string, string | number> = {};
  for (const { field, header, index, isRequired, expected, parse } of columns) {
    const cell = cells[index] ?? "";
    const isBlank = cell.trim() === "";
    const value = isBlank ? null : parse(cell);
    if (value !== null) values[field] = value;
    else if (!isBlank || isRequired) faults.push({ rowNumber, column: header, expected });
  }
  if (faults.length > 0) return faults;
  const slot = { language: String(values.language), date: String(values.date), time: String(values.time) };
  return { rowNumber, session: Session.parse({ id: toSessionId(slot), code: toSessionCode(slot), ...values }) };
}

/** Returns the later ones of sessions that have the same id. Pure. */
function findRepeatedIds(sessions: readonly NumberedSession[]): RowFault[] {
  const first = new Map<string, number>();
  const faults: RowFault[] = [];
  for (const { rowNumber, session } of sessions) {
    const earlier = first.get(session.id);
    if (earlier === undefined) first.set(session.id, rowNumber);
    else faults.push({ rowNumber, column: "id", expected: `a session of its own; row ${earlier} has the same id` });
  }
  return faults;
}

/** Returns the sessions of parsed rows and the faults of all rows in order; of rows with one id only the first is a session. Pure. */
export function sortOutRows(parsed: readonly (NumberedSession | RowFault[])[]): ParsedSessions {
  const sessions = parsed.filter((item): item is NumberedSession => !Array.isArray(item));
  const repeated = findRepeatedIds(sessions);
  const repeatedRows = new Set(repeated.map(({ rowNumber }) => rowNumber));
  const faults = [...parsed.filter((item) => Array.isArray(item)).flat(), ...repeated].toSorted((a, b) => a.rowNumber - b.rowNumber);
  return { sessions: sessions.filter(({ rowNumber }) => !repeatedRows.has(rowNumber)), faults };
}

/**
 * Returns the sessions of a table and everything that is wrong in it. A row without id or code gets them from language, day
 * and time.
 *
 * Pure. With a fault in the header no row is read.
 */
export function parseSessionTable({ header, rows }: Table): ParsedSessions {
  const { columns, faults } = placeColumns(header);
  if (faults.length > 0) return { sessions: [], faults };
  return sortOutRows(rows.map((row) => parseRow(row, columns)));
}
