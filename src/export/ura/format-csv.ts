import { FLAT_COLUMNS, KEY_COLUMNS } from "./flat-columns.ts";
import type { ImportBatch, ImportRecord } from "./import-record.ts";

/** A spreadsheet runs a cell that starts with one of these as a formula. */
const FORMULA_START = /^[=+\-@\t\r]/;
/** A telephone number in international form is data, not a formula; the quote mark would spoil it for the receiver. */
const PHONE = /^\+\d+$/;

function cell(value: string): string {
  const safe = FORMULA_START.test(value) && !PHONE.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}

function rowOf(record: ImportRecord): string[] {
  const keys = KEY_COLUMNS.map((column) => column.toText(record));
  const values = FLAT_COLUMNS.map((column) => (record.operation === "MITATOINTI" ? "" : column.toText(record.content)));
  return [...keys, ...values];
}

/**
 * Formats a batch as CSV: semicolons, CRLF, every cell quoted, UTF-8 with a byte order mark so that spreadsheets show the
 * letters right.
 * Pure. @see DOMAIN 5.3; RFC 4180
 */
export function formatCsv(batch: ImportBatch): string {
  const header = [...KEY_COLUMNS.map((column) => column.name), ...FLAT_COLUMNS.map((column) => column.name)];
  const rows = [header, ...batch.records.map(rowOf)];
  return `\uFEFF${rows.map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;
}
