import type { PgBoss } from "pg-boss";
import { z } from "zod";
import type { QueueSpec, QueueStats } from "../pipeline/queue-port.ts";
import { toDatabaseFault } from "./postgres-faults.ts";

const Row = z.object({
  name: z.string(),
  waiting: z.coerce.number(),
  delayed: z.coerce.number(),
  active: z.coerce.number(),
  stuck: z.coerce.number(),
  dead: z.coerce.number(),
  oldest: z.date().nullable(),
});

/** Counted from the jobs themselves: pg-boss's own figures are up to a minute old. A heartbeat missed three times counts as stuck. */
const COUNTS = `
  select name,
    count(*) filter (where state in ('created', 'retry') and start_after <= now()) as waiting,
    count(*) filter (where state in ('created', 'retry') and start_after > now()) as delayed,
    count(*) filter (where state = 'active') as active,
    count(*) filter (where state = 'active'
      and coalesce(heartbeat_on, started_on) < now() - 3 * coalesce(heartbeat_seconds, expire_seconds) * interval '1 second') as stuck,
    count(*) filter (where state = 'failed') as dead,
    min(created_on) filter (where state in ('created', 'retry') and start_after <= now()) as oldest
  from pgboss.job where name = any($1) group by name`;

const NONE = { waiting: 0, delayed: 0, active: 0, stuck: 0, dead: 0, oldestWaitingAt: null };

/** One entry a queue, in the order of the specs. */
export async function readQueueStats(boss: PgBoss, specs: readonly QueueSpec[]): Promise<QueueStats[]> {
  const names = specs.map(({ name }) => name);
  try {
    const { rows } = await boss.getDb().executeSql(COUNTS, [names]);
    const counts = new Map(
      z
        .array(Row)
        .parse(rows)
        .map((row) => [row.name, row]),
    );
    return names.map((name) => {
      const row = counts.get(name);
      if (!row) return { name, ...NONE };
      const { oldest, ...figures } = row;
      return { ...figures, oldestWaitingAt: oldest?.toISOString() ?? null };
    });
  } catch (error) {
    throw toDatabaseFault(error);
  }
}
