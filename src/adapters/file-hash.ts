import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** Returns the SHA-256 and size of a file's bytes. */
export async function hashFile(path: string): Promise<{ readonly sha256: string; readonly sizeBytes: number }> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const bytes of createReadStream(path)) {
    hash.update(bytes as Uint8Array);
    sizeBytes += (bytes as Uint8Array).length;
  }
  return { sha256: hash.digest("hex"), sizeBytes };
}
