import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createDocumentPrinter } from "../adapters/document-printer.ts";
import { writeFileWhole } from "../adapters/write-file-whole.ts";
import type { Config } from "../config.ts";
import type { PartnerLanguage } from "../documents/paper-language.ts";
import { IlmoError } from "../errors.ts";
import { GROUP_INFO, type Session } from "../model/session.ts";
import { type IsoDate, localDay } from "../model/time.ts";
import { inviteGroup } from "../pipeline/invite-group.ts";
import { issueInvitation } from "../pipeline/issue-invitation.ts";
import { issueRoster, toFileStem } from "../pipeline/issue-roster.ts";
import { isUnderNonDisclosure, toPartnerInstructionInput } from "../pipeline/paper-inputs.ts";
import type { IssuedPaper, PaperPorts } from "../pipeline/paper-ports.ts";
import { assertNamed } from "../pipeline/seat-operations.ts";
import { loadSessionContext, type SessionContext } from "../pipeline/session-context.ts";
import type { Store, StoredRegistration } from "../pipeline/store-port.ts";
import { findRegistration, findSession } from "./session-lookup.ts";
import type { Terminal } from "./terminal.ts";
import { withOffice } from "./with-office.ts";
import { printEach, tellPapers, withPapers } from "./with-papers.ts";

/** What `ilmo invite` takes. */
export interface InviteOptions {
  readonly session?: string;
  readonly by?: string;
  readonly pictograms?: boolean;
  readonly text?: boolean;
}

async function findAll(store: Store, references: readonly string[]): Promise<StoredRegistration[]> {
  const found: StoredRegistration[] = [];
  for (const reference of references) found.push(await findRegistration(store, reference));
  return found;
}

/** Returns the session of a kind in which a registration has a seat. @throws notAllowed */
async function seatedSession({ id, reference }: StoredRegistration, store: Store, kind: string | undefined): Promise<Session> {
  const booking = await store.findBooking(id, kind);
  const session = (await store.listSessions()).find((candidate) => candidate.id === booking?.sessionId);
  if (booking?.state === "booked" && session !== undefined && session.state !== "cancelled") return session;
  throw new IlmoError(
    "notAllowed",
    `Expected a registration with a seat; ${reference} ${booking?.state === "waiting" ? "still waits for one" : "has none"}. ` +
      "`ilmo sessions book` gives one.",
  );
}

/** Who waits, and the kind of the session in which the others have seats now. */
interface SeatedGroup {
  readonly waiting: readonly string[];
  readonly kind?: string;
}

async function seatGroup(registrations: readonly StoredRegistration[], options: InviteOptions, ports: PaperPorts): Promise<SeatedGroup> {
  if (options.session === undefined) return { waiting: [] };
  if (options.by === undefined)
    throw new IlmoError("usage", "Expected --by with the name of the official who invites the group; it is kept beside the seats.");
  const { id: sessionId, kind } = await findSession(ports.store, options.session);
  const registrationIds = registrations.map(({ id }) => id);
  await inviteGroup(ports.store, { registrationIds, sessionId, by: assertNamed(options.by), today: ports.today() });
  const waiting: string[] = [];
  for (const { id, reference } of registrations)
    if ((await ports.store.findBooking(id, kind))?.state === "waiting") waiting.push(reference);
  return { waiting, kind };
}

/**
 * `ilmo invite <references...>`: prints the invitations of people who have a seat, again if need be; with `--session` the group
 * first gets seats in that session, for example a language test after the group information.
 *
 * @throws notFound, notAllowed, usage, documentGateFailed
 */
export async function invite(config: Config, terminal: Terminal, references: readonly string[], options: InviteOptions): Promise<void> {
  if (options.pictograms === true && options.text === true) throw new IlmoError("usage", "Expected --pictograms or --text, not both.");
  await withPapers(config, async (ports) => {
    const registrations = await findAll(ports.store, references);
    const { waiting, kind } = await seatGroup(registrations, options, ports);
    const seated = registrations.filter(({ reference }) => !waiting.includes(reference));
    const variant = options.pictograms === true ? "pictograms" : "text";
    const asked = options.pictograms === true || options.text === true ? ({ variant } as const) : {};
    const pile = await printEach(seated, terminal, async (registration) =>
      issueInvitation(registration, await seatedSession(registration, ports.store, kind), ports, asked),
    );
    tellPapers(terminal, pile, "registration");
    const protectedOnes = seated.filter(isUnderNonDisclosure).map(({ reference }) => reference);
    if (protectedOnes.length > 0)
      terminal.line(`Under non-disclosure, by hand through the sending unit only and never by post: ${protectedOnes.join(", ")}.`);
    if (waiting.length > 0) terminal.line(`The session is full; these wait and get no invitation yet: ${waiting.join(", ")}.`);
  });
}

/** `ilmo roster <session>`: prints the roster of a session as it stands now; each printing has its own version. @throws notFound */
export async function printRoster(config: Config, terminal: Terminal, idOrCode: string): Promise<void> {
  await withPapers(config, async (ports) => {
    const session = await findSession(ports.store, idOrCode);
    terminal.progress("printing");
    await issueRoster(session.id, ports, true);
    terminal.progressDone();
    const relativePath = `rosters/${toFileStem(session.id)}.pdf`;
    const printed = (await ports.store.listDocuments({ sessionId: session.id })).find((document) => document.relativePath === relativePath);
    const paper: IssuedPaper = { subject: session.code, language: printed?.language ?? "fi", version: printed?.version ?? 1, relativePath };
    tellPapers(terminal, { papers: [paper], stopped: [] }, "session");
  });
}

/** Returns the group sessions that partners may still choose, soonest first, with the seats that nobody has or was promised. */
function choosableSessions({ sessions, freeSeats }: SessionContext, today: IsoDate): { session: Session; freeSeats: number }[] {
  return sessions
    .filter(({ kind, state, date }) => kind === GROUP_INFO && state === "open" && date >= today)
    .toSorted((a, b) => `${a.date} ${a.time.padStart(5, "0")}`.localeCompare(`${b.date} ${b.time.padStart(5, "0")}`))
    .map((session) => ({ session, freeSeats: Math.max(0, freeSeats.get(session.id) ?? 0) }));
}

/** `ilmo partner-instruction`: writes the instruction to partners with the sessions and free seats of today. @throws storageUnavailable */
export async function printPartnerInstruction(
  config: Config,
  terminal: Terminal,
  language: PartnerLanguage,
  out: string | undefined,
): Promise<void> {
  await withOffice(config, async ({ store }) => {
    const context = await loadSessionContext(store);
    const today = localDay(new Date());
    const sessions = choosableSessions(context, today);
    const data = toPartnerInstructionInput(language, sessions, { config, rules: context.rules, today });
    const path = resolve(out ?? join(config.outbox, "instructions", `partner-instruction-${language}.pdf`));
    const printer = createDocumentPrinter(config);
    try {
      const { bytes, pages } = await printer.partnerInstruction(data);
      await mkdir(resolve(path, ".."), { recursive: true });
      await writeFileWhole(path, bytes);
      terminal.line(`${path} written: ${pages} page(s), ${sessions.length} coming sessions.`);
      terminal.json({ path, pages, sessions: sessions.length });
    } finally {
      await printer.close();
    }
  });
}
