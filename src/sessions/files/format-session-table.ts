import type { Session } from "../../model/session.ts";
import { formatCsv } from "./format-csv.ts";
import { SESSION_COLUMNS } from "./session-columns.ts";

/** Formats sessions as CSV with Finnish headers; `parseSessionTable` gives the same sessions back. Pure. */
export function formatSessionTable(sessions: readonly Session[]): string {
  const rows = sessions.map((session) => SESSION_COLUMNS.map(({ field }) => String(session[field] ?? "")));
  return formatCsv([SESSION_COLUMNS.map(({ fi }) => fi), ...rows]);
}
