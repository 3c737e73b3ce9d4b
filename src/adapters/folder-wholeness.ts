import { constants, createReadStream } from "node:fs";
import { copyFile, open } from "node:fs/promises";
import { join } from "node:path";
import { isStructurallyWhole } from "./folder-structure.ts";
import { isPermissionFault, type Leaf, type Tree } from "./folder-tree.ts";

/** Whether a thing that is quiet can be taken; else why it still waits. */
export type Wholeness = "whole" | "fileIncomplete" | "fileEmpty" | "fileUnreadable";

/** Never follow a link, never wait for the other end of a pipe. */
const SAFE_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Streams a file; its name may be any bytes. */
export function streamOriginal(path: Buffer): AsyncIterable<Uint8Array> {
  // Node takes numeric flags, its types know only the letters.
  return createReadStream(path, { flags: SAFE_FLAGS as unknown as string });
}

/** Returns a path that can be written as text: the file's own, or of a copy in `folder` when its name is not UTF-8. */
export async function toTextPath(path: Buffer, folder: string): Promise<string> {
  const text = path.toString("utf8");
  if (Buffer.from(text).equals(path)) return text;
  const copy = join(folder, "leaf");
  await copyFile(path, copy);
  return copy;
}

/** Reads the start of a file, or all of it. */
export async function readOriginal(path: Buffer, maxBytes = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
  const handle = await open(path, SAFE_FLAGS);
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, maxBytes));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function examineLeaf(leaf: Leaf): Promise<Wholeness> {
  if (leaf.sizeBytes === 0) return "fileEmpty";
  try {
    return isStructurallyWhole(await readOriginal(leaf.path)) ? "whole" : "fileIncomplete";
  } catch (error) {
    if (isPermissionFault(error)) return "fileUnreadable";
    throw error;
  }
}

/**
 * Returns whether everything at a place has its end.
 *
 * What cannot be taken anyway (a link, too much of it) counts as whole: waiting makes it no better. An empty folder
 * waits, because somebody may be about to fill it.
 */
export async function examineTree(tree: Tree): Promise<Wholeness> {
  if (tree.fault) return tree.fault.code === "fileUnreadable" ? "fileUnreadable" : "whole";
  if (tree.leaves.length === 0) return "fileEmpty";
  for (const leaf of tree.leaves) {
    const found = await examineLeaf(leaf);
    if (found !== "whole") return found;
  }
  return "whole";
}
