import { stderr, stdout } from "node:process";

/** Where a command speaks: results to standard output, progress to standard error. */
export interface Terminal {
  /** One line of a result. */
  readonly line: (text: string) => void;
  /** A value for machines, as one JSON document. */
  readonly json: (value: unknown) => void;
  /** Replaces the progress line on a terminal; prints nothing elsewhere and with --json. */
  readonly progress: (text: string) => void;
  /** Ends the progress line. */
  readonly progressDone: () => void;
  /** Whether the caller wants JSON. */
  readonly isJson: boolean;
}

/** Signs that move the cursor, colour, or turn the order of letters: names and addresses of strangers are shown among ours. */
const COMMANDING = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu;

/** Returns a text in which nothing commands the terminal; its lines and tabs stay. Pure. */
export function toShown(text: string): string {
  return text.replace(COMMANDING, "\uFFFD");
}

// A reader that has seen enough (`ilmo list | head`) is no fault; the command ends as it would.
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

function write(text: string): void {
  stdout.write(`${text}\n`);
}

/** Returns the terminal of this process. */
export function openTerminal(isJson: boolean): Terminal {
  const showsProgress = stderr.isTTY && !isJson;
  return {
    line: (text) => {
      if (!isJson) write(toShown(text));
    },
    json: (value) => {
      if (isJson) write(JSON.stringify(value, null, 2));
    },
    progress: (text) => {
      if (showsProgress) stderr.write(`\r\u001B[K${text}`);
    },
    progressDone: () => {
      if (showsProgress) stderr.write("\r\u001B[K");
    },
    isJson,
  };
}

/** Returns rows as aligned columns, the first row as head. Pure. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? "")].length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "─".repeat(width)).join("──");
  return [lines[0] ?? "", rule, ...lines.slice(1)].join("\n");
}
