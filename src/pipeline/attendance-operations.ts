import { IlmoError } from "../errors.ts";
import type { Attendance, AttendanceState } from "../model/attendance.ts";
import type { NoShowCase, NoShowDecision } from "../model/no-show.ts";
import { addDays, type IsoDate } from "../model/time.ts";
import { proposeNoShow } from "../sessions/propose-no-show.ts";
import { confirmAttendance, needsPerson } from "../sessions/settle-attendance.ts";
import { type AbsenceRules, collectNoShowEvidence } from "./collect-no-show-evidence.ts";
import { toStableUuid } from "./stable-id.ts";
import type { Store, TransactionStore } from "./store-port.ts";

/** A named person at work today. */
export interface Official {
  readonly by: string;
  /** UTC instant. */
  readonly at: string;
  /** Local day. */
  readonly today: IsoDate;
}

export interface AttendanceOrder {
  readonly sessionId: string;
  readonly registrationId: string;
  readonly state: AttendanceState;
  readonly reason: string | null;
  readonly languageTest?: boolean;
  readonly skillsSurvey?: boolean;
}

async function findSeat(store: TransactionStore, sessionId: string, registrationId: string): Promise<Attendance | null> {
  return (await store.listAttendance({ sessionId, registrationIds: [registrationId] }))[0] ?? null;
}

async function findCase(store: Pick<Store, "listNoShowCases">, sessionId: string, registrationId: string): Promise<NoShowCase | null> {
  return (await store.listNoShowCases({ sessionId, registrationId }))[0] ?? null;
}

/** An absence opens a case; any other state withdraws one. Decided cases keep their decisions. */
async function followAbsence(store: TransactionStore, seat: Attendance, official: Official, rules: AbsenceRules): Promise<void> {
  const { sessionId, registrationId } = seat;
  const known = await findCase(store, sessionId, registrationId);
  if (seat.state === "absent") {
    if (known !== null && known.state !== "withdrawn") return;
    const id = toStableUuid("noShow", sessionId, registrationId);
    const explainBy = addDays(official.today, rules.graceDays);
    await store.openNoShowCase({ id, sessionId, registrationId, openedOn: official.today, openedBy: official.by, explainBy });
    await store.audit({ actor: official.by, action: "noShow.opened", registrationId, detail: sessionId });
  } else if (known?.state === "open") {
    await store.setNoShowState(known.id, "withdrawn");
    await store.audit({ actor: official.by, action: "noShow.withdrawn", registrationId, detail: sessionId });
  }
}

async function confirmIn(store: TransactionStore, order: AttendanceOrder, official: Official, rules: AbsenceRules): Promise<Attendance> {
  const { sessionId, registrationId, ...decision } = order;
  const known = await findSeat(store, sessionId, registrationId);
  const seat = confirmAttendance({ sessionId, registrationId, known }, { ...decision, by: official.by, at: official.at });
  await store.saveAttendance(seat);
  const before = known === null ? "open" : `${known.state ?? "open"} (${known.status})`;
  const detail = `${sessionId}: ${before} -> ${seat.state}`;
  await store.audit({ actor: official.by, action: "attendance.confirmed", registrationId, detail });
  await followAbsence(store, seat, official, rules);
  return seat;
}

/** Whether a person has a seat in the session, or stood on a list of it that was printed. */
async function isListed(store: TransactionStore, sessionId: string, registrationId: string): Promise<boolean> {
  if ((await findSeat(store, sessionId, registrationId)) !== null) return true;
  const bookings = await store.listBookings(sessionId);
  if (bookings.some((booking) => booking.registrationId === registrationId && booking.state === "booked")) return true;
  return (await store.listRosterPrints(sessionId)).some(({ registrationIds }) => registrationIds.includes(registrationId));
}

/** An absence from a session to which nobody was invited would open a case against the person. */
async function assertListed(store: TransactionStore, { sessionId, registrationId, state }: AttendanceOrder): Promise<void> {
  if (state === "walkIn" || (await isListed(store, sessionId, registrationId))) return;
  throw new IlmoError(
    "notAllowed",
    `Expected somebody on the list of ${sessionId}; this person has no seat in it. Who came without a seat is walkIn.`,
    { context: { sessionId } },
  );
}

/**
 * A named person says what became of a seat.
 *
 * @throws sessionInvalid; notAllowed before the day of the session, or for somebody who is not on its list
 */
export async function setAttendance(
  store: Pick<Store, "inTransaction">,
  order: AttendanceOrder,
  official: Official,
  rules: AbsenceRules,
): Promise<Attendance> {
  return store.inTransaction(async (transaction) => {
    await transaction.lockAttendance(order.sessionId);
    const session = (await transaction.listSessions()).find(({ id }) => id === order.sessionId);
    const mayComeEarly = order.state === "absentNotified" || order.state === "excused";
    if (session !== undefined && session.date > official.today && !mayComeEarly)
      throw new IlmoError(
        "notAllowed",
        "Expected the day of the session or a later one. Until then only absentNotified and excused can be set.",
      );
    await assertListed(transaction, order);
    return confirmIn(transaction, order, official, rules);
  });
}

/** How many rows of a session a person took over, and how many still wait. */
export interface ConfirmCount {
  readonly confirmed: number;
  readonly absences: number;
  readonly waiting: number;
}

/**
 * A named person takes over everything that the signed rosters of a session say clearly, absences included.
 *
 * Rows with a doubt stay as they are.
 */
export async function confirmAttendances(
  store: Pick<Store, "inTransaction">,
  sessionId: string,
  official: Official,
  rules: AbsenceRules,
): Promise<ConfirmCount> {
  return store.inTransaction(async (transaction) => {
    await transaction.lockAttendance(sessionId);
    const seats = await transaction.listAttendance({ sessionId });
    const clear = seats.filter((seat) => seat.status !== "confirmed" && !needsPerson(seat));
    let absences = 0;
    for (const { registrationId, state } of clear) {
      if (state === null) continue;
      if (state === "absent") absences += 1;
      await confirmIn(transaction, { sessionId, registrationId, state, reason: null }, official, rules);
    }
    return { confirmed: clear.length, absences, waiting: seats.filter(needsPerson).length };
  });
}

export interface NoShowOrder {
  readonly noShow: NoShowCase;
  readonly decision: NoShowDecision;
  readonly reason: string;
}

function assertDecidable({ noShow, decision, reason }: NoShowOrder, today: IsoDate): void {
  if (noShow.state === "withdrawn")
    throw new IlmoError("notAllowed", "Expected a case whose absence stands; the attendance was corrected and the case withdrawn.");
  if (reason.trim() === "") throw new IlmoError("usage", "Expected a reason for the decision; --reason is empty.");
  if (decision === "endProposed" && today <= noShow.explainBy)
    throw new IlmoError(
      "notAllowed",
      `Expected a day after ${noShow.explainBy}: until then the person may explain. Decide continue, excused or newTime, or wait.`,
    );
}

/**
 * A named person decides a no-show case; the facts of this moment and what the policy proposed are kept with the decision.
 *
 * Later decisions are added, none is removed. An excuse also changes the attendance.
 *
 * @throws notAllowed when the case is withdrawn or the person may still explain; usage without a reason
 */
export async function decideNoShow(store: Store, order: NoShowOrder, official: Official, rules: AbsenceRules): Promise<void> {
  assertDecidable(order, official.today);
  const { noShow, decision, reason } = order;
  const evidence = await collectNoShowEvidence(noShow, rules, store);
  const { proposal } = proposeNoShow(evidence, { today: official.today, repeatedFrom: rules.repeatedFrom });
  await store.inTransaction(async (transaction) => {
    const { sessionId, registrationId } = noShow;
    await transaction.lockAttendance(sessionId);
    await transaction.addNoShowDecision({ caseId: noShow.id, decision, decidedBy: official.by, reason, proposal, evidence });
    await transaction.setNoShowState(noShow.id, "decided");
    const detail = `${sessionId}: ${decision} (proposed: ${proposal})`;
    await transaction.audit({ actor: official.by, action: "noShow.decided", registrationId, detail });
    if (decision === "excused") await confirmIn(transaction, { sessionId, registrationId, state: "excused", reason }, official, rules);
  });
}
