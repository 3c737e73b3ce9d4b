import { IlmoError } from "../errors.ts";
import type { Session } from "../model/session.ts";

/** Length of a session that does not say its own: sessions start at 9.00 and 12.30, so that it ends before the next. */
export const DEFAULT_DURATION_HOURS = 3;

const MINUTES_PER_HOUR = 60;

/**
 * Returns the minutes after midnight of a local time, "H.MM" or "HH:MM".
 *
 * Pure.
 *
 * @throws sessionInvalid when it is no time of day
 */
export function minutesOfDay(time: string): number {
  const [, hour, minute] = /^(\d{1,2})[.:](\d{2})$/u.exec(time.trim()) ?? [];
  if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59)
    throw new IlmoError("sessionInvalid", "Expected a session time such as 9.00 or 12:30. Correct the session.");
  return Number(hour) * MINUTES_PER_HOUR + Number(minute);
}

type Slot = Pick<Session, "date" | "time" | "durationHours">;

/** Returns whether two sessions share a moment; one that starts when the other ends does not. Pure. @throws sessionInvalid */
export function areAtOnce(one: Slot, other: Slot): boolean {
  if (one.date !== other.date) return false;
  const [startOne, startOther] = [minutesOfDay(one.time), minutesOfDay(other.time)];
  return startOne < startOther + lengthOf(other) && startOther < startOne + lengthOf(one);
}

const lengthOf = ({ durationHours = DEFAULT_DURATION_HOURS }: Slot): number => durationHours * MINUTES_PER_HOUR;
