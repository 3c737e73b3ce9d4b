import { readFileSync } from "node:fs";
import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";

const KEY_BYTES = 32;

function parseKey(text: string): Uint8Array {
  const key = Buffer.from(text.trim(), "base64");
  if (key.length === KEY_BYTES) return key;
  throw new IlmoError("configInvalid", "Expected a blob key of 32 bytes in base64. Make one with: openssl rand -base64 32");
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new IlmoError("configInvalid", "Expected the file of blobKeyFile to be readable.", {
      context: { systemCode: (error as NodeJS.ErrnoException).code ?? null },
    });
  }
}

/**
 * Returns the keys of the blob store as configured; no `key` means that blobs are stored in plain.
 *
 * @throws configInvalid
 */
export function loadBlobKeys({ blobKey, blobKeyFile, previousBlobKeys }: Pick<Config, "blobKey" | "blobKeyFile" | "previousBlobKeys">): {
  readonly key?: Uint8Array;
  readonly previousKeys: readonly Uint8Array[];
} {
  const text = blobKey ?? (blobKeyFile === undefined ? undefined : readKeyFile(blobKeyFile));
  const previousKeys = previousBlobKeys.map(parseKey);
  return text === undefined ? { previousKeys } : { key: parseKey(text), previousKeys };
}
