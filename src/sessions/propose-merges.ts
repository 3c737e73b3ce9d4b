import type { Session, SessionRules } from "../model/session.ts";
import { daysBetween, type IsoDate } from "../model/time.ts";

/** A session to which too few people come, and what may be done about it; a person decides. */
export interface ThinSession {
  readonly sessionId: string;
  readonly people: number;
  readonly minParticipants: number;
  readonly daysLeft: number;
  /** The session that could take them all; null = none can, so that it is to be cancelled or held small. */
  readonly mergeInto: string | null;
}

export interface ThinInput {
  readonly sessions: readonly Session[];
  /** People with a seat, by session id. */
  readonly seated: ReadonlyMap<string, number>;
  readonly rules: SessionRules;
  readonly today: IsoDate;
}

const daysLeftOf = ({ date }: Session, today: IsoDate): number => daysBetween(today, date as IsoDate);

/** The nearest open session of the same language and kind, not today's, with room for all. */
function findTarget(session: Session, people: number, given: ReadonlySet<string>, input: ThinInput): Session | null {
  const { sessions, seated, today } = input;
  const distance = (other: Session): number => Math.abs(daysBetween(session.date as IsoDate, other.date as IsoDate));
  const fitting = sessions.filter(
    (other) =>
      other.id !== session.id &&
      other.language === session.language &&
      other.kind === session.kind &&
      other.state === "open" &&
      daysLeftOf(other, today) > 0 &&
      !given.has(other.id) &&
      other.capacity - (seated.get(other.id) ?? 0) >= people,
  );
  return fitting.toSorted((a, b) => distance(a) - distance(b) || a.date.localeCompare(b.date) || a.id.localeCompare(b.id))[0] ?? null;
}

/**
 * Returns the sessions of the next days to which too few people come, each with the session that could take its people.
 *
 * Pure. A session that others may be merged into is not itself given away.
 *
 * @see DOMAIN 8, "minimum participants"
 */
export function proposeMerges(input: ThinInput): ThinSession[] {
  const { sessions, seated, rules, today } = input;
  const thin = sessions.filter((session) => {
    const days = daysLeftOf(session, today);
    const isDue = days >= 0 && days <= rules.decideDaysBefore && (session.state === "open" || session.state === "closed");
    return isDue && (seated.get(session.id) ?? 0) < (session.minParticipants ?? rules.minParticipants);
  });
  const targets = new Set<string>();
  const given = new Set<string>();
  return thin.map((session) => {
    const people = seated.get(session.id) ?? 0;
    const target = targets.has(session.id) ? null : findTarget(session, people, given, input);
    if (target !== null) {
      targets.add(target.id);
      given.add(session.id);
    }
    const minParticipants = session.minParticipants ?? rules.minParticipants;
    return { sessionId: session.id, people, minParticipants, daysLeft: daysLeftOf(session, today), mergeInto: target?.id ?? null };
  });
}
