/** Years before this are times of day: a spreadsheet counts days from 1899-12-30. */
const FIRST_YEAR = 1901;

const two = (value: number): string => String(value).padStart(2, "0");

/**
 * Returns a spreadsheet's cell as a person would have typed it: a day as "2026-03-09", a time as "9:00", a number without marks.
 *
 * Pure. A day in a workbook has no zone; the reader gives it as UTC.
 */
export function formatSheetCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (!(value instanceof Date)) return String(value);
  const rounded = new Date(Math.round(value.getTime() / 1000) * 1000);
  const time = `${rounded.getUTCHours()}:${two(rounded.getUTCMinutes())}`;
  if (rounded.getUTCFullYear() < FIRST_YEAR) return time;
  const day = rounded.toISOString().slice(0, 10);
  return rounded.getTime() % 86_400_000 === 0 ? day : `${day} ${time}`;
}
