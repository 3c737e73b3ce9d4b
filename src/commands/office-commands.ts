import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { publishBatch } from "../adapters/import-publisher.ts";
import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { type ImportBatch, MAX_RECORDS_PER_BATCH } from "../export/ura/import-record.ts";
import { readMailStatus } from "../pipeline/mail-status.ts";
import { findExportGaps, publishExport } from "../pipeline/publish-export.ts";
import { SETTLE_QUEUE } from "../pipeline/queues.ts";
import type { Store } from "../pipeline/store-port.ts";
import { mailLines } from "./mail-lines.ts";
import { noteView } from "./note-view.ts";
import { formatTable, type Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

/** `ilmo list`: registrations with their findings, by reference; names are not shown. */
export async function listRegistrations(config: Config, terminal: Terminal): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const registrations = await store.listRegistrations();
    await noteView(store, { action: "registrations.listed", count: registrations.length });
    const rows = registrations.map(({ reference, state, receivedOn, check, reading }) => {
      const review = reading.readings.filter((item) => item.status === "review").length;
      return [
        reference,
        state,
        receivedOn,
        check.route,
        check.sessionId ?? "-",
        String(review),
        check.findings.map((finding) => finding.code).join(" "),
      ];
    });
    terminal.line(formatTable([["reference", "state", "received", "route", "session", "to review", "findings"], ...rows]));
    terminal.json(
      registrations.map(({ id, reference, state, version, receivedOn, check }) => ({
        id,
        reference,
        state,
        version,
        receivedOn,
        ...check,
      })),
    );
  });
}

/**
 * `ilmo approve <id or reference> --by <name>`: a named person takes responsibility for a registration.
 *
 * @throws notAllowed while an error finding is open or the identity is missing; notFound
 */
export async function approveRegistration(config: Config, terminal: Terminal, idOrReference: string, by: string): Promise<void> {
  await withOffice(config, async ({ store, queue }) => {
    const found = await store.findRegistration(idOrReference);
    if (found === null)
      throw new IlmoError("notFound", "Expected the id or reference of a registration; there is none such. `ilmo list` shows them.");
    const open = found.check.findings.filter((finding) => finding.severity === "error").map((finding) => finding.code);
    if (open.length > 0)
      throw new IlmoError(
        "notAllowed",
        `Expected a registration without open errors; these are open: ${open.join(", ")}. Complete it first.`,
      );
    const [gap] = findExportGaps(found, config.environment);
    if (gap !== undefined)
      throw new IlmoError("notAllowed", `Expected ${gap.expected} in ${gap.field}; the registration has none. Complete it first.`);
    const approved = await store.approve(found.id, by);
    await queue.enqueue(SETTLE_QUEUE, { registrationId: approved.id });
    terminal.line(`${approved.reference} approved, version ${approved.version}. It goes out with the next export.`);
    terminal.json({ id: approved.id, reference: approved.reference, state: approved.state, version: approved.version });
  });
}

/** Publishes import files of everything approved, `onProgress` told the count so far. @throws exportInvalid */
export async function exportApprovedIn(
  store: Store,
  config: Config,
  onProgress: (records: number) => void,
): Promise<{ readonly records: number; readonly files: readonly string[] }> {
  const publish = (batch: ImportBatch): ReturnType<typeof publishBatch> => publishBatch(join(config.outbox, "import"), batch);
  const ports = { store, senderId: config.office.senderId, environment: config.environment, publish };
  const files: string[] = [];
  let records = 0;
  for (;;) {
    const published = await publishExport(ports, randomUUID(), MAX_RECORDS_PER_BATCH);
    if (published === null) return { records, files };
    files.push(...published.files);
    records += published.batch.records.length;
    onProgress(records);
  }
}

/** `ilmo export`: publishes import files of everything approved in `outbox/import`. @throws exportInvalid */
export async function exportApproved(config: Config, terminal: Terminal): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const { records, files } = await exportApprovedIn(store, config, (count) => terminal.progress(`${count} registrations exported`));
    terminal.progressDone();
    const listing = files.map((file) => `  ${file}`).join("\n");
    terminal.line(files.length === 0 ? "Nothing approved waits for export." : `${records} registrations exported:\n${listing}`);
    terminal.json({ records, files });
  });
}

/** `ilmo status`: counts, oldest waiting things, stuck and dead jobs. */
export async function showStatus(config: Config, terminal: Terminal): Promise<void> {
  await withOffice(config, async ({ store, queue }) => {
    const mail = await readMailStatus(store, config.mail, new Date());
    const status = { ...(await store.status()), mail, jobs: await queue.stats() };
    const counts = [...Object.entries(status.submissions), ...Object.entries(status.registrations)].map(([name, count]) => [
      name,
      String(count),
    ]);
    terminal.line(formatTable([["what", "count"], ...counts]));
    terminal.line(
      `oldest unfinished submission: ${status.oldestWaitingAt ?? "none"}; export batches to publish: ${status.preparedBatches}`,
    );
    const jobs = status.jobs.map((job) => [
      job.name,
      String(job.waiting),
      String(job.delayed),
      String(job.active),
      String(job.stuck),
      String(job.dead),
      job.oldestWaitingAt ?? "-",
    ]);
    for (const line of mailLines(mail)) terminal.line(line);
    terminal.line(formatTable([["jobs", "waiting", "delayed", "active", "stuck", "dead", "oldest"], ...jobs]));
    terminal.json(status);
  });
}
