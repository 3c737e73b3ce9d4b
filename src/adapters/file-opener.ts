import { readFile } from "node:fs/promises";
import type { Config } from "../config.ts";
import { faultCodeOf } from "../errors.ts";
import type { InspectedFile, InspectFile } from "../intake/ports.ts";
import { MAX_UNWRAP_DEPTH, MAX_UNWRAP_MS } from "../intake/unwrap/limits.ts";
import { UnwrapProgress, UnwrapReply, type UnwrapRequest } from "../intake/unwrap/protocol.ts";
import { openCms } from "./smime-openssl.ts";
import { createPageInspector } from "./submission-reader.ts";
import { loadUnitPasswords, passwordsFor } from "./unit-passwords.ts";
import { openUnwrapFolder } from "./unwrap-folder.ts";
import { isContainer, OriginalUnwrapping, typeOfFile } from "./unwrap-original.ts";
import { createWorkerPool } from "./worker-pool.ts";

const CONTAINER_MEMORY_MB = 512;
const CONTAINERS_PER_WORKER = 200;
const RESTING_MEMORY_MB = 250;

export type OpenerConfig = Pick<Config, "home" | "intake" | "reading" | "smime" | "passwords">;

/** Looks into originals before they are recorded. */
export interface FileOpener {
  readonly inspect: InspectFile;
  /** True for files that must be taken apart or unlocked before a reader can open them. */
  readonly needsOpening: (path: string) => Promise<boolean>;
  readonly close: () => Promise<void>;
  /** Highest memory of a process that takes containers apart, MB. */
  readonly peakMemoryMb: () => number;
}

const AS_IT_IS: InspectedFile = { use: "read", parts: [], signature: "none" };

/** Opens the processes that look into what comes: one for pages, one for containers. */
export function createFileOpener(config: OpenerConfig): FileOpener {
  const pages = createPageInspector(config);
  const containers = createWorkerPool<UnwrapRequest, UnwrapReply, UnwrapProgress>({
    entry: new URL("../workers/unwrap-worker.ts", import.meta.url),
    size: 1,
    limits: {
      silenceMs: config.intake.containerTimeoutMs,
      memoryMb: CONTAINER_MEMORY_MB,
      jobsPerWorker: CONTAINERS_PER_WORKER,
      restingMemoryMb: RESTING_MEMORY_MB,
    },
    reply: UnwrapReply,
    progress: UnwrapProgress,
  });
  const { maxLeaves, maxFileBytes } = config.intake;
  const limits = { maxDepth: MAX_UNWRAP_DEPTH, maxLeaves, maxBytes: maxFileBytes, maxMs: MAX_UNWRAP_MS };

  const inspect: InspectFile = async (path, keep, hints = {}) => {
    const type = hints.isMail === true ? "mail" : await typeOfFile(path);
    if (!isContainer(type)) {
      try {
        await pages.inspect(path);
        return AS_IT_IS;
      } catch (error) {
        if (faultCodeOf(error) !== "fileEncrypted") throw error;
      }
    }
    const units = await loadUnitPasswords(config.passwords.file);
    const folder = await openUnwrapFolder(config.home);
    try {
      const unwrapping = new OriginalUnwrapping({
        takeApart: (request) => containers.run(request, () => {}),
        openCms: (cms) => openCms(cms, config.smime),
        inspectPages: pages.inspect,
        keep,
        passwordsFor: (sender) => passwordsFor(units, sender),
        limits,
        nowMs: () => performance.now(),
        folder: folder.path,
        hints,
      });
      return await unwrapping.run(path, type);
    } finally {
      await folder.remove();
    }
  };

  return {
    inspect,
    needsOpening: async (path) => {
      const type = await typeOfFile(path);
      return isContainer(type) || (type === "pdf" && (await readFile(path)).includes("/Encrypt"));
    },
    close: async () => {
      await Promise.all([pages.close(), containers.close()]);
    },
    peakMemoryMb: containers.peakMemoryMb,
  };
}
