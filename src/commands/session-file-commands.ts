import { dirname, resolve } from "node:path";
import { loadFile } from "../adapters/load-file.ts";
import { writeFileWhole } from "../adapters/write-file-whole.ts";
import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { type Session, SessionFile, SessionRules } from "../model/session.ts";
import { localDay } from "../model/time.ts";
import { saveSessions } from "../pipeline/save-sessions.ts";
import { loadSessionRules } from "../pipeline/session-context.ts";
import { formatSessionTable } from "../sessions/files/format-session-table.ts";
import { decodeText, parseCsv } from "../sessions/files/parse-csv.ts";
import { type ParsedSessionFile, parseSessionJson } from "../sessions/files/parse-session-json.ts";
import { parseSessionTable } from "../sessions/files/parse-session-table.ts";
import { formatRowFault } from "../sessions/files/table.ts";
import type { Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

/** Who is written down for sessions that come from a file. */
const IMPORTER = "ilmo sessions import";

/** A session takes about 200 bytes; this is a calendar of decades. */
const MAX_FILE_BYTES = 10_000_000;

/** So many wrong rows are told one by one in an error; `--json` and `--skip-wrong` tell all. */
const MAX_TOLD_FAULTS = 20;

/** A JSON file of sessions begins with a brace; a table never does. */
function parseFile(bytes: Uint8Array): ParsedSessionFile {
  const text = decodeText(bytes);
  return /^\s*\{/u.test(text) ? parseSessionJson(text) : { rules: null, ...parseSessionTable(parseCsv(bytes)) };
}

/** @throws sessionInvalid when a row is wrong, telling each; nothing was changed then */
function assertAllRight({ faults }: ParsedSessionFile): void {
  if (faults.length === 0) return;
  const told = faults.slice(0, MAX_TOLD_FAULTS).map((fault) => `\n  ${formatRowFault(fault)}`);
  const more = faults.length > MAX_TOLD_FAULTS ? `\n  and ${faults.length - MAX_TOLD_FAULTS} more` : "";
  const advice = "Nothing was taken in. Correct the file, or take the right rows with --skip-wrong.";
  throw new IlmoError(
    "sessionInvalid",
    `Expected sessions in every row; ${faults.length} places are wrong:${told.join("")}${more}\n${advice}`,
  );
}

/** Reads a file of sessions, JSON or CSV, for commands that need no database. @throws usage, fileTooLarge, fileDamaged, sessionInvalid */
export async function loadSessionFile(path: string): Promise<SessionFile> {
  const parsed = parseFile(await loadFile(path, MAX_FILE_BYTES));
  assertAllRight(parsed);
  return SessionFile.parse({ rules: parsed.rules ?? {}, sessions: parsed.sessions.map(({ session }) => session) });
}

export interface ImportOptions {
  readonly skipWrong?: boolean;
  readonly by?: string;
}

/**
 * `ilmo sessions import <file>`: takes the sessions of a JSON or CSV file into the store, all of them or none; rules too where the
 * file has some.
 *
 * @throws usage, fileTooLarge, fileDamaged; sessionInvalid telling every wrong row; notAllowed
 */
export async function importSessions(config: Config, terminal: Terminal, path: string, options: ImportOptions = {}): Promise<void> {
  const parsed = parseFile(await loadFile(path, MAX_FILE_BYTES));
  if (options.skipWrong !== true) assertAllRight(parsed);
  const sessions = parsed.sessions.map(({ session }) => session);
  terminal.progress(`${sessions.length} sessions read`);
  const saved = await withOffice(config, async ({ store }) => {
    const today = localDay(new Date());
    const outcome = await saveSessions(store, sessions, options.by ?? IMPORTER, { isFromFile: true, today });
    if (parsed.rules !== null) await store.setMeta("sessionRules", parsed.rules);
    const { servedLanguages } = await loadSessionRules(store);
    return { ...outcome, notServed: sessions.filter(({ language }) => !servedLanguages.includes(language)).map(({ id }) => id) };
  });
  terminal.progressDone();
  for (const fault of parsed.faults) terminal.line(`skipped: ${formatRowFault(fault)}`);
  terminal.line(
    `${sessions.length} sessions taken in: ${saved.added.length} new, ${saved.changed.length} changed, ${saved.unchanged.length} as they were.`,
  );
  if (saved.notServed.length > 0)
    terminal.line(
      `Not in a language in which sessions are held, so nobody is sent there: ${saved.notServed.join(", ")}. \`ilmo sessions rules --languages\` adds languages.`,
    );
  terminal.json({ imported: sessions.length, ...saved, skipped: parsed.faults });
}

export interface ExportOptions {
  readonly format: string;
  readonly out?: string;
  readonly from?: string;
}

function formatSessions(format: string, sessions: readonly Session[], rules: SessionRules): string {
  if (format === "csv") return formatSessionTable(sessions);
  if (format === "json") return `${JSON.stringify({ rules, sessions }, null, 2)}\n`;
  throw new IlmoError("usage", "Expected --format json or csv; another text came.");
}

/** `ilmo sessions export`: what `import` takes, to a file or to standard output. @throws usage */
export async function exportSessions(config: Config, terminal: Terminal, { format, out, from }: ExportOptions): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const sessions = await store.listSessions(from === undefined ? {} : { from });
    const rules = SessionRules.parse((await store.getMeta("sessionRules")) ?? {});
    const text = formatSessions(format, sessions, rules);
    if (out === undefined) {
      terminal.line(text.slice(0, -1));
      terminal.json({ rules, sessions });
      return;
    }
    await writeFileWhole(out, text, dirname(resolve(out)));
    terminal.line(`${sessions.length} sessions written.`);
    terminal.json({ exported: sessions.length, format });
  });
}
