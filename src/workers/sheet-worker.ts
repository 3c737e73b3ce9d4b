import { readFile } from "node:fs/promises";
import { readSheet } from "read-excel-file/node";
import { formatSheetCell } from "../adapters/sheet-cell.ts";
import { MAX_SHEET_COLUMNS, MAX_SHEET_ROWS, SheetRequest } from "../adapters/sheet-messages.ts";
import { serveWorker } from "../adapters/worker-serve.ts";
import { IlmoError } from "../errors.ts";

async function readRows(path: string): Promise<string[][]> {
  const bytes = await readFile(path);
  const rows = await readSheet(bytes).catch(() => {
    throw new IlmoError(
      "fileDamaged",
      "Expected a readable .xlsx workbook; this one cannot be read. Save it again from the spreadsheet program.",
    );
  });
  if (rows.length > MAX_SHEET_ROWS || rows.some((row) => row.length > MAX_SHEET_COLUMNS))
    throw new IlmoError(
      "fileTooLarge",
      `Expected a sheet of at most ${MAX_SHEET_ROWS} rows and ${MAX_SHEET_COLUMNS} columns; this one has more.`,
    );
  return rows.map((row) => row.map(formatSheetCell));
}

serveWorker(SheetRequest, async ({ path }) => ({ rows: await readRows(path) }));
