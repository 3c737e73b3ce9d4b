import type { Booking } from "../model/booking.ts";
import type { Session } from "../model/session.ts";
import type { SeatHall } from "./seat-hall.ts";

/** What changed for one registration; null = no place. */
export interface SeatDifference {
  readonly registrationId: string;
  readonly before: Booking | null;
  readonly after: Booking | null;
}

function placesOf(hall: SeatHall): Map<string, Booking> {
  return new Map([...hall.values()].flatMap(({ bookings }) => bookings.map((booking) => [booking.registrationId, booking] as const)));
}

const isSame = (one: Booking | null, other: Booking | null): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Returns who has another place than before. Pure. */
export function findSeatDifferences(before: SeatHall, after: SeatHall): SeatDifference[] {
  const [old, fresh] = [placesOf(before), placesOf(after)];
  const registrationIds = [...new Set([...old.keys(), ...fresh.keys()])];
  return registrationIds
    .map((registrationId) => ({ registrationId, before: old.get(registrationId) ?? null, after: fresh.get(registrationId) ?? null }))
    .filter((difference) => !isSame(difference.before, difference.after));
}

/** Returns the sessions that themselves changed (their state). Pure. */
export function findSessionDifferences(before: SeatHall, after: SeatHall): Session[] {
  return [...after.values()].flatMap(({ session }) => (session === before.get(session.id)?.session ? [] : [session]));
}
