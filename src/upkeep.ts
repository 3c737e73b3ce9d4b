import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { toKeyId } from "./adapters/blob-store-envelope.ts";
import { loadBlobKeys } from "./adapters/blob-store-keys.ts";
import { type Swept, sweepFiles } from "./adapters/retention-sweep.ts";
import { UPKEEP_WAIT_MS, withUpkeepLock } from "./adapters/upkeep-lock.ts";
import type { OfficeStore } from "./compose.ts";
import type { Config } from "./config.ts";
import { type Log, toLoggable } from "./log.ts";
import { localDay } from "./model/time.ts";
import { deleteExpired, planRetention } from "./pipeline/run-retention.ts";
import type { ClassPlan } from "./retention/find-expired.ts";

/** Who deletes when the clock does. */
const SERVICE_ACTOR = "ilmo";
const LOOK_MS = 3_600_000;
const FIRST_LOOK_MS = 60_000;
const META_KEY = "retentionRanOn";
/** Ids of the blob keys that the running service knows: a rotation must not lock it out. */
export const SERVICE_KEYS_META = "serviceBlobKeys";

/** Longest that one reading takes (4,000 s), doubled: a work folder this old belongs to a process that was killed. */
const STALE_WORK_MS = 8_000_000;

/** What one run of retention found and took away. */
export interface RetentionRun {
  readonly plans: readonly ClassPlan[];
  readonly swept: Swept;
}

type Place = Pick<OfficeStore, "retention" | "databaseUrl">;

/**
 * Deletes everything whose time is over, rows first and files after, while no backup runs.
 *
 * @throws notAllowed when a backup runs longer than `waitMs`
 */
export async function runRetention(
  config: Config,
  { retention, databaseUrl }: Place,
  actor: string,
  onProgress: (text: string) => void,
  waitMs = UPKEEP_WAIT_MS,
): Promise<RetentionRun> {
  const run = async (): Promise<RetentionRun> => {
    const now = new Date();
    const plans = await planRetention(retention, config.retention, localDay(now));
    await deleteExpired(retention, plans, { actor, cause: "retention", reason: null }, onProgress);
    onProgress("files");
    return { plans, swept: await sweepFiles({ config, store: retention, now }) };
  };
  return withUpkeepLock(databaseUrl, run, waitMs);
}

/** Pictures of doubtful roster rows that somebody had written out to look at; they go with the rosters. */
const REVIEW_PICTURES = "attendance-review";
const MS_PER_DAY = 86_400_000;

async function isOlderThan(path: string, ageMs: number, now: Date): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return facts !== undefined && now.getTime() - facts.mtimeMs > ageMs;
}

async function removeOldPictures({ outbox, retention }: Pick<Config, "outbox" | "retention">, now: Date): Promise<void> {
  const folder = join(outbox, REVIEW_PICTURES);
  for (const name of await readdir(folder).catch(() => []))
    if (await isOlderThan(join(folder, name), retention.rosters * MS_PER_DAY, now)) await rm(join(folder, name), { force: true });
}

/** Removes what killed processes left: originals laid out for reading, papers that were only half written, and old review pictures. */
export async function removeLeftovers(config: Pick<Config, "home" | "outbox" | "retention">, now: Date): Promise<void> {
  const { home, outbox } = config;
  await removeOldPictures(config, now);
  const isStale = (path: string): Promise<boolean> => isOlderThan(path, STALE_WORK_MS, now);
  const reading = join(home, "reading");
  for (const name of await readdir(reading).catch(() => []))
    if (await isStale(join(reading, name))) await rm(join(reading, name), { recursive: true, force: true });
  const entries = await readdir(outbox, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const { name, parentPath } of entries.filter((entry) => entry.isFile() && entry.name.endsWith(".tmp"))) {
    const path = join(parentPath, name);
    if (parentPath.includes("/.tmp") && (await isStale(path))) await rm(path, { force: true });
  }
}

async function noteKeys(config: Config, { store }: Pick<OfficeStore, "store">, log: Log): Promise<void> {
  const { key, previousKeys } = loadBlobKeys(config);
  const known = [...(key === undefined ? [] : [key]), ...previousKeys].map(toKeyId);
  await store.setMeta(SERVICE_KEYS_META, known).catch((error: unknown) => log.warn(toLoggable(error), "the known keys could not be noted"));
}

/** Looks every hour whether the day's retention has run, and runs it; returns how to stop looking. */
export function startUpkeep(config: Config, office: Place & Pick<OfficeStore, "store">, log: Log): () => Promise<void> {
  let running: Promise<void> = noteKeys(config, office, log);
  const look = async (): Promise<void> => {
    try {
      await removeLeftovers(config, new Date());
      const today = localDay(new Date());
      if ((await office.store.getMeta(META_KEY)) === today) return;
      const { plans, swept } = await runRetention(config, office, SERVICE_ACTOR, () => {}, 0);
      await office.store.setMeta(META_KEY, today);
      const deleted = Object.fromEntries(plans.map((plan) => [plan.class, plan.due.length]));
      log.info({ deleted, ...swept }, "retention has run");
    } catch (error) {
      log.warn(toLoggable(error), "retention could not run and will be tried again in an hour");
    }
  };
  const begin = (): void => {
    running = running.then(look);
  };
  const first = setTimeout(begin, FIRST_LOOK_MS);
  const timer = setInterval(begin, LOOK_MS);
  return async () => {
    clearTimeout(first);
    clearInterval(timer);
    await running;
  };
}
