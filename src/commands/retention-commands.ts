import { userInfo } from "node:os";
import type { Config } from "../config.ts";
import { localDay } from "../model/time.ts";
import { planRetention } from "../pipeline/run-retention.ts";
import type { ClassPlan } from "../retention/find-expired.ts";
import { runRetention } from "../upkeep.ts";
import { formatTable, type Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

const LISTED_DELETIONS = 100;

function planTable(plans: readonly ClassPlan[]): string {
  const rows = plans.map((plan) => [
    plan.class,
    String(plan.keptDays),
    String(plan.due.length),
    String(plan.held.length),
    String(plan.waiting),
    String(plan.unfinished),
  ]);
  return formatTable([["class", "kept days", "due", "held", "waiting", "unfinished"], ...rows]);
}

const backupNote = ({ retention }: Config): string =>
  `Backups are not touched: delete those older than ${retention.backups} days yourself, they still hold what is deleted here.`;

/** `ilmo retention`: what would be deleted today, and what stays and why; nothing is changed. */
export async function showRetention(config: Config, terminal: Terminal): Promise<void> {
  await withOffice(config, async ({ retention }) => {
    const plans = await planRetention(retention, config.retention, localDay(new Date()));
    terminal.line(planTable(plans));
    for (const plan of plans) for (const id of plan.due) terminal.line(`due  ${plan.class}  ${id}`);
    for (const plan of plans) for (const id of plan.held) terminal.line(`held ${plan.class}  ${id}`);
    terminal.line("Nothing was deleted. `ilmo retention run` deletes what is due; the service does it every day.");
    terminal.line(backupNote(config));
    terminal.json(plans);
  });
}

/** `ilmo retention run`: deletes what is due, rows and files, and notes it in the log of deletions. */
export async function deleteDueNow(config: Config, terminal: Terminal, by: string | undefined): Promise<void> {
  await withOffice(config, async (office) => {
    const { plans, swept } = await runRetention(config, office, by ?? userInfo().username, terminal.progress);
    terminal.progressDone();
    terminal.line(planTable(plans));
    terminal.line(
      `deleted files: ${swept.originals} in the inbox's folders, ${swept.papers} papers and import files, ${swept.blobs} blobs`,
    );
    terminal.line(backupNote(config));
    terminal.json({ plans, swept });
  });
}

/** `ilmo retention log`: what was deleted, when, by whom and why. */
export async function showDeletions(config: Config, terminal: Terminal): Promise<void> {
  await withOffice(config, async ({ retention }) => {
    const deletions = await retention.listDeletions(LISTED_DELETIONS);
    const rows = deletions.map((item) => [item.at, item.actor, item.cause, item.class, String(item.itemCount), item.reason ?? "-"]);
    terminal.line(formatTable([["at", "by", "cause", "class", "count", "reason"], ...rows]));
    terminal.json(deletions);
  });
}

/** `ilmo hold <registration> --reason --by`: keeps everything of a registration until it is released. @throws notFound, notAllowed */
export async function holdRegistration(
  config: Config,
  terminal: Terminal,
  idOrReference: string,
  { reason, by }: { readonly reason: string; readonly by: string },
): Promise<void> {
  await withOffice(config, async ({ retention }) => {
    const hold = await retention.hold(idOrReference, reason, by);
    terminal.line(`${hold.reference} is held: nothing of it is deleted until \`ilmo release ${hold.reference} --by NAME\`.`);
    terminal.json(hold);
  });
}

/** `ilmo holds`: what is held, since when and why. */
export async function listHolds(config: Config, terminal: Terminal): Promise<void> {
  await withOffice(config, async ({ retention }) => {
    const holds = await retention.listHolds();
    const rows = holds.map(({ reference, setAt, setBy, reason }) => [reference, new Date(setAt).toISOString(), setBy, reason]);
    terminal.line(formatTable([["reference", "since", "by", "reason"], ...rows]));
    terminal.json(holds);
  });
}

/** `ilmo release <registration> --by`: its time runs on from where it stands. @throws notFound, notAllowed */
export async function releaseRegistration(config: Config, terminal: Terminal, idOrReference: string, by: string): Promise<void> {
  await withOffice(config, async ({ retention }) => {
    await retention.release(idOrReference, by);
    terminal.line(`${idOrReference} is released.`);
    terminal.json({ released: idOrReference });
  });
}
