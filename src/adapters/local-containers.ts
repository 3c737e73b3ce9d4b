import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import type { PartFound } from "../intake/ports.ts";
import { hashFile } from "./file-hash.ts";
import type { FileOpener } from "./file-opener.ts";
import type { LocalSubmission } from "./local-submissions.ts";
import { openUnwrapFolder } from "./unwrap-folder.ts";

/** A submission whose mails and archives are taken apart. */
export interface OpenedSubmission {
  readonly submission: LocalSubmission;
  readonly unreadable: number;
  /** Removes what was taken out. */
  readonly remove: () => Promise<void>;
}

type LocalFile = LocalSubmission["files"][number];

/** Takes one container apart; the files in it are named by it and their own names. */
async function openContainer(
  file: LocalFile,
  opener: FileOpener,
  folder: string,
): Promise<{ files: Omit<LocalFile, "fileIndex">[]; unreadable: number }> {
  const paths = new Map<string, string>();
  const keep = async (part: string): Promise<{ sha256: string; sizeBytes: number }> => {
    const facts = await hashFile(part);
    const path = join(folder, facts.sha256);
    await copyFile(part, path);
    paths.set(facts.sha256, path);
    return facts;
  };
  const inspected = await opener.inspect(file.path, keep);
  if (inspected.use === "read") return { files: [file], unreadable: 0 };
  const nameOf = ({ originalName }: PartFound): string => [file.name, originalName].filter((name) => name !== null).join("/");
  const files = inspected.parts
    .filter(({ use }) => use === "read")
    .map((part) => ({ name: nameOf(part), path: paths.get(part.sha256) ?? "" }));
  return { files, unreadable: inspected.parts.filter(({ use }) => use === "unreadable").length };
}

/**
 * Takes the mails and archives of a submission apart into a private folder; other files stay where they are.
 *
 * @throws what the opener throws
 */
export async function openContainers(submission: LocalSubmission, opener: FileOpener, home: string): Promise<OpenedSubmission> {
  const folder = await openUnwrapFolder(home);
  try {
    const files: Omit<LocalFile, "fileIndex">[] = [];
    let unreadable = 0;
    for (const file of submission.files) {
      if (!(await opener.needsOpening(file.path))) {
        files.push(file);
        continue;
      }
      const opened = await openContainer(file, opener, folder.path);
      files.push(...opened.files);
      unreadable += opened.unreadable;
    }
    const numbered = files.map(({ name, path }, fileIndex) => ({ fileIndex, name, path }));
    return { submission: { ...submission, files: numbered }, unreadable, remove: folder.remove };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
