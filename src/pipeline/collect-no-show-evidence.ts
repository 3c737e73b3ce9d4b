import type { Config } from "../config.ts";
import { IlmoError } from "../errors.ts";
import { absencePolicyOn } from "../model/absence-policy.ts";
import type { NoShowCase, NoShowEvidence } from "../model/no-show.ts";
import { localDay } from "../model/time.ts";
import type { Store } from "./store-port.ts";

export type AbsenceRules = Config["absence"];

/** An absence that was excused, or for which the person got a new time, does not count. */
async function isForgiven(sessionId: string, registrationId: string, store: Store): Promise<boolean> {
  const [noShow] = await store.listNoShowCases({ sessionId, registrationId });
  if (noShow === undefined) return false;
  const last = (await store.listNoShowDecisions(noShow.id)).at(-1);
  return last?.decision === "excused" || last?.decision === "newTime";
}

/** Confirmed absences of the same person, under whatever registration, from the rule's first day until this session. */
async function listEarlierAbsences(
  { sessionId, registrationId }: NoShowCase,
  { from, until }: { readonly from: string; readonly until: string },
  store: Store,
): Promise<NoShowEvidence["earlierAbsences"]> {
  const { personKeys } = await store.getRegistration(registrationId);
  const persons = await store.findPersons(personKeys);
  const registrationIds = [...new Set([registrationId, ...persons.map(({ id }) => id)])];
  const dates = new Map((await store.listSessions()).map(({ id, date }) => [id, date]));
  const absences: { sessionId: string; date: string }[] = [];
  for (const seat of await store.listAttendance({ registrationIds })) {
    const date = dates.get(seat.sessionId);
    const isAbsence = seat.state === "absent" && seat.status === "confirmed" && seat.sessionId !== sessionId;
    if (!isAbsence || date === undefined || date < from || date > until) continue;
    if (!(await isForgiven(seat.sessionId, seat.registrationId, store))) absences.push({ sessionId: seat.sessionId, date });
  }
  return absences.toSorted((a, b) => a.date.localeCompare(b.date));
}

async function listScansOf({ sessionId, registrationId }: NoShowCase, store: Store): Promise<NoShowEvidence["scans"]> {
  const scans = await store.listRosterScans(sessionId);
  return scans.flatMap(({ id, version, rows }) =>
    rows.filter((row) => row.registrationId === registrationId).map(({ seen }) => ({ scanId: id, version, rowNumber: seen.rowNumber })),
  );
}

/**
 * Returns the facts of a no-show case as the store knows them now.
 *
 * @throws sessionInvalid when the session is not in the calendar; configInvalid when no rule is as old as the session
 */
export async function collectNoShowEvidence(noShow: NoShowCase, rules: AbsenceRules, store: Store): Promise<NoShowEvidence> {
  const { sessionId, registrationId, explainBy } = noShow;
  const session = (await store.listSessions()).find(({ id }) => id === sessionId);
  if (session === undefined) throw new IlmoError("sessionInvalid", "Expected a session that is in the calendar.");
  const policy = absencePolicyOn(session.date, rules.policies);
  if (policy === null)
    throw new IlmoError("configInvalid", "Expected an absence rule for the day of the session. Add one with an earlier first day.");
  const contacts = (await store.listContacts(registrationId)).filter((contact) => contact.sessionId === sessionId);
  const printed = (await store.listPrintedInvitations(registrationId, sessionId))
    .map(({ version, language, printedAt }) => ({ version, language, printedOn: localDay(new Date(printedAt)) }))
    .filter(({ printedOn }) => printedOn <= session.date);
  const [seat] = await store.listAttendance({ sessionId, registrationIds: [registrationId] });
  return {
    sessionDate: session.date,
    rule: policy.rule,
    ruleFrom: policy.validFrom,
    invitation: printed.at(-1) ?? null,
    deliveries: contacts
      .filter(({ kind }) => kind === "invitation")
      .map(({ documentVersion, how, happenedOn, notedBy }) => ({ version: documentVersion, how, on: happenedOn, by: notedBy })),
    reminders: contacts
      .filter(({ kind }) => kind === "reminder")
      .map(({ how, happenedOn, notedBy }) => ({ how, on: happenedOn, by: notedBy })),
    earlierAbsences: await listEarlierAbsences(noShow, { from: policy.validFrom, until: session.date }, store),
    attendanceBy: seat?.decidedBy ?? "",
    scans: await listScansOf(noShow, store),
    explainBy,
  };
}
