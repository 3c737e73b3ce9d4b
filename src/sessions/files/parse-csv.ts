import { CsvError, parse } from "csv-parse/sync";
import { IlmoError } from "../../errors.ts";
import { type Table, toTable } from "./table.ts";

/** Separators that spreadsheets write: `;` where a comma parts decimals, as in Finland. */
const SEPARATORS = [";", ",", "\t"] as const;

const QUOTED = /"(?:[^"]|"")*"/gu;

const UTF16_LITTLE_ENDIAN = [0xff, 0xfe] as const;

/** An escaped cell: quote marks before a sign that a spreadsheet would take for a formula. */
const ESCAPED_CELL = /^'+[=+\-@\t\r]/u;

/**
 * Returns the text of a file that a spreadsheet wrote: UTF-8 with or without a byte order mark, UTF-16, else Windows-1252.
 *
 * Pure. Bytes that are no UTF-8 cannot be mistaken: a letter with dots in Windows-1252 never is.
 */
export function decodeText(bytes: Uint8Array): string {
  if (UTF16_LITTLE_ENDIAN.every((byte, index) => bytes[index] === byte)) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function damaged(cause: unknown): IlmoError {
  const line = cause instanceof CsvError && typeof cause.lines === "number" ? ` Look near line ${cause.lines}.` : "";
  // The parser's own error quotes the cell, so it is not kept as cause.
  return new IlmoError("fileDamaged", `Expected a CSV file in which every quoted cell is closed; this one has one that is not.${line}`);
}

/** Returns the separator that cuts the header into most cells; quoted text does not count. Pure. */
function findSeparator(text: string): string {
  const [header = ""] = text.replace(QUOTED, "").split(/\r?\n/u);
  const widths = SEPARATORS.map((separator) => header.split(separator).length);
  return SEPARATORS[widths.indexOf(Math.max(...widths))] ?? ";";
}

/**
 * Returns a CSV file as a table; cells that were escaped against formulas are plain again.
 *
 * Pure.
 *
 * @throws fileDamaged naming the line, never what stands there
 */
export function parseCsv(bytes: Uint8Array): Table {
  const text = decodeText(bytes);
  try {
    const rows = parse(text, { delimiter: findSeparator(text), relax_column_count: true });
    return toTable(rows.map((cells) => cells.map((cell) => (ESCAPED_CELL.test(cell) ? cell.slice(1) : cell))));
  } catch (cause) {
    throw damaged(cause);
  }
}
