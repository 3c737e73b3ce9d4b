import type { BlobStore } from "./blob-store-port.ts";
import type { Submission } from "./store-port.ts";

/** A private folder of one job, emptied after use. */
export interface WorkFolder {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** Brings originals to files that a reading process can open, named by their position only. */
export async function layOutFiles(
  files: Submission["files"],
  folder: WorkFolder,
  blobs: BlobStore,
): Promise<{ fileIndex: number; path: string }[]> {
  const placed: { fileIndex: number; path: string }[] = [];
  for (const { fileIndex, sha256 } of files) {
    const path = `${folder.path}/${fileIndex}`;
    await blobs.copyTo(sha256, path);
    placed.push({ fileIndex, path });
  }
  return placed;
}
