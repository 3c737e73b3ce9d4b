import type { Config } from "../config.ts";
import { openLog } from "../log.ts";
import { startService } from "../service.ts";

/** Resolves with the first signal that asks the program to stop. */
function stopAsked(): Promise<string> {
  return new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => done(signal));
  });
}

/** `ilmo start`: runs the daily service until it is asked to stop, then brings what it is at to its end. */
export async function runService(config: Config): Promise<void> {
  const log = openLog(config);
  const service = await startService(config, log, () => {});
  log.info({ environment: config.environment }, "the service watches the inbox");
  const signal = await stopAsked();
  log.info({ signal }, "the service stops");
  await service.stop();
  log.info("the service has stopped");
}
