import { loadFile } from "../adapters/load-file.ts";
import { readTable } from "../adapters/table-reader.ts";
import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { localDay } from "../model/time.ts";
import { type AnnouncementOutcome, importAnnouncements } from "../pipeline/import-announcements.ts";
import { RegistrationMapping } from "../sessions/files/registration-mapping.ts";
import { formatRowFault } from "../sessions/files/table.ts";
import { findSession } from "./session-lookup.ts";
import { formatTable, type Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

/** Who is written down when nobody is named. */
const IMPORTER = "ilmo sessions import-registrations";
const MAX_MAPPING_BYTES = 100_000;
const MAX_TOLD_FAULTS = 20;

export interface RegistrationImportOptions {
  readonly link: string;
  readonly mapping?: string;
  readonly session?: string;
  readonly skipWrong?: boolean;
  readonly by?: string;
}

async function loadMapping(path: string): Promise<RegistrationMapping> {
  const text = new TextDecoder().decode(await loadFile(path, MAX_MAPPING_BYTES));
  const facts = Object.keys(RegistrationMapping.shape).join(", ");
  try {
    return RegistrationMapping.parse(JSON.parse(text));
  } catch {
    throw new IlmoError("usage", `Expected a mapping: a JSON object that gives a column's header for some of ${facts}.`);
  }
}

function tellFaults({ faults }: AnnouncementOutcome): string {
  const told = faults.slice(0, MAX_TOLD_FAULTS).map((fault) => `\n  ${formatRowFault(fault)}`);
  return `${told.join("")}${faults.length > MAX_TOLD_FAULTS ? `\n  and ${faults.length - MAX_TOLD_FAULTS} more` : ""}`;
}

/**
 * `ilmo sessions import-registrations <file> --link <name>`: takes a survey's registration export in as announced people.
 *
 * @throws usage, fileTooLarge, fileDamaged; sessionInvalid telling every wrong row; notFound
 */
export async function importRegistrations(
  config: Config,
  terminal: Terminal,
  path: string,
  options: RegistrationImportOptions,
): Promise<void> {
  terminal.progress("reading the file");
  const table = await readTable(path);
  const mapping = options.mapping === undefined ? null : await loadMapping(options.mapping);
  terminal.progress(`${table.rows.length} responses read`);
  const outcome = await withOffice(config, async ({ store, hashPerson }) => {
    const sessionId = options.session === undefined ? null : (await findSession(store, options.session)).id;
    const { link, skipWrong = false, by = IMPORTER } = options;
    return importAnnouncements(store, { link, table, mapping, sessionId, hashPerson, skipWrong, by, today: localDay(new Date()) });
  });
  terminal.progressDone();
  if (outcome.faults.length > 0 && options.skipWrong !== true)
    throw new IlmoError(
      "sessionInvalid",
      `Expected a person and a session in every row; ${outcome.faults.length} places are wrong:${tellFaults(outcome)}\nNothing was taken in. Correct the file, or take the right rows with --skip-wrong.`,
    );
  for (const fault of outcome.faults) terminal.line(`skipped: ${formatRowFault(fault)}`);
  terminal.line(`${outcome.added} announced, ${outcome.changed} changed, ${outcome.same} known already.`);
  if (outcome.withoutSeat > 0) terminal.line(`${outcome.withoutSeat} have no seat kept: their sessions are full.`);
  if (outcome.unmatchable > 0)
    terminal.line(`${outcome.unmatchable} have no seat kept: without a birth date or an identity code their forms cannot be known.`);
  terminal.json(outcome);
}

export interface AnnouncedOptions {
  readonly session?: string;
  readonly drop?: string;
  readonly by?: string;
}

/** `ilmo sessions announced`: who is awaited where, without names; `--drop <id>` frees the seat of one. @throws notFound, usage */
export async function showAnnounced(config: Config, terminal: Terminal, options: AnnouncedOptions): Promise<void> {
  const { drop, by } = options;
  await withOffice(config, async ({ store }) => {
    if (drop !== undefined) {
      if (by === undefined) throw new IlmoError("usage", "Expected --by <name>: a person who takes an announcement back.");
      await store.dropAnnouncement(drop);
      await store.audit({ actor: by, action: "announcement.dropped", registrationId: null, detail: drop });
      terminal.line("Taken back; the seat is free.");
    }
    const sessionId = options.session === undefined ? undefined : (await findSession(store, options.session)).id;
    const announced = await store.listAnnouncements(sessionId);
    const rows = announced.map(({ id, sessionId: session, link, senderUnit, holdsSeat, registrationId, announcedAt }) => [
      id,
      session,
      link,
      senderUnit ?? "-",
      announcedAt.slice(0, 10),
      registrationId === null ? (holdsSeat ? "awaited, seat kept" : "awaited, no seat") : "form came",
    ]);
    terminal.line(formatTable([["announcement", "session", "link", "sending unit", "since", "state"], ...rows]));
    terminal.json(announced.map(({ personKeys: _keys, responseKey: _response, name: _name, contact: _contact, ...facts }) => facts));
  });
}
