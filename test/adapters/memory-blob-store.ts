import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { IlmoError } from "../../src/errors.ts";
import type { BlobSource, BlobStore } from "../../src/pipeline/blob-store-port.ts";

async function readSource(source: BlobSource): Promise<Buffer> {
  if (source instanceof Uint8Array) return Buffer.from(source);
  if ("path" in source) return readFile(source.path);
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A blob store for tests of what stands on the port; held to the same contract as the real ones. */
export function createMemoryBlobStore(): BlobStore {
  const blobs = new Map<string, Buffer>();
  const get = async (sha256: string): Promise<Uint8Array> => {
    const bytes = blobs.get(sha256);
    if (!bytes) throw new IlmoError("notFound", "Expected a blob with this name.");
    return bytes;
  };
  return {
    put: async (source) => {
      const bytes = await readSource(source);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      blobs.set(sha256, bytes);
      return { sha256, sizeBytes: bytes.length };
    },
    get,
    has: async (sha256) => blobs.has(sha256),
    copyTo: async (sha256, targetPath) => writeFile(targetPath, await get(sha256)),
  };
}
