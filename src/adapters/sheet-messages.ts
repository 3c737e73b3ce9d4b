import { z } from "zod";

/** More rows or columns than a registration export ever has: a damaged or hostile file. */
export const MAX_SHEET_ROWS = 20_000;
export const MAX_SHEET_COLUMNS = 300;

export const SheetRequest = z.object({ path: z.string() });
export type SheetRequest = z.infer<typeof SheetRequest>;

/** The first sheet's cells as text. */
export const SheetReply = z.object({ rows: z.array(z.array(z.string()).max(MAX_SHEET_COLUMNS)).max(MAX_SHEET_ROWS) });
export type SheetReply = z.infer<typeof SheetReply>;
