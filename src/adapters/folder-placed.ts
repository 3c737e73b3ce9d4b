import { lstat, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { OUTCOME_FOLDERS } from "../intake/incoming-names.ts";
import { readJournal } from "./folder-journal.ts";
import { identityOf, joinName } from "./folder-tree.ts";

/** Where the original of a submission lies whose reading is still under way. */
const Placed = z.object({
  /** Name in the done folder, base64 of its bytes. */
  name: z.base64(),
  /** So that another file that got the name later is not taken for it. */
  identity: z.string(),
  isFolder: z.boolean(),
  receivedOn: z.string(),
  fileCount: z.int(),
});
export type Placed = z.infer<typeof Placed>;

/** A submission is read or given up within days; its original then stays where it is. */
const KEPT_MS = 60 * 24 * 3_600_000;

const folderOf = (home: string): string => join(home, "work", "placed");
const pathOf = (home: string, submissionId: string): string => join(folderOf(home), `${submissionId}.json`);

/** Remembers where an original goes, before it goes there. */
export async function rememberPlaced(home: string, submissionId: string, item: Buffer, placed: Omit<Placed, "identity">): Promise<void> {
  await mkdir(folderOf(home), { recursive: true, mode: 0o700 });
  const identity = identityOf(await lstat(item));
  await writeFile(pathOf(home, submissionId), JSON.stringify({ ...placed, identity }), { mode: 0o600 });
}

/** Returns where the original of a submission lies in the done folder; undefined when it is not there any more. */
export async function findPlaced(
  inbox: string,
  home: string,
  submissionId: string,
): Promise<(Placed & { readonly path: Buffer }) | undefined> {
  const placed = await readJournal(pathOf(home, submissionId), Placed);
  if (!placed) return undefined;
  const path = joinName(Buffer.from(join(inbox, OUTCOME_FOLDERS.done)), Buffer.from(placed.name, "base64"));
  const stats = await lstat(path).catch(() => undefined);
  return stats && identityOf(stats) === placed.identity ? { ...placed, path } : undefined;
}

/** Forgets where an original lies. */
export async function forgetPlaced(home: string, submissionId: string): Promise<void> {
  await rm(pathOf(home, submissionId), { force: true });
}

/** Forgets the originals of submissions that ended long ago. */
export async function forgetOldPlaced(home: string, now: Date): Promise<void> {
  for (const name of await readdir(folderOf(home)).catch(() => [])) {
    const path = join(folderOf(home), name);
    const { mtimeMs } = await stat(path);
    if (now.getTime() - mtimeMs > KEPT_MS) await rm(path, { force: true });
  }
}
