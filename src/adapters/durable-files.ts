import { closeSync, fsyncSync, openSync } from "node:fs";

/** Makes the names in a folder durable: a rename survives a power cut only after this (rename(2), fsync(2)). */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
