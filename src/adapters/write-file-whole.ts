import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { syncFolder } from "./durable-files.ts";
import { toFileFault } from "./file-faults.ts";

async function writeSynced(path: string, content: Uint8Array | string): Promise<void> {
  const handle = await open(path, "w", 0o640);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a file so that nobody ever sees half of it: temporary name, sync, rename, sync of the folder. The same content again
 * gives the same result.
 *
 * @param temporaryFolder on the same file system; `.tmp/` beside the file where other programs watch the folder
 * @throws storageUnavailable
 */
export async function writeFileWhole(
  path: string,
  content: Uint8Array | string,
  temporaryFolder = join(dirname(path), ".tmp"),
): Promise<void> {
  const temporary = join(temporaryFolder, `.${randomUUID()}.tmp`);
  try {
    await mkdir(temporaryFolder, { recursive: true });
    await writeSynced(temporary, content);
    await rename(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}); // on a disk that refuses everything this refuses too
    throw toFileFault(error, "Expected a folder that takes files. Check free space, quota, owner and whether it is mounted read-only.");
  }
}
