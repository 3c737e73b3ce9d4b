import { createHash } from "node:crypto";
import type { RosterInput } from "../documents/paper-data.ts";
import { issuePaper } from "./issue-paper.ts";
import { toRosterInput } from "./paper-inputs.ts";
import type { PaperPorts, PrintedPaper } from "./paper-ports.ts";
import type { Store, StoredRegistration } from "./store-port.ts";

/** What the last roster of a session said, so that one that would say the same is not printed again. */
const contentKeyOf = (sessionId: string): string => `rosterContent:${sessionId}`;

/** Returns a digest of everything on a roster but its number and the day of printing. */
function digestOf(data: RosterInput): string {
  return createHash("sha256")
    .update(JSON.stringify({ ...data, version: 0, printedOn: "" }))
    .digest("hex");
}

async function listSeated(sessionId: string, store: Store): Promise<StoredRegistration[]> {
  const seats = (await store.listBookings(sessionId)).filter((booking) => booking.state === "booked");
  const ordered = seats.toSorted((a, b) => (a.seatNumber ?? 0) - (b.seatNumber ?? 0));
  const participants: StoredRegistration[] = [];
  for (const booking of ordered) participants.push(await store.getRegistration(booking.registrationId));
  return participants;
}

/** Returns the session's id as a file name: letters, digits and hyphens only. Pure. */
export function toFileStem(sessionId: string): string {
  return sessionId.replace(/[^A-Za-z0-9-]+/g, "_");
}

/**
 * Prints the roster of a session as it stands now; one file a session, its version counts the printings. A roster that
 * would say what the last one says is printed only when asked for: two numbers for the same paper confuse the host.
 *
 * Who stands in which row is noted before anybody can see the paper: the signed sheet is read back by that. A printing that
 * failed half-way leaves its number unused, so that no two papers ever bear the same code.
 */
export async function issueRoster(sessionId: string, ports: PaperPorts, isAskedFor = false): Promise<void> {
  const { store } = ports;
  const session = (await store.listSessions()).find(({ id }) => id === sessionId);
  if (session === undefined) return;
  // The roster of a past session is the signed one: who goes on to another session does not vanish from it.
  if (session.date < ports.today() && !isAskedFor) return;
  const participants = await listSeated(sessionId, store);
  const earlier = (await store.listDocuments({ sessionId })).filter((document) => document.kind === "roster");
  const last = Math.max(await store.lastRosterVersion(sessionId), ...earlier.map((document) => document.version));
  const version = last + 1;
  const data = toRosterInput(session, participants, { office: ports.config.office, version, today: ports.today() });
  const content = digestOf(data);
  if (!isAskedFor && earlier.length > 0 && (await store.getMeta(contentKeyOf(sessionId))) === content) return;
  const relativePath = `rosters/${toFileStem(sessionId)}.pdf`;
  const key = { kind: "roster", language: "fi", version, relativePath, registrationId: null, sessionId, submissionId: null };
  const print = async (): Promise<PrintedPaper> => {
    const paper = await ports.printer.roster(data);
    const sha256 = createHash("sha256").update(paper.bytes).digest("hex");
    const registrationIds = participants.map(({ id }) => id);
    await store.saveRosterPrint({ sessionId, version, sessionCode: session.code, sha256, pages: paper.pages, registrationIds });
    return paper;
  };
  await issuePaper(key, print, ports);
  await store.setMeta(contentKeyOf(sessionId), content);
}
