import { open } from "node:fs/promises";
import { IlmoError } from "../errors.ts";

/**
 * Reads a file that a person named, up to a size.
 *
 * @throws usage when it cannot be read, fileTooLarge
 */
export async function loadFile(path: string, maxBytes: number): Promise<Uint8Array> {
  try {
    const handle = await open(path, "r");
    try {
      const { size } = await handle.stat();
      if (size > maxBytes)
        throw new IlmoError("fileTooLarge", `Expected a file of at most ${Math.floor(maxBytes / 1_000_000)} MB; this one is larger.`);
      return new Uint8Array(await handle.readFile());
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof IlmoError) throw cause;
    throw new IlmoError("usage", "Expected a readable file; the one named cannot be read. Check the path and its rights.", { cause });
  }
}
