import type { Terminal } from "../../src/commands/terminal.ts";

/** A terminal that hands lines and values to the test and shows no progress. */
export function quietTerminal(onLine: (text: string) => void, onJson: (value: unknown) => void): Terminal {
  return { line: onLine, json: onJson, progress: () => {}, progressDone: () => {}, isJson: false };
}
