import { randomUUID } from "node:crypto";
import { mkdir, open, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { syncFolder } from "./durable-files.ts";

/**
 * Writes a file so that nobody ever sees half of it: temporary name in `.tmp/` of the same folder, sync, rename, sync of the
 * folder. The same content again gives the same result.
 */
export async function writeFileWhole(path: string, content: Uint8Array | string): Promise<void> {
  const folder = dirname(path);
  const temporaryFolder = join(folder, ".tmp");
  await mkdir(temporaryFolder, { recursive: true });
  const temporary = join(temporaryFolder, randomUUID());
  const handle = await open(temporary, "w", 0o640);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
  syncFolder(folder);
}
