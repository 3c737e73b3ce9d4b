import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** What lies longer was left by a process that was killed: no original takes that long. */
const STALE_MS = 24 * 3_600_000;

async function removeStale(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    const facts = await stat(join(root, name)).catch(() => undefined);
    if (facts !== undefined && Date.now() - facts.mtimeMs > STALE_MS) await rm(join(root, name), { recursive: true, force: true });
  }
}

/** Opens a private folder for the parts of one original; remove it after use. */
export async function openUnwrapFolder(home: string): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const root = join(home, "unwrapping");
  await mkdir(root, { recursive: true, mode: 0o700 });
  await removeStale(root);
  const path = await mkdtemp(join(root, "original-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
