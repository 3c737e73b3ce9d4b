import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { writeFileWhole } from "../adapters/write-file-whole.ts";
import type { Config } from "../config.ts";
import { MAX_REQUESTS_PER_UNIT_LETTER } from "../documents/render-completion-request.ts";
import { IlmoError } from "../errors.ts";
import {
  collectUnitRequests,
  issueReferral,
  type LetterRoute,
  listUnwritten,
  printUnitRequests,
  type UnitRequests,
} from "../pipeline/issue-letters.ts";
import { letterLanguageOf } from "../pipeline/paper-inputs.ts";
import { assertNamed } from "../pipeline/seat-operations.ts";
import type { Store, StoredRegistration } from "../pipeline/store-port.ts";
import { noteView } from "./note-view.ts";
import { findRegistration } from "./session-lookup.ts";
import { formatTable, type Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";
import { printEach, tellPapers, withPapers } from "./with-papers.ts";

/** `ilmo letters list`: who goes elsewhere than to a group session and has no letter yet. */
export async function listLetters(config: Config, terminal: Terminal): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const waiting = await listUnwritten(store);
    await noteView(store, { action: "letters.listed", count: waiting.length });
    const rows = waiting.map((registration) => {
      const findings = registration.check.findings.map(({ code }) => code).join(" ");
      return [registration.reference, registration.check.route, letterLanguageOf(registration), registration.receivedOn, findings];
    });
    terminal.line(
      waiting.length === 0
        ? "Nobody waits for a letter."
        : formatTable([["reference", "route", "language", "received", "findings"], ...rows]),
    );
    terminal.json(
      waiting.map(({ reference, receivedOn, check }) => ({ reference, receivedOn, route: check.route, findings: check.findings })),
    );
  });
}

/** What `ilmo letters print` takes. */
export interface LetterOptions {
  readonly route: LetterRoute;
  readonly by: string;
  readonly all?: boolean;
}

async function chosen(store: Store, references: readonly string[], { route, all }: LetterOptions): Promise<StoredRegistration[]> {
  if (references.length === 0 && all !== true)
    throw new IlmoError("usage", "Expected references of the registrations that you have checked, or --all for everybody on the route.");
  if (references.length === 0) return listUnwritten(store, route);
  const found: StoredRegistration[] = [];
  for (const reference of references) found.push(await findRegistration(store, reference));
  return found;
}

/**
 * `ilmo letters print [references...] --route <route> --by <name>`: an official confirms the route of each person, and the letter is
 * printed. Nothing of this happens by itself.
 *
 * @throws usage without references or --all; notAllowed for a registration on another route; notFound
 */
export async function printLetters(
  config: Config,
  terminal: Terminal,
  references: readonly string[],
  options: LetterOptions,
): Promise<void> {
  const by = assertNamed(options.by);
  await withPapers(config, async (ports) => {
    const registrations = await chosen(ports.store, references, options);
    const pile = await printEach(registrations, terminal, (registration) =>
      issueReferral(registration, { route: options.route, by }, ports),
    );
    if (registrations.length === 0) terminal.line("Nobody on this route waits for a letter.");
    tellPapers(terminal, pile, "registration");
    if (pile.papers.length > 0) terminal.line("Hand them over through the sending unit: the letters bear no address.");
  });
}

/** Returns a unit's requests in parts that one cover sheet can list. */
function inParts({ senderUnit, requests }: UnitRequests): { unit: UnitRequests; part: number }[] {
  const parts: { unit: UnitRequests; part: number }[] = [];
  for (let first = 0; first < requests.length; first += MAX_REQUESTS_PER_UNIT_LETTER)
    parts.push({ unit: { senderUnit, requests: requests.slice(first, first + MAX_REQUESTS_PER_UNIT_LETTER) }, part: parts.length + 1 });
  return parts;
}

/**
 * `ilmo completion-requests --out <dir>`: one file a sending unit, a cover sheet and a letter a person. A person sends them and deletes
 * them: ilmo keeps each letter with its own registration, not the bundles.
 */
export async function bundleRequests(
  config: Config,
  terminal: Terminal,
  { unit, out }: { readonly unit?: string; readonly out: string },
): Promise<void> {
  await withPapers(config, async (ports) => {
    const parts = (await collectUnitRequests(ports, unit)).flatMap(inParts);
    const bundles: { senderUnit: string; people: number; path: string }[] = [];
    await mkdir(resolve(out), { recursive: true });
    for (const [index, { unit: requests, part }] of parts.entries()) {
      terminal.progress(`${index + 1} of ${parts.length} sending units`);
      const { senderUnit, people, fileName, bytes } = await printUnitRequests(requests, part, ports);
      const path = join(resolve(out), fileName);
      await writeFileWhole(path, bytes);
      bundles.push({ senderUnit, people, path });
    }
    terminal.progressDone();
    const rows = bundles.map(({ senderUnit, people, path }) => [senderUnit, String(people), path]);
    terminal.line(
      bundles.length === 0 ? "No sending unit has anything to complete." : formatTable([["sending unit", "people", "file"], ...rows]),
    );
    if (bundles.length > 0) terminal.line("Delete the files once they are sent: ilmo does not keep them.");
    terminal.json({ bundles });
  });
}
