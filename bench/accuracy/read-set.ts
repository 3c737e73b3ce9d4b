import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseFormLayout } from "../../src/adapters/form-pdf.ts";
import { saveTemplate } from "../../src/adapters/layout-store.ts";
import { readLocally } from "../../src/commands/read-command.ts";
import { loadConfig } from "../../src/config.ts";
import { localDay } from "../../src/model/time.ts";

export interface SetToRead {
  readonly folder: string;
  /** Blank forms that the set fills in; empty = the office's own. */
  readonly blanks: readonly string[];
  readonly out: string;
  readonly home: string;
  readonly onProgress: (line: string) => void;
}

/** Reads every submission of a set as `ilmo read --pictures` does, one JSON each, in a data folder that knows just these forms. */
export async function readSet({ folder, blanks, out, home, onProgress }: SetToRead): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
  const config = loadConfig({ ...process.env, ILMO_HOME: home, ILMO_ENVIRONMENT: "test" });
  for (const blank of blanks) await saveTemplate(home, await parseFormLayout(new Uint8Array(readFileSync(blank))));
  const cases = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const paths = cases.map(({ name }) => join(folder, name)).toSorted();
  const terminal = { line: () => {}, json: () => {}, progress: onProgress, progressDone: () => onProgress(""), isJson: false };
  await readLocally(config, terminal, paths, {
    sessions: join(folder, "sessions.json"),
    out,
    withPictures: true,
    today: localDay(new Date()),
  });
}
