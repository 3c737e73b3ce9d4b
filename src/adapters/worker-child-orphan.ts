import { Worker } from "node:worker_threads";

/** How often the parent is looked for. */
const LOOK_MS = 500;

/** Runs beside the main thread, so that it still looks while a parser loops without ever letting go. */
const LOOKOUT = `
const { workerData } = require("node:worker_threads");
setInterval(() => {
  if (process.ppid !== workerData.parent) process.kill(process.pid, "SIGKILL");
}, workerData.lookMs);
`;

/**
 * Kills this process once its parent is gone.
 *
 * A parent that is killed itself cannot kill its children, and the closing of the channel is only noticed by a process
 * that still takes messages: a hanging parser would hold its memory for ever.
 */
export function endWithParent(): void {
  const workerData = { parent: process.ppid, lookMs: LOOK_MS };
  new Worker(LOOKOUT, { eval: true, workerData, resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 } }).unref();
}
