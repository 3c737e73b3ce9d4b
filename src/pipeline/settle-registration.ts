import type { Booking } from "../model/booking.ts";
import type { FindingCode } from "../model/finding.ts";
import type { Session } from "../model/session.ts";
import { giveSeat, takesPeople } from "../sessions/give-seat.ts";
import { leaveSeat } from "../sessions/leave-seat.ts";
import { changeSeats, enqueueRoster } from "./change-seats.ts";
import { issueInvitation } from "./issue-invitation.ts";
import { issuePaper } from "./issue-paper.ts";
import { completableFindings, toCompletionRequestInput } from "./paper-inputs.ts";
import type { PaperPorts } from "./paper-ports.ts";
import type { Store, StoredRegistration } from "./store-port.ts";

/** Who gives seats when no person does. */
const MACHINE = "ilmo";

/** With one of these a person decides before a seat is given. @see DOMAIN 1.3 (gates) */
const NEEDS_DECISION: readonly FindingCode[] = [
  "formVersionUnknown",
  "birthDateMismatch",
  "permitExpired",
  "permitEndsBeforeSession",
  "languageNotServed",
  "fullTimeMissing",
  "fullTimeAmbiguous",
  "notAbleToWork",
  "duplicatePerson",
];

export type SettlePorts = PaperPorts;

/** Returns whether the registration may have a seat before a person has looked at it. Pure. */
export function mayBeSeated({ check, state }: Pick<StoredRegistration, "check" | "state">): boolean {
  if (check.route !== "groupInfo" || check.sessionId === null || state === "CANCELLED") return false;
  return state !== "DRAFT" || !check.findings.some((finding) => NEEDS_DECISION.includes(finding.code));
}

/** An invitation bears the person's name: it waits until the name is sure or a person has approved it. */
function isNameSure({ state, reading }: StoredRegistration): boolean {
  if (state !== "DRAFT") return true;
  const status = (field: string): string | undefined => reading.readings.find((item) => item.field === field)?.status;
  return status("givenNames") === "accepted" && (status("surname") === "accepted" || status("surname") === "empty");
}

async function findSession(sessionId: string | null, store: Store): Promise<Session | null> {
  if (sessionId === null) return null;
  return (await store.listSessions()).find((session) => session.id === sessionId) ?? null;
}

async function issueCompletionRequest(registration: StoredRegistration, session: Session | null, ports: SettlePorts): Promise<void> {
  const { id, submissionId, reference, version } = registration;
  const data = toCompletionRequestInput(registration, session, ports.config, ports.today());
  const key = {
    kind: "completionRequest",
    language: data.language ?? "fi",
    version,
    relativePath: `completion-requests/${reference}-v${version}.pdf`,
    registrationId: id,
    sessionId: session?.id ?? null,
    submissionId,
  };
  await issuePaper(key, () => ports.printer.completionRequest(data), ports);
}

/** Gives the first seat. Who had a place and lost it gets another one from a person only. */
async function giveFirstSeat({ id, check: { sessionId } }: StoredRegistration, { store }: SettlePorts): Promise<void> {
  if (sessionId === null || (await store.listPastBookings(id)).length > 0) return;
  await changeSeats(store, {
    sessionIds: [sessionId],
    registrationIds: [id],
    by: MACHINE,
    action: "seat.booked",
    reason: "fromForm",
    settling: id,
    change: (hall) => {
      const session = hall.get(sessionId)?.session;
      return session !== undefined && takesPeople(session, {}) ? giveSeat(hall, { registrationId: id, sessionId }) : hall;
    },
  });
}

/** Frees a place of a registration that was cancelled. */
async function takeSeatBack({ registrationId, sessionId }: Booking, { store }: SettlePorts): Promise<void> {
  await changeSeats(store, {
    sessionIds: [sessionId],
    registrationIds: [registrationId],
    by: MACHINE,
    action: "seat.cancelled",
    reason: "registrationCancelled",
    settling: registrationId,
    change: (hall) => leaveSeat(hall, registrationId),
  });
}

/** Gives, takes back or keeps the registration's places; the bookings are the truth, not what the form named. */
async function settleSeats(registration: StoredRegistration, ports: SettlePorts): Promise<void> {
  const places = await ports.store.listPlaces(registration.id);
  if (registration.state === "CANCELLED") {
    for (const place of places) await takeSeatBack(place, ports);
    return;
  }
  for (const { sessionId } of places) await enqueueRoster(ports.queue, sessionId);
  if (mayBeSeated(registration)) await giveFirstSeat(registration, ports);
}

/** Prints the invitation to every coming session in which the registration has a seat. */
async function issueInvitations(registration: StoredRegistration, ports: SettlePorts): Promise<void> {
  for (const { state, sessionId } of await ports.store.listPlaces(registration.id)) {
    const session = await findSession(sessionId, ports.store);
    if (state !== "booked" || session === null || session.state === "cancelled") continue;
    if (session.date >= ports.today()) await issueInvitation(registration, session, ports);
  }
}

/**
 * Gives a registration its seat and prints its papers: the invitation when it is seated and the name is sure, the draft of a
 * completion request when the sending unit can complete something.
 *
 * May run any number of times: seats and papers are there once. After a move it follows the seat.
 */
export async function settleRegistration(registrationId: string, ports: SettlePorts): Promise<void> {
  const registration = await ports.store.getRegistration(registrationId);
  await settleSeats(registration, ports);
  if (isNameSure(registration)) await issueInvitations(registration, ports);
  if (registration.state !== "DRAFT" || completableFindings(registration).length === 0) return;
  const booking = await ports.store.findBooking(registrationId);
  const session = await findSession(booking?.sessionId ?? registration.check.sessionId, ports.store);
  await issueCompletionRequest(registration, session, ports);
}
