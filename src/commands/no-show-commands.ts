import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import {
  CONTACT_HOWS,
  type ContactHow,
  type ContactKind,
  NO_SHOW_DECISIONS,
  type NoShowCase,
  type NoShowDecision,
} from "../model/no-show.ts";
import { localDay } from "../model/time.ts";
import { decideNoShow } from "../pipeline/attendance-operations.ts";
import { collectNoShowEvidence } from "../pipeline/collect-no-show-evidence.ts";
import type { Store } from "../pipeline/store-port.ts";
import { proposeNoShow } from "../sessions/propose-no-show.ts";
import { findSeatSession, officialOf } from "./attendance-commands.ts";
import { noteView } from "./note-view.ts";
import { findRegistration, findSession, parseCount, parseDay } from "./session-lookup.ts";
import { formatTable, type Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";

export interface ContactOptions {
  readonly by: string;
  readonly how: string;
  readonly on: string;
  readonly session?: string;
  readonly invitation?: string;
}

function parseHow(text: string): ContactHow {
  const how = CONTACT_HOWS.find((item) => item === text.toLowerCase());
  if (how !== undefined) return how;
  throw new IlmoError("usage", `Expected one of ${CONTACT_HOWS.join(", ")} after --how; another word came.`);
}

/** The number of the invitation that was handed over: the one that is named, else the newest that was printed. */
async function findVersion(store: Store, registrationId: string, sessionId: string, named: string | undefined): Promise<number> {
  const printed = await store.listPrintedInvitations(registrationId, sessionId);
  const version = named === undefined ? printed.at(-1)?.version : parseCount(named);
  if (version !== undefined && printed.some((paper) => paper.version === version)) return version;
  throw new IlmoError("notFound", "Expected an invitation that was printed for this session; there is none with this number.");
}

/** `ilmo attendance delivered|reminded <registration>`. @throws notFound, usage */
export async function noteContact(
  config: Config,
  terminal: Terminal,
  kind: ContactKind,
  registration: string,
  options: ContactOptions,
): Promise<void> {
  const official = officialOf(options.by);
  const [how, happenedOn] = [parseHow(options.how), parseDay(options.on)];
  if (happenedOn > official.today) throw new IlmoError("usage", "Expected a day until today after --on; a later one came.");
  await withOffice(config, async ({ store }) => {
    const { id: registrationId, reference } = await findRegistration(store, registration);
    const sessionId = await findSeatSession(store, registrationId, options.session);
    const documentVersion = kind === "invitation" ? await findVersion(store, registrationId, sessionId, options.invitation) : null;
    const contact = { registrationId, sessionId, kind, documentVersion, how, happenedOn, notedBy: official.by };
    await store.inTransaction(async (transaction) => {
      await transaction.noteContact(contact);
      const detail = `${sessionId}: ${kind}${documentVersion === null ? "" : ` ${documentVersion}`} by ${how} on ${happenedOn}`;
      await transaction.audit({ actor: official.by, action: "contact.noted", registrationId, detail });
    });
    terminal.line(`${reference}: ${kind}${documentVersion === null ? "" : ` ${documentVersion}`}, ${how}, ${happenedOn}.`);
    terminal.json({ reference, ...contact });
  });
}

async function describeCase(noShow: NoShowCase, config: Config, store: Store) {
  const evidence = await collectNoShowEvidence(noShow, config.absence, store);
  const proposal = proposeNoShow(evidence, { today: localDay(new Date()), repeatedFrom: config.absence.repeatedFrom });
  const { reference } = await store.getRegistration(noShow.registrationId);
  return { reference, ...noShow, ...proposal, evidence, decisions: await store.listNoShowDecisions(noShow.id) };
}

/** `ilmo attendance cases`: open no-show cases, or all, with what the policy proposes. */
export async function listCases(
  config: Config,
  terminal: Terminal,
  options: { readonly session?: string; readonly all?: boolean },
): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const filter = options.session === undefined ? {} : { sessionId: (await findSession(store, options.session)).id };
    const cases = (await store.listNoShowCases(filter)).filter(({ state }) => options.all === true || state === "open");
    await noteView(store, { action: "noShowCases.listed", count: cases.length });
    const list = [];
    for (const noShow of cases) list.push(await describeCase(noShow, config, store));
    const rows = list.map((item) => [
      item.reference,
      item.sessionId,
      item.state,
      item.explainBy,
      item.proposal,
      item.reason,
      item.decisions.at(-1)?.decision ?? "-",
    ]);
    terminal.line(formatTable([["reference", "session", "state", "explain by", "proposal", "because", "decision"], ...rows]));
    terminal.json(list);
  });
}

async function findCase(store: Store, registration: string, session: string | undefined): Promise<NoShowCase> {
  const { id: registrationId } = await findRegistration(store, registration);
  const filter = session === undefined ? {} : { sessionId: (await findSession(store, session)).id };
  const cases = await store.listNoShowCases({ registrationId, ...filter });
  const [only] = cases;
  if (only === undefined)
    throw new IlmoError("notFound", "Expected a registration with a no-show case; `ilmo attendance cases --all` lists them.");
  if (cases.length > 1) throw new IlmoError("usage", "Expected one case; this registration has several. Name the session with --session.");
  return only;
}

/** `ilmo attendance case <registration>`: a case with its evidence and every decision. @throws notFound, usage */
export async function showCase(config: Config, terminal: Terminal, registration: string, session: string | undefined): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const noShow = await findCase(store, registration, session);
    await noteView(store, { action: "noShowCase.viewed", registrationId: noShow.registrationId });
    const found = await describeCase(noShow, config, store);
    const { evidence } = found;
    const { invitation } = evidence;
    terminal.line(
      `${found.reference}, ${found.sessionId} on ${evidence.sessionDate}: ${found.state}, may explain until ${found.explainBy}`,
    );
    terminal.line(`rule: ${evidence.rule} since ${evidence.ruleFrom}; proposal: ${found.proposal} (${found.reason})`);
    terminal.line(
      invitation === null
        ? "invitation: none printed"
        : `invitation ${invitation.version} in ${invitation.language}, printed ${invitation.printedOn}`,
    );
    for (const { version, how, on, by } of evidence.deliveries)
      terminal.line(`delivered: invitation ${version ?? "?"}, ${how}, ${on}, by ${by}`);
    for (const { how, on, by } of evidence.reminders) terminal.line(`reminded: ${how}, ${on}, by ${by}`);
    for (const { sessionId, date } of evidence.earlierAbsences) terminal.line(`absent before: ${sessionId} on ${date}`);
    terminal.line(`absence confirmed by ${evidence.attendanceBy}; read on ${evidence.scans.length} scanned rows`);
    for (const { decision, decidedBy, reason, decidedAt } of found.decisions)
      terminal.line(`decided: ${decision}, ${decidedBy}, ${decidedAt}: ${reason}`);
    terminal.json(found);
  });
}

export interface DecideOptions {
  readonly by: string;
  readonly reason: string;
  readonly decision: string;
  readonly session?: string;
}

function parseDecision(text: string): NoShowDecision {
  const decision = NO_SHOW_DECISIONS.find((item) => item.toLowerCase() === text.toLowerCase());
  if (decision !== undefined) return decision;
  throw new IlmoError("usage", `Expected one of ${NO_SHOW_DECISIONS.join(", ")} after --decision; another word came.`);
}

/** `ilmo attendance decide <registration>`. @throws notFound, usage, notAllowed */
export async function decideCase(config: Config, terminal: Terminal, registration: string, options: DecideOptions): Promise<void> {
  const decision = parseDecision(options.decision);
  const official = officialOf(options.by);
  await withOffice(config, async ({ store }) => {
    const noShow = await findCase(store, registration, options.session);
    await decideNoShow(store, { noShow, decision, reason: options.reason }, official, config.absence);
    terminal.line(`Decided: ${decision}. The facts of this moment are kept with it.`);
    terminal.json({ caseId: noShow.id, decision });
  });
}
