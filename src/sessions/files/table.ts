/** A table as a spreadsheet shows it: the header is row 1. */
export interface Table {
  readonly header: readonly string[];
  /** Rows with something in them; cells beyond the header are kept, missing ones are not filled in. */
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  /** As the spreadsheet numbers it; in a JSON file, the entry's place in its list, from 1. */
  readonly rowNumber: number;
  readonly cells: readonly string[];
}

/** What is wrong in one row. It never holds what the row says: that may be personal data. */
export interface RowFault {
  readonly rowNumber: number;
  /** The header as the file has it, a field of a JSON entry, or null when the row as a whole is meant. */
  readonly column: string | null;
  /** Completes "expected …". */
  readonly expected: string;
}

/** Returns a fault as one line for people. Pure. */
export function formatRowFault({ rowNumber, column, expected }: RowFault): string {
  return `row ${rowNumber}${column === null ? "" : `, column "${column}"`}: expected ${expected}`;
}

/** Returns a table from rows of which the first is the header; empty rows are left out and keep their numbers. Pure. */
export function toTable(rows: readonly (readonly string[])[]): Table {
  const [header = [], ...rest] = rows;
  const numbered = rest.map((cells, index) => ({ rowNumber: index + 2, cells }));
  return { header: header.map((name) => name.trim()), rows: numbered.filter(({ cells }) => cells.some((cell) => cell.trim() !== "")) };
}
