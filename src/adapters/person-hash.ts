import { createHmac, randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { syncFolder } from "./durable-files.ts";

const KEY_BYTES = 32;

/** Reads the office's own hash key, making it on the first call; two processes at once end with one key. */
function loadKey(home: string): Buffer {
  const folder = join(home, "keys");
  const path = join(folder, "person-hash.key");
  try {
    return readFileSync(path);
  } catch {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, randomBytes(KEY_BYTES), { mode: 0o600, flush: true });
  try {
    linkSync(draft, path);
    syncFolder(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path);
}

/** Returns a function that turns a person's key text into its keyed hash (HMAC-SHA-256, hex): the text itself is never stored. */
export function openPersonHash(home: string): (personKey: string) => string {
  const key = loadKey(home);
  return (personKey) => createHmac("sha256", key).update(personKey).digest("hex");
}
