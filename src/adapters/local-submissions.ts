import { readdir, readFile, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { IlmoError } from "../errors.ts";
import { META_NAME } from "../intake/incoming-names.ts";
import { type LocalMeta, parseLocalMeta } from "../intake/parse-submission-meta.ts";

/** Files of one submission that a person names on the command line. */
export interface LocalSubmission {
  readonly caseId: string | undefined;
  readonly receivedOn: string | undefined;
  readonly files: readonly { readonly fileIndex: number; readonly name: string; readonly path: string }[];
}

/** A folder need not say anything of itself. @throws metaInvalid */
async function metaOf(folder: string): Promise<LocalMeta> {
  return parseLocalMeta(await readFile(join(folder, META_NAME), "utf8").catch(() => "{}"));
}

async function folderSubmission(folder: string): Promise<LocalSubmission | null> {
  const meta = await metaOf(folder);
  const entries = await readdir(folder, { withFileTypes: true });
  const found = entries.filter((entry) => entry.isFile() && extname(entry.name).toLowerCase() !== ".json").map((entry) => entry.name);
  const listed = meta.files.filter((name) => found.includes(name));
  const names = [...listed, ...found.filter((name) => !listed.includes(name)).toSorted()];
  if (names.length === 0) return null;
  const files = names.map((name, fileIndex) => ({ fileIndex, name, path: join(folder, name) }));
  return { caseId: meta.caseId, receivedOn: meta.receivedOn, files };
}

/**
 * Returns the submission at a path: a folder (with an optional meta.json) or one file; null for a JSON file or an empty folder.
 *
 * @throws usage when there is nothing at the path; metaInvalid
 */
export async function findLocalSubmission(path: string): Promise<LocalSubmission | null> {
  const facts = await stat(path).catch((cause: unknown) => {
    throw new IlmoError("usage", "Expected files or folders that exist; one of those named does not.", { cause });
  });
  if (facts.isDirectory()) return folderSubmission(path);
  if (extname(path).toLowerCase() === ".json") return null;
  return { caseId: undefined, receivedOn: undefined, files: [{ fileIndex: 0, name: basename(path), path }] };
}
