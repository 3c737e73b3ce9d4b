import { randomUUID } from "node:crypto";
import { mkdir, open, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { syncFolder } from "./durable-files.ts";

/**
 * Writes a file so that nobody ever sees half of it: temporary name, sync, rename, sync of the folder. The same content again
 * gives the same result.
 *
 * @param temporaryFolder on the same file system; `.tmp/` beside the file where other programs watch the folder
 */
export async function writeFileWhole(
  path: string,
  content: Uint8Array | string,
  temporaryFolder = join(dirname(path), ".tmp"),
): Promise<void> {
  await mkdir(temporaryFolder, { recursive: true });
  const temporary = join(temporaryFolder, `.${randomUUID()}.tmp`);
  const handle = await open(temporary, "w", 0o640);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
  syncFolder(dirname(path));
}
