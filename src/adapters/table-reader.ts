import { z } from "zod";
import { parseCsv } from "../sessions/files/parse-csv.ts";
import { type Table, toTable } from "../sessions/files/table.ts";
import { loadFile } from "./load-file.ts";
import { SheetReply, type SheetRequest } from "./sheet-messages.ts";
import { createWorkerPool } from "./worker-pool.ts";

/** An export of 20,000 responses takes about 4 MB. */
const MAX_FILE_BYTES = 10_000_000;

/** A workbook of 10,000 rows takes 180 MB and two seconds; a small file that unpacks to gigabytes ends here. */
const SHEET_LIMITS = { silenceMs: 20_000, memoryMb: 400, jobsPerWorker: 1, restingMemoryMb: 400 } as const;

const ZIP_MARK = [0x50, 0x4b] as const;

async function readWorkbook(path: string): Promise<Table> {
  const pool = createWorkerPool<SheetRequest, SheetReply, unknown>({
    entry: new URL("../workers/sheet-worker.ts", import.meta.url),
    size: 1,
    limits: SHEET_LIMITS,
    reply: SheetReply,
    progress: z.unknown(),
  });
  try {
    return toTable((await pool.run({ path }, () => {})).rows);
  } finally {
    await pool.close();
  }
}

/**
 * Reads a table from a CSV file or the first sheet of an .xlsx workbook; a workbook is opened in a process that can be killed.
 *
 * @throws usage, fileTooLarge, fileDamaged, parserTimeout, parserMemory, parserCrashed
 */
export async function readTable(path: string): Promise<Table> {
  const bytes = await loadFile(path, MAX_FILE_BYTES);
  return ZIP_MARK.every((byte, index) => bytes[index] === byte) ? readWorkbook(path) : parseCsv(bytes);
}
