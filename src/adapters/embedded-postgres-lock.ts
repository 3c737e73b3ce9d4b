import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { IlmoError } from "../errors.ts";

const RETRY_MS = 25;

/** Longest wait for another process: a first start with initdb took 2 s, a recovery may take minutes. */
const WAIT_MS = 600_000;

async function bind(name: string): Promise<Server | null> {
  const server = createServer((socket) => socket.destroy());
  server.listen({ path: name });
  try {
    await once(server, "listening");
    server.unref();
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return null;
    throw error;
  }
}

/**
 * Runs `work` while no other process on this machine works on the same folder.
 *
 * The lock is an abstract socket name: the kernel frees it when its holder dies, however it dies,
 * so that no stale lock file can block a start after a kill -9 or a power cut.
 *
 * @throws databaseUnavailable when the other process does not finish within ten minutes
 */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const name = `\0ilmo-${createHash("sha256").update(folder).digest("hex").slice(0, 40)}`;
  const deadline = Date.now() + WAIT_MS;
  let server = await bind(name);
  while (server === null) {
    if (Date.now() > deadline) {
      throw new IlmoError(
        "databaseUnavailable",
        "Expected another process to finish starting PostgreSQL within ten minutes. Look for a hung ilmo.",
      );
    }
    await delay(RETRY_MS);
    server = await bind(name);
  }
  try {
    return await work();
  } finally {
    server.close();
  }
}
