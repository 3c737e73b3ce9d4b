import { GROUP_INFO, type Session, type SessionRules } from "../model/session.ts";
import { addDays, daysBetween, type IsoDate } from "../model/time.ts";
import { isWorkingDay, toWorkingDay } from "./find-public-holiday.ts";
import type { ReasonOf } from "./seat-reasons.ts";

/** One registration as planning sees it. */
export interface DemandingRegistration {
  readonly receivedOn: string;
  readonly route: string;
  readonly language: string | null;
  readonly seat: "booked" | "waiting" | null;
  /** Why the last place ended; null when none did. */
  readonly lastEnd: string | null;
}

/** After these the person needs no other session. */
const WANTS_NO_OTHER: ReadonlySet<string | null> = new Set<string | null>([
  "willNotCome",
  "goesElsewhere",
  "duplicate",
] satisfies ReasonOf<"cancelSeat">[]);

/** What people need and have in one language. */
export interface LanguageDemand {
  /** null = no language was read; nobody can be planned for there. */
  readonly language: string | null;
  /** On the group route and in no session and no queue. */
  readonly withoutSeat: number;
  readonly waiting: number;
  /** Registrations a week, mean of the last weeks. */
  readonly weeklyInflow: number;
  /** In sessions that can still be offered to somebody who comes within a week. */
  readonly freeSeats: number;
  /** People for whom there is no seat, one week's newcomers among them; never negative. */
  readonly lacking: number;
  readonly proposal: SessionProposal | null;
  /** Weeks until enough people lack a seat for a session; null when they do now or nobody comes. */
  readonly weeksUntilEnough: number | null;
}

/** New sessions to hold in a language. */
export interface SessionProposal {
  readonly sessions: number;
  /** First and last day of the window, working days. */
  readonly from: string;
  readonly to: string;
}

export interface DemandInput {
  readonly registrations: readonly DemandingRegistration[];
  readonly sessions: readonly Session[];
  /** Free seats by session id; a session without an entry is empty. */
  readonly freeSeats: ReadonlyMap<string, number>;
  readonly rules: SessionRules;
  readonly today: IsoDate;
}

/** Weeks of arrivals that the mean is taken over: permits are granted in bursts, a single week says little. */
export const INFLOW_WEEKS = 4;

const DAYS_PER_WEEK = 7;

/** Sessions that somebody who registers within the coming week can still be invited to in good time. */
function isOffered(session: Session, { rules, today }: DemandInput): boolean {
  const days = daysBetween(today, session.date as IsoDate);
  const isInWindow = days >= rules.minDaysBefore && days <= rules.maxDaysBefore + DAYS_PER_WEEK;
  return isInWindow && session.kind === GROUP_INFO && (session.state === "open" || session.state === "planned");
}

function freeSeatsIn(language: string | null, input: DemandInput): number {
  let free = 0;
  for (const session of input.sessions)
    if (session.language === language && isOffered(session, input))
      free += Math.max(0, input.freeSeats.get(session.id) ?? session.capacity);
  return free;
}

/** The days on which a person who registers today is invited, without holidays and weekends. */
function windowOf({ rules, today }: DemandInput): Pick<SessionProposal, "from" | "to"> {
  const from = toWorkingDay(addDays(today, rules.minDaysBefore));
  let to = addDays(today, rules.maxDaysBefore);
  while (to > from && !isWorkingDay(to)) to = addDays(to, -1);
  return to < from ? { from, to: from } : { from, to };
}

function demandIn(language: string | null, input: DemandInput): LanguageDemand {
  const { rules, today } = input;
  const own = input.registrations.filter((item) => item.language === language && item.route === GROUP_INFO);
  const withoutSeat = own.filter(({ seat, lastEnd }) => seat === null && !WANTS_NO_OTHER.has(lastEnd)).length;
  const waiting = own.filter(({ seat }) => seat === "waiting").length;
  const recent = own.filter(({ receivedOn }) => receivedOn > addDays(today, -INFLOW_WEEKS * DAYS_PER_WEEK) && receivedOn <= today);
  const weeklyInflow = recent.length / INFLOW_WEEKS;
  const freeSeats = freeSeatsIn(language, input);
  const lacking = Math.max(0, withoutSeat + waiting + Math.ceil(weeklyInflow) - freeSeats);
  const isEnough = language !== null && rules.servedLanguages.includes(language) && lacking >= rules.minParticipants;
  const missing = rules.minParticipants - lacking;
  return {
    language,
    withoutSeat,
    waiting,
    weeklyInflow,
    freeSeats,
    lacking,
    proposal: isEnough ? { sessions: Math.ceil(lacking / rules.capacity), ...windowOf(input) } : null,
    weeksUntilEnough: missing > 0 && lacking > 0 && weeklyInflow > 0 ? Math.ceil(missing / weeklyInflow) : null,
  };
}

/**
 * Returns what each served language lacks, and the new sessions that this calls for; languages that are asked for but not served
 * follow, without a proposal.
 *
 * Pure. Every language stands for itself: Dari is never counted as Farsi, Sorani never as Kurmanji.
 *
 * @see good-practice text 2016, step 3: sessions are held as residence permits are granted
 */
export function proposeSessions(input: DemandInput): LanguageDemand[] {
  const asked = input.registrations.filter(({ route }) => route === GROUP_INFO).map(({ language }) => language);
  const languages = new Set<string | null>([...input.rules.servedLanguages, ...asked]);
  return [...languages].map((language) => demandIn(language, input));
}
