import { minutesOfDay } from "../session-times.ts";

const MS_PER_MINUTE = 60_000;

const LOCAL_CLOCK = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Helsinki",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** Minutes that the clock in Helsinki is ahead of UTC at an instant: 120, in summer 180. */
function offsetMinutesAt(instant: Date): number {
  const shown = Date.parse(`${LOCAL_CLOCK.format(instant).replace(" ", "T")}Z`);
  return Math.round((shown - instant.getTime()) / MS_PER_MINUTE);
}

/**
 * Returns the instant at which the clock in Helsinki shows a day and a time, summer time minded.
 *
 * Pure. Of an hour that comes twice (last Sunday of October) the first is meant; in the hour that is left out (last Sunday of
 * March) the time counts from the old offset.
 *
 * @param time "H.MM" or "HH:MM"
 * @throws sessionInvalid when it is no time of day
 */
export function toInstant(date: string, time: string): Date {
  const asUtc = Date.parse(`${date}T00:00:00Z`) + minutesOfDay(time) * MS_PER_MINUTE;
  const at = (offsetMinutes: number): Date => new Date(asUtc - offsetMinutes * MS_PER_MINUTE);
  const before = offsetMinutesAt(new Date(asUtc - 12 * 60 * MS_PER_MINUTE));
  return offsetMinutesAt(at(before)) === before ? at(before) : at(offsetMinutesAt(at(before)));
}
